import {
  isSignalKind,
  SIGNAL_KINDS,
  type SignalKind,
  type SignalReading,
} from '@/lib/papers/paper';

/** A stored reading and who reported it; its kind may be one that only a newer version knows. */
export interface SourcedReading extends Omit<SignalReading, 'kind'> {
  kind: string;
  source: string;
}

/** A kind of signal as it was last read. */
export interface LatestReading extends SignalReading {
  source: string;
}

/** What one of a kind is called, singular and plural; null where it is no count of people. */
export const SIGNAL_UNITS: Readonly<
  Record<SignalKind, readonly [one: string, many: string] | null>
> = {
  upvotes: ['upvote', 'upvotes'],
  comments: ['comment', 'comments'],
  'github-stars': ['star', 'stars'],
  citations: ['citation', 'citations'],
  'listing-place': null,
  listed: null,
  votes: ['vote here', 'votes here'],
  saves: ['save here', 'saves here'],
  'reader-weight': null,
};

/**
 * The readings up to `now`, one a kind, in the order of `SIGNAL_KINDS`: each source's last. Where
 * several sources report the same count, the highest is taken: they mostly report the same thing. Of
 * places and listings the latest is. Kinds that are not known (from a newer version, say) are passed over.
 */
export function latestReadings(readings: readonly SourcedReading[], now: Date): LatestReading[] {
  const bySource = new Map<string, LatestReading>();
  for (const { kind, ...reading } of readings) {
    if (reading.seenAt > now || !isSignalKind(kind) || !Number.isFinite(reading.value)) continue;
    const key = `${kind} ${reading.source}`;
    const last = bySource.get(key);
    if (!last || reading.seenAt > last.seenAt) bySource.set(key, { kind, ...reading });
  }
  const best = new Map<SignalKind, LatestReading>();
  for (const reading of bySource.values()) {
    const other = best.get(reading.kind);
    if (!other || outranks(reading, other)) best.set(reading.kind, reading);
  }
  return SIGNAL_KINDS.flatMap((kind) => best.get(kind) ?? []);
}

function outranks(a: LatestReading, b: LatestReading): boolean {
  const isCount = SIGNAL_UNITS[a.kind] !== null;
  if (!isCount && a.seenAt.getTime() !== b.seenAt.getTime()) return a.seenAt > b.seenAt;
  if (a.value !== b.value) return isCount ? a.value > b.value : a.value < b.value;
  return a.source < b.source;
}
