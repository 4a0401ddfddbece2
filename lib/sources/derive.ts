import type { Db } from '@/lib/db/client';
import { pendingBatches, removePendingBatch } from '@/lib/papers/upsert';
import { retagPapers } from '@/lib/tags/store';

/** What is computed from stored papers, in this order. Each step may be repeated at will. */
export async function derive(db: Db, paperIds: readonly number[]): Promise<void> {
  await retagPapers(db, paperIds);
}

/** Does for the batches of processes that died what they did not get to. */
export async function derivePending(db: Db): Promise<number> {
  let papers = 0;
  for (const { id, paperIds } of await pendingBatches(db)) {
    await derive(db, paperIds);
    await removePendingBatch(db, id);
    papers += paperIds.length;
  }
  return papers;
}
