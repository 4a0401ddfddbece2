import type { Db } from '@/lib/db/sql';
import { rankPapers } from '@/lib/feed/rank';
import { readTexts } from '@/lib/papers/text-store';
import { indexTexts } from '@/lib/search/index/store';
import { tagTexts } from '@/lib/tags/store';

/** What is computed from stored papers, in this order. Each step may be repeated at will. */
export async function runPipeline(db: Db, paperIds: readonly number[], now: Date): Promise<void> {
  const texts = await readTexts(db, paperIds);
  await tagTexts(db, texts);
  await indexTexts(db, texts);
  await rankPapers(db, paperIds, now);
}
