import { isEmbedded } from '@/lib/db/kind';
import type { Db } from '@/lib/db/sql';
import { analyzeGrown } from '@/lib/db/upkeep';
import { bumpCatalogueVersion } from '@/lib/feed/catalogue-version';
import { BatchBuilder } from '@/lib/ingest/batch-builder';
import { BatchWriter, DryRun } from '@/lib/ingest/batch-writer';
import { finishPending } from '@/lib/ingest/pipeline';
import type { ReadItem } from '@/lib/ingest/read-item';
import { Reading, type ReadingOptions } from '@/lib/ingest/reading';
import { countsOf, type IngestReport, messageOf } from '@/lib/ingest/report';
import { endRun, startRun } from '@/lib/ingest/run-store';
import { mergeLexicon } from '@/lib/search/index/lexicon-changes';
import { flushPendingList } from '@/lib/search/index/store';

export interface IngestOptions extends ReadingOptions {
  now: Date;
  /** Under which the run is recorded. */
  source: string;
  /** The file or address, for the record. */
  input?: string;
  /** Leaves out records last changed before. */
  since?: Date;
  /** After each stored batch; `items` were read and stored since the beginning of the input. */
  onBatch?: (report: IngestReport, items: number) => Promise<void> | void;
}

/**
 * Stores what a reader found and takes just those papers through the pipeline: read items, build
 * batches, store them, tag, index, rank. May be stopped at any moment and run again.
 */
export async function ingest(
  db: Db,
  items: AsyncIterable<ReadItem>,
  options: IngestOptions,
): Promise<IngestReport> {
  const { source, input = null, dryRun, onBatch } = options;
  const builder = new BatchBuilder(options);
  const { report } = builder;
  const now = clockFrom(options.now);
  if (dryRun) {
    const writer = new DryRun(db, { builder, now, onBatch });
    await new Reading(db, builder, writer, options).readAll(items);
    return report;
  }

  const runId = await startRun(db, { source, input, now: now() });
  await finishPending(db, now());
  const writer = new BatchWriter(db, runId, { builder, now, onBatch });
  try {
    await new Reading(db, builder, writer, options).readAll(items);
  } catch (error) {
    await writer.stopped();
    const message = error instanceof Error ? error.message : String(error);
    await endRun(db, runId, { outcome: 'failed', counts: countsOf(report), message, now: now() });
    throw error;
  }
  if (report.new + report.updated > 0) await renewTotals(db, report);
  const outcome = report.interrupted ? 'interrupted' : 'done';
  const message = messageOf(report);
  await endRun(db, runId, { outcome, counts: countsOf(report), message, now: now() });
  return report;
}

/** A clock that starts at `start`, which `--now` may have set. */
function clockFrom(start: Date): () => Date {
  const startedAt = Date.now();
  return () => new Date(start.getTime() + Date.now() - startedAt);
}

/** After so many new papers, totals are renewed at once and not by the hourly job. */
const MANY_PAPERS = 2_000;

/** Renews what is kept about all papers together, and tells the web processes that there is news. */
async function renewTotals(db: Db, report: IngestReport): Promise<void> {
  await flushPendingList(db);
  if (report.new >= MANY_PAPERS) {
    await mergeLexicon(db, { onlyWhenDue: false });
    // A server's autovacuum does it within the minute.
    if (await isEmbedded(db)) await analyzeGrown(db);
  }
  await bumpCatalogueVersion(db);
}
