import type { Db } from '@/lib/db/sql';
import { analyzeGrown } from '@/lib/db/upkeep';
import { planBatch, storeBatch } from '@/lib/ingest/batch';
import type { Batch, BatchBuilder } from '@/lib/ingest/batch-builder';
import { finishBatch } from '@/lib/ingest/pipeline';
import { keepRejected } from '@/lib/ingest/rejected-store';
import { countsOf, type IngestReport } from '@/lib/ingest/report';
import { noteProgress } from '@/lib/ingest/run-store';
import { findCandidates, type PendingBatch } from '@/lib/ingest/store';

/** Where filled batches go. */
export interface Writer {
  /** `items` is how many were read so far. May return before the batch is written. */
  write(batch: Batch, items: number): Promise<void>;
  /** Resolves when everything handed over is stored, tagged, indexed and ranked. */
  drained(): Promise<void>;
}

interface WriterContext {
  builder: BatchBuilder;
  now: () => Date;
  /** Called for each batch that has gone through the pipeline. */
  onBatch?: (report: IngestReport, items: number) => Promise<void> | void;
}

/** Batches in the pipeline at once. While one waits for the database, another is computed here. */
const PIPELINES_AT_ONCE = 3;
/** A table that grew by this factor during the run gets new planner statistics. */
const GROWTH_WITHIN_RUN = 10;

/** Stores one batch after the other and runs the pipeline on them while the next ones are read. */
export class BatchWriter implements Writer {
  private storing: Promise<void> = Promise.resolve();
  private pipelines: Promise<void>[] = [];
  private analyzing = false;

  constructor(
    private readonly db: Db,
    private readonly runId: number,
    private readonly context: WriterContext,
  ) {}

  async write(batch: Batch, items: number): Promise<void> {
    await this.storing;
    this.storing = inBackground(this.store(batch, items));
  }

  private async store(batch: Batch, items: number): Promise<void> {
    const { builder } = this.context;
    const now = this.context.now();
    const result = await storeBatch(this.db, batch.drafts, batch.deleted, now);
    builder.count(result.outcomes, batch);
    builder.countDeleted(result.withdrawn, batch);
    await keepRejected(this.db, batch.rejections, now);
    if (this.pipelines.length >= PIPELINES_AT_ONCE) await this.pipelines.shift();
    this.pipelines.push(inBackground(this.finish(result.pending, items, now)));
  }

  private async finish(pending: PendingBatch | null, items: number, now: Date): Promise<void> {
    const { builder, onBatch } = this.context;
    if (pending) await finishBatch(this.db, pending, now);
    await this.analyze();
    await noteProgress(this.db, this.runId, countsOf(builder.report), now);
    await onBatch?.(builder.report, items);
  }

  /** One at a time: batches that end together would all find the same tables grown. */
  private async analyze(): Promise<void> {
    if (this.analyzing) return;
    this.analyzing = true;
    await analyzeGrown(this.db, { times: GROWTH_WITHIN_RUN }).finally(() => {
      this.analyzing = false;
    });
  }

  async drained(): Promise<void> {
    await this.storing;
    await Promise.all(this.pipelines);
    this.pipelines = [];
  }

  /** Resolves when nothing is under way any more, whether it succeeded or failed. */
  async stopped(): Promise<void> {
    await Promise.allSettled([this.storing, ...this.pipelines]);
  }
}

/** Awaited later; until then a failure must not count as unhandled. */
function inBackground(work: Promise<void>): Promise<void> {
  work.catch(() => {});
  return work;
}

/** Counts what would become of batches and writes nothing. */
export class DryRun implements Writer {
  constructor(
    private readonly db: Db,
    private readonly context: WriterContext,
  ) {}

  async write(batch: Batch, items: number): Promise<void> {
    const { builder, now, onBatch } = this.context;
    const stored = await findCandidates(this.db, batch.drafts);
    builder.count(planBatch(stored, batch.drafts, now()).fates, batch);
    await onBatch?.(builder.report, items);
  }

  async drained(): Promise<void> {}
}
