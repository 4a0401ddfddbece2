import { type ModelDb, transaction } from '@/lib/db/sql';
import { findAuthor } from '@/lib/search/author-query';
import {
  beyond,
  FOLLOW_KINDS,
  type Follow,
  type FollowKind,
  readFollow,
} from '@/lib/subscribers/follow';
import { addFollows, deleteFollow, followsOf } from '@/lib/subscribers/follow-store';
import { unmuteTag } from '@/lib/subscribers/subscription-store';
import { type Actor, authorise } from './actor';

/** What a reader follows, as they change it themselves: by the buttons of pages and by the API. */

/** What a button names: `tag:peft`, `search:whale songs`. */
export function readTarget(target: string): { kind: FollowKind; text: string } | null {
  const [name = ''] = target.split(':', 1);
  const kind = FOLLOW_KINDS.find((each) => each === name);
  return kind ? { kind, text: target.slice(name.length + 1) } : null;
}

export async function listFollows(
  db: ModelDb,
  actor: Actor,
): Promise<(Follow & { createdAt: Date })[]> {
  return followsOf(db, authorise(actor, 'follow:read'));
}

export async function isFollowed(
  db: ModelDb,
  actor: Actor,
  kind: FollowKind,
  text: string,
): Promise<boolean> {
  const readerId = authorise(actor, 'follow:read');
  const read = readFollow(kind, text);
  if (!read.ok) return false;
  const { follow } = read;
  return (
    (await db.follow.count({
      where: { readerId, kind: follow.kind, value: follow.value },
    })) > 0
  );
}

export type FollowOutcome =
  | { ok: true; follow: Follow }
  /** `unknown`: nothing that can be followed. `full`: as many of the kind as one may follow. */
  | { ok: false; why: 'unknown' | 'full'; problem: string };

/** Follows it from now on; a second time changes nothing. A muted tag that is followed is muted no more. */
export async function putFollow(
  db: ModelDb,
  actor: Actor,
  kind: FollowKind,
  text: string,
  now: Date,
): Promise<FollowOutcome> {
  const readerId = authorise(actor, 'follow:write');
  const read = readFollow(kind, text);
  if (!read.ok) return { ok: false, why: 'unknown', problem: `${capital(read.problem)}.` };
  const follow = await named(db, read.follow);
  return transaction(db, async (tx) => {
    const all = await addFollows(tx, readerId, [follow], now);
    if (beyond([follow], all).length > 0) {
      const problem = 'You follow as many of these as one may. Unfollow one first.';
      return { ok: false, why: 'full', problem };
    }
    if (follow.kind === 'tag') await unmuteTag(tx, readerId, follow.value);
    return { ok: true, follow };
  });
}

/** True where it was followed. */
export async function removeFollow(
  db: ModelDb,
  actor: Actor,
  kind: FollowKind,
  text: string,
): Promise<boolean> {
  const readerId = authorise(actor, 'follow:write');
  const read = readFollow(kind, text);
  // What left the taxonomy is still followed, and can be unfollowed.
  const { kind: of, value } = read.ok ? read.follow : { kind, value: text };
  return deleteFollow(db, readerId, { kind: of, value });
}

/** An author who was given as in an address gets the name that most papers have. */
async function named(db: ModelDb, follow: Follow): Promise<Follow> {
  if (follow.kind !== 'author' || follow.name !== follow.value) return follow;
  const author = await findAuthor(db, follow.value);
  return author ? { ...follow, name: author.name } : follow;
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
