import { type ModelDb, sql, transaction } from '@/lib/db/sql';
import { beyond, type Follow, type FollowKind, withMore } from './follow';

/**
 * What readers follow. Nothing here asks who does it: pages behind a link have looked at the link, and
 * everybody else goes by `lib/readers/reader-follows.ts`.
 */

/** What of a row makes a `Follow`. */
export const FOLLOW = { kind: true, value: true, name: true } as const;

/** In the order in which they were followed. */
export function followsOf(
  db: ModelDb,
  readerId: number,
): Promise<(Follow & { createdAt: Date })[]> {
  return db.follow.findMany({
    where: { readerId },
    orderBy: { id: 'asc' },
    select: { ...FOLLOW, createdAt: true },
  });
}

/** Adds what is not there yet, as far as there is room. Gives what the reader follows then. */
export async function addFollows(
  db: ModelDb,
  readerId: number,
  more: readonly Follow[],
  now: Date,
): Promise<Follow[]> {
  return transaction(db, async (tx) => {
    const there = await lockedFollows(tx, readerId);
    const all = withMore(there, more);
    await insert(tx, readerId, all.slice(there.length), now);
    return all;
  });
}

/** Makes these what the reader follows. */
export async function replaceFollows(
  db: ModelDb,
  readerId: number,
  wanted: readonly Follow[],
  now: Date,
): Promise<void> {
  await transaction(db, async (tx) => {
    const there = await lockedFollows(tx, readerId);
    for (const { kind, value } of beyond(there, wanted)) {
      await tx.follow.deleteMany({ where: { readerId, kind, value } });
    }
    await insert(tx, readerId, beyond(wanted, there), now);
  });
}

/** True where it was followed. */
export async function deleteFollow(
  db: ModelDb,
  readerId: number,
  { kind, value }: { kind: FollowKind; value: string },
): Promise<boolean> {
  const { count } = await db.follow.deleteMany({ where: { readerId, kind, value } });
  return count > 0;
}

/** Two changes at once come one after the other, so that no limit is passed. */
async function lockedFollows(tx: ModelDb, readerId: number): Promise<Follow[]> {
  await tx.$executeRaw(sql`select 1 from reader where id = ${readerId} for update`);
  return tx.follow.findMany({ where: { readerId }, orderBy: { id: 'asc' }, select: FOLLOW });
}

async function insert(
  tx: ModelDb,
  readerId: number,
  follows: readonly Follow[],
  now: Date,
): Promise<void> {
  if (follows.length === 0) return;
  await tx.follow.createMany({
    data: follows.map((follow) => ({ ...follow, readerId, createdAt: now })),
    skipDuplicates: true,
  });
}
