import type { Db } from '@/lib/db/sql';
import { rankPapers } from '@/lib/feed/rank';
import { type PendingBatch, pendingBatches, removePendingBatch } from '@/lib/ingest/store';
import { readTexts } from '@/lib/papers/text-store';
import { indexTexts } from '@/lib/search/index/store';
import { tagTexts } from '@/lib/tags/store';

/**
 * What happens to papers after they were parsed, merged with what is known and stored. Each step
 * starts from what is stored, so all of it may be repeated.
 */
async function runPipeline(db: Db, paperIds: readonly number[], now: Date): Promise<void> {
  const texts = await readTexts(db, paperIds);
  // lib/tags: which tags the words stand for. What an operator set by hand stays.
  await tagTexts(db, texts);
  // lib/search/index: the terms under which they are found.
  await indexTexts(db, texts);
  // lib/feed: their scores, and their places in the feed of each of their tags.
  await rankPapers(db, paperIds, now);
}

/** Runs the pipeline on a stored batch, then removes the row that says it is waiting. */
export async function finishBatch(
  db: Db,
  { id, paperIds }: PendingBatch,
  now: Date,
): Promise<void> {
  await runPipeline(db, paperIds, now);
  await removePendingBatch(db, id);
}

/** The same for batches that other processes stored and died before they finished. */
export async function finishPending(db: Db, now: Date): Promise<void> {
  for (const batch of await pendingBatches(db)) await finishBatch(db, batch, now);
}

/** The steps that a change of the taxonomy asks for. The index knows no tags. */
export async function retag(db: Db, paperIds: readonly number[], now: Date): Promise<void> {
  await tagTexts(db, await readTexts(db, paperIds));
  await rankPapers(db, paperIds, now);
}
