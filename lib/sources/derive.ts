import type { Db } from '@/lib/db/sql';
import { rankPapers } from '@/lib/feed/rank';
import { indexPapers } from '@/lib/search/store';
import { retagPapers } from '@/lib/tags/store';

/** What is computed from stored papers, in this order. Each step may be repeated at will. */
export async function derive(db: Db, paperIds: readonly number[], now: Date): Promise<void> {
  await retagPapers(db, paperIds);
  await indexPapers(db, paperIds);
  await rankPapers(db, paperIds, now);
}
