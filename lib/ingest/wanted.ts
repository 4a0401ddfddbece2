import type { Db } from '@/lib/db/sql';
import type { BatchBuilder } from '@/lib/ingest/batch-builder';
import type { ReadItem } from '@/lib/ingest/read-item';
import { knownArxivIds } from '@/lib/ingest/store';

/** An arXiv id that the input gives without its record. */
export interface Wanted {
  arxivId: string;
  at: string;
}

/** Fetches the records of those that are not stored yet, and rejects those that cannot be had. */
export async function takeWanted(
  db: Db,
  wanted: readonly Wanted[],
  builder: BatchBuilder,
  fetchWanted?: (arxivIds: string[]) => AsyncIterable<ReadItem>,
): Promise<void> {
  if (wanted.length === 0) return;
  const known = await knownArxivIds(
    db,
    wanted.map(({ arxivId }) => arxivId),
  );
  const missing = new Map(
    wanted.filter(({ arxivId }) => !known.has(arxivId)).map(({ arxivId, at }) => [arxivId, at]),
  );
  builder.report.read += wanted.length - missing.size;
  builder.report.unchanged += wanted.length - missing.size;
  if (missing.size === 0) return;
  let failure = 'is not here and was not fetched';
  if (fetchWanted) {
    failure = 'could not be fetched: arXiv does not know it';
    try {
      for await (const item of fetchWanted([...missing.keys()])) {
        if (item.kind === 'record') {
          const at = missing.get(item.record.arxivId ?? '');
          missing.delete(item.record.arxivId ?? '');
          builder.takeRecord(item.record, at ?? item.at);
        } else if (item.kind === 'rejected') failure = `could not be fetched: ${item.reason}`;
      }
    } catch (error) {
      failure = `could not be fetched: ${(error as Error).message}`;
    }
  }
  for (const [arxivId, at] of missing) {
    builder.reject({ format: 'arxiv-ids', at, reason: `${arxivId} ${failure}`, raw: arxivId });
  }
}
