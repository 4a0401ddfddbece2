import { isEmbedded } from '@/lib/db/kind';
import type { Db, JsonInput } from '@/lib/db/sql';
import { analyzeGrown } from '@/lib/db/upkeep';
import { bumpCatalogueVersion } from '@/lib/feed/catalogue-version';
import { type BatchResult, planBatch, storeBatch } from '@/lib/ingest/batch';
import { type Batch, BatchBuilder, type IngestReport } from '@/lib/ingest/batch-builder';
import { runPipeline } from '@/lib/ingest/pipeline';
import { findCandidates, pendingBatches, removePendingBatch } from '@/lib/ingest/store';
import { takeWanted, type Wanted } from '@/lib/ingest/wanted';
import { yielding } from '@/lib/runtime/yielding';
import { foldWords, settleIndex } from '@/lib/search/index/lexicon';
import type { ReadItem } from '@/lib/sources/formats/reader';
import { endRun, keepRejected, noteProgress, startRun } from '@/lib/sources/store';

export interface IngestOptions {
  now: Date;
  /** Under which the run is recorded. */
  source: string;
  /** The file or address, for the record. */
  input?: string;
  /** Records to read at most. */
  limit?: number;
  /** Leaves out records last changed before. */
  since?: Date;
  /** Says what would happen and writes nothing. */
  dryRun?: boolean;
  /** Items of the input that an earlier run stored. */
  skipItems?: number;
  /** Once aborted, what was read is stored and the rest left. */
  signal?: AbortSignal;
  /** An error of this kind ends the run as interrupted: what came before it is stored. */
  stopsQuietlyOn?: new (
    message: string,
  ) => Error;
  /** Gets the records of arXiv ids that are not here yet. */
  fetchWanted?: (arxivIds: string[]) => AsyncIterable<ReadItem>;
  /** Everything up to this cursor is stored. */
  onCheckpoint?: (cursor: JsonInput) => Promise<void>;
  /** After each stored batch; `items` were read and stored since the beginning of the input. */
  onBatch?: (report: IngestReport, items: number) => Promise<void> | void;
}

/** Batches being tagged, indexed and ranked. */
const PIPELINES_AT_ONCE = 3;
/**
 * Tables that have grown so many times get new planner statistics while the run goes on: with those of
 * a small table the planner takes a batch for most of it and reads all of it, which at 100,000 papers
 * was a third of the database's work.
 */
const GROWTH_WITHIN_RUN = 10;
const WANTED_AT_ONCE = 100;
/** So many new papers at once do not wait for the hourly job to renew what is counted about them. */
const MANY_PAPERS = 2_000;

/**
 * Stores what a reader found: new papers, changes, signals; then tags, search and rank of just those.
 * Records that cannot be stored are kept as rejected. May be stopped at any moment and run again.
 */
export async function ingest(
  db: Db,
  items: AsyncIterable<ReadItem>,
  options: IngestOptions,
): Promise<IngestReport> {
  const run = new Ingest(db, options);
  await run.start();
  try {
    await run.readAll(items);
  } catch (error) {
    await run.fail(error);
    throw error;
  }
  return run.end();
}

class Ingest {
  private readonly builder: BatchBuilder;
  private wanted: Wanted[] = [];
  private items = 0;
  private storing: Promise<void> = Promise.resolve();
  private pipelines: Promise<void>[] = [];
  private renewing = false;
  private runId: number | null = null;
  private readonly startedAt = Date.now();

  constructor(
    private readonly db: Db,
    private readonly options: IngestOptions,
  ) {
    this.builder = new BatchBuilder(options);
  }

  /** The moment in the run's own time, which `--now` may have set. */
  private now(): Date {
    return new Date(this.options.now.getTime() + Date.now() - this.startedAt);
  }

  async start(): Promise<void> {
    const { dryRun, source, input, now } = this.options;
    if (dryRun) return;
    this.runId = await startRun(this.db, { source, input: input ?? null, now });
    await this.finishPending(now);
  }

  /** Does for the batches of processes that died what they did not get to. */
  private async finishPending(now: Date): Promise<void> {
    for (const { id, paperIds } of await pendingBatches(this.db)) {
      await runPipeline(this.db, paperIds, now);
      await removePendingBatch(this.db, id);
    }
  }

  async readAll(items: AsyncIterable<ReadItem>): Promise<void> {
    const { stopsQuietlyOn } = this.options;
    try {
      await this.readItems(items);
      await this.takeWanted();
    } catch (error) {
      // Whatever broke, what was read before it is good.
      await this.settled();
      if (!stopsQuietlyOn || !(error instanceof stopsQuietlyOn)) throw error;
      this.builder.report.interrupted = true;
    }
    await this.settled();
  }

  private async readItems(items: AsyncIterable<ReadItem>): Promise<void> {
    const { skipItems = 0, signal, limit = Number.POSITIVE_INFINITY } = this.options;
    const pause = yielding();
    for await (const item of items) {
      await pause();
      if (++this.items <= skipItems) continue;
      await this.take(item);
      if (signal?.aborted) {
        this.builder.report.interrupted = true;
        break;
      }
      if (this.builder.report.read >= limit) break;
    }
  }

  private async take(item: ReadItem): Promise<void> {
    const { builder } = this;
    if (item.kind === 'record') builder.takeRecord(item.record, item.at);
    else if (item.kind === 'rejected') builder.reject(item);
    else if (item.kind === 'wanted') this.wanted.push(item);
    else if (item.kind === 'deleted') builder.takeDeleted(item.arxivId);
    else if (item.kind === 'note') builder.note(item.message);
    else if (item.kind === 'checkpoint') await this.checkpoint(item);
    else builder.report.next = item.token;
    if (this.wanted.length >= WANTED_AT_ONCE) await this.takeWanted();
    if (builder.isFull()) await this.flush();
  }

  private async checkpoint({
    cursor,
    stored,
  }: Extract<ReadItem, { kind: 'checkpoint' }>): Promise<void> {
    await this.takeWanted();
    await this.settled();
    if (this.options.dryRun) return;
    await stored?.();
    await this.options.onCheckpoint?.(cursor);
  }

  private async takeWanted(): Promise<void> {
    const wanted = this.wanted;
    this.wanted = [];
    await takeWanted(this.db, wanted, this.builder, this.options.fetchWanted);
  }

  /** Hands the batch over; the next one is read while this one is being stored. */
  private async flush(): Promise<void> {
    const batch = this.builder.handOver();
    const items = this.items;
    await this.storing;
    this.storing = this.store(batch, items);
    // Awaited with the next batch; until then a failure must not count as unhandled.
    this.storing.catch(() => {});
  }

  private async store(batch: Batch, items: number): Promise<void> {
    const { drafts, deleted } = batch;
    if (drafts.length + deleted.length + batch.rejections.length === 0) return;
    if (this.runId === null) {
      const stored = await findCandidates(this.db, drafts);
      this.builder.count(planBatch(stored, drafts, this.options.now).fates, batch);
      await this.options.onBatch?.(this.builder.report, items);
      return;
    }
    const now = this.now();
    const result = await storeBatch(this.db, drafts, deleted, now);
    this.builder.report.withdrawn += result.withdrawn;
    this.builder.report.updated += result.withdrawn;
    this.builder.report.unchanged += deleted.length - result.withdrawn;
    this.builder.count(result.outcomes, batch);
    await keepRejected(this.db, batch.rejections, now);
    // What is derived keeps now this process busy, now the database: while one batch waits for the
    // database, another is worked on.
    if (this.pipelines.length >= PIPELINES_AT_ONCE) await this.pipelines.shift();
    const deriving = this.finish(result, items, now);
    deriving.catch(() => {});
    this.pipelines.push(deriving);
  }

  private async finish(result: BatchResult, items: number, now: Date): Promise<void> {
    await runPipeline(this.db, result.changedIds, now);
    if (result.pendingId !== null) await removePendingBatch(this.db, result.pendingId);
    await this.renewStatistics();
    await noteProgress(this.db, this.runId!, this.builder.counts(), now);
    await this.options.onBatch?.(this.builder.report, items);
  }

  /** One at a time: several batches that end together would all find the same tables grown. */
  private async renewStatistics(): Promise<void> {
    if (this.renewing) return;
    this.renewing = true;
    await analyzeGrown(this.db, { times: GROWTH_WITHIN_RUN }).finally(() => {
      this.renewing = false;
    });
  }

  /** Everything handed over so far is stored, tagged, indexed and ranked. */
  private async settled(): Promise<void> {
    await this.flush();
    await this.storing;
    await Promise.all(this.pipelines);
    this.pipelines = [];
  }

  async fail(error: unknown): Promise<void> {
    await Promise.allSettled([this.storing, ...this.pipelines]);
    if (this.runId === null) return;
    const message = error instanceof Error ? error.message : String(error);
    const end = {
      outcome: 'failed' as const,
      counts: this.builder.counts(),
      message,
      now: this.now(),
    };
    await endRun(this.db, this.runId, end);
  }

  private async tidyUp(): Promise<void> {
    await settleIndex(this.db);
    if (this.builder.report.new < MANY_PAPERS) return;
    await foldWords(this.db, { onlyWhenDue: false });
    // A server's autovacuum does it within the minute.
    if (await isEmbedded(this.db)) await analyzeGrown(this.db);
  }

  async end(): Promise<IngestReport> {
    if (this.runId !== null) {
      if (this.builder.report.new + this.builder.report.updated > 0) {
        await this.tidyUp();
        await bumpCatalogueVersion(this.db);
      }
      const outcome = this.builder.report.interrupted ? 'interrupted' : 'done';
      const [first] = this.builder.report.rejections;
      const message = first
        ? `${first.place}: ${first.reason}`
        : (this.builder.report.notes[0] ?? null);
      await endRun(this.db, this.runId, {
        outcome,
        counts: this.builder.counts(),
        message,
        now: this.now(),
      });
    }
    return this.builder.report;
  }
}
