import type { Db } from '@/lib/db/sql';
import { bumpCatalogueVersion } from '@/lib/feed/catalogue-version';
import { retag } from '@/lib/ingest/pipeline';
import { countStale, staleIds } from '@/lib/tags/store';

const BATCH = 500;

interface RetagReport {
  papers: number;
  /** Papers left with tags of an older taxonomy, because it was stopped. */
  remaining: number;
}

/**
 * Tags all papers again that an older taxonomy tagged. Each batch is complete in itself, so it can be
 * stopped at any time and run again.
 */
export async function retagStale(
  db: Db,
  {
    now,
    signal,
    onBatch,
  }: { now: Date; signal?: AbortSignal; onBatch?: (done: number, total: number) => void },
): Promise<RetagReport> {
  const total = await countStale(db);
  let papers = 0;
  let above = 0;
  try {
    while (!signal?.aborted) {
      const ids = await staleIds(db, above, BATCH);
      if (ids.length === 0) break;
      await retag(db, ids, now);
      above = ids[ids.length - 1]!;
      papers += ids.length;
      onBatch?.(papers, Math.max(total, papers));
    }
  } finally {
    if (papers > 0) await bumpCatalogueVersion(db);
  }
  return { papers, remaining: signal?.aborted ? await countStale(db) : 0 };
}
