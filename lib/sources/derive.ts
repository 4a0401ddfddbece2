import type { Db } from '@/lib/db/client';
import { rankPapers } from '@/lib/feed/rank';
import { pendingBatches, removePendingBatch } from '@/lib/papers/upsert';
import { indexPapers } from '@/lib/search/store';
import { retagPapers } from '@/lib/tags/store';

/** What is computed from stored papers, in this order. Each step may be repeated at will. */
export async function derive(db: Db, paperIds: readonly number[], now: Date): Promise<void> {
  await retagPapers(db, paperIds);
  await indexPapers(db, paperIds);
  await rankPapers(db, paperIds, now);
}

/** Does for the batches of processes that died what they did not get to. */
export async function derivePending(db: Db, now: Date): Promise<number> {
  let papers = 0;
  for (const { id, paperIds } of await pendingBatches(db)) {
    await derive(db, paperIds, now);
    await removePendingBatch(db, id);
    papers += paperIds.length;
  }
  return papers;
}
