import { DAY_MS } from '@/lib/calendar/days';

/** A topic's rise from when it was first found: what tells feed readers that they know it already. */
export interface Rise {
  /** One of its phrases, as `phrasesOf` has it. It stays, whatever the topic is called later. */
  key: string;
  /** ISO. */
  since: string;
  /** When it was last found. */
  seen: string;
}

/** Days for which a topic may be gone and still be the same rise. */
const LONGEST_GAP = 28;

/** The rise of each topic as of `now`: one that is known, or a new one; and those that ended lately. */
export function risesOf(
  topics: readonly { keys: readonly string[] }[],
  known: readonly Rise[],
  now: Date,
): { rises: Rise[]; ended: Rise[] } {
  const seen = now.toISOString();
  const oldest = new Date(now.getTime() - LONGEST_GAP * DAY_MS).toISOString();
  // The oldest first: a topic that is known by two names goes on with the older one.
  const left = known
    .filter((rise) => rise.since <= seen && rise.seen >= oldest)
    .sort((a, b) => (a.since < b.since ? -1 : 1));
  const rises = topics.map(({ keys }) => {
    const at = left.findIndex(({ key }) => keys.includes(key));
    const [rise] = at < 0 ? [] : left.splice(at, 1);
    return rise ? { ...rise, seen } : { key: keys[0]!, since: seen, seen };
  });
  return { rises, ended: left };
}
