import { analyzeGrown } from '@/lib/db/analyze';
import type { Db, JsonInput } from '@/lib/db/client';
import { bumpCatalogueVersion } from '@/lib/feed/version';
import { type Draft, draftOf } from '@/lib/papers/draft';
import type { PaperRecord } from '@/lib/papers/paper';
import { findCandidates, knownArxivIds, removePendingBatch } from '@/lib/papers/upsert';
import { slices } from '@/lib/slices';
import { type BatchResult, type Outcome, planBatch, storeBatch } from '@/lib/sources/batch';
import { derive, derivePending } from '@/lib/sources/derive';
import type { ReadItem } from '@/lib/sources/reader';
import {
  endRun,
  noteProgress,
  quarantine,
  RECORD,
  type Rejection,
  type RunCounts,
  startRun,
} from '@/lib/sources/store';

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

export interface IngestReport extends RunCounts {
  withdrawn: number;
  /** Left out because of `since`. */
  skipped: number;
  /** The first of them, as `line 12: no title`. */
  rejections: { place: string; reason: string }[];
  notes: string[];
  /** Where the source says that the next page begins. */
  next: string | null;
  interrupted: boolean;
}

/** Papers stored in one transaction: on the embedded database everybody else waits that long. */
const BATCH_SIZE = 300;
const BATCH_CHARACTERS = 2_000_000;
/** Batches being tagged, indexed and ranked. */
const DERIVED_AT_ONCE = 3;
/**
 * Tables that have doubled get new planner statistics while the run goes on: with those of a small table
 * the planner takes a batch for most of it and reads all of it, which at 100,000 papers was a third of
 * the database's work.
 */
const GROWTH_WITHIN_RUN = 2;
const REJECTIONS_TOLD = 100;
const WANTED_AT_ONCE = 100;

/**
 * Stores what a reader found: new papers, changes, signals; then tags, search and rank of just those.
 * Records that cannot be stored go to the quarantine. May be stopped at any moment and run again.
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

interface Batch {
  drafts: Draft[];
  /** What the drafts were made of. */
  records: PaperRecord[];
  places: string[];
  deleted: string[];
  rejections: Rejection[];
  characters: number;
}

const emptyBatch = (): Batch => ({
  drafts: [],
  records: [],
  places: [],
  deleted: [],
  rejections: [],
  characters: 0,
});

class Ingest {
  private readonly report: IngestReport = {
    read: 0,
    new: 0,
    updated: 0,
    unchanged: 0,
    rejected: 0,
    withdrawn: 0,
    skipped: 0,
    rejections: [],
    notes: [],
    next: null,
    interrupted: false,
  };
  private batch = emptyBatch();
  private wanted: { arxivId: string; at: string }[] = [];
  private items = 0;
  private storing: Promise<void> = Promise.resolve();
  private deriving: Promise<void>[] = [];
  private runId: number | null = null;
  private readonly startedAt = Date.now();

  constructor(
    private readonly db: Db,
    private readonly options: IngestOptions,
  ) {}

  /** The moment in the run's own time, which `--now` may have set. */
  private now(): Date {
    return new Date(this.options.now.getTime() + Date.now() - this.startedAt);
  }

  async start(): Promise<void> {
    const { dryRun, source, input, now } = this.options;
    if (dryRun) return;
    this.runId = await startRun(this.db, { source, input: input ?? null, now });
    await derivePending(this.db, now);
  }

  async readAll(items: AsyncIterable<ReadItem>): Promise<void> {
    const { stopsQuietlyOn } = this.options;
    try {
      await this.readItems(items);
      await this.fetchWanted();
    } catch (error) {
      // Whatever broke, what was read before it is good.
      await this.settled();
      if (!stopsQuietlyOn || !(error instanceof stopsQuietlyOn)) throw error;
      this.report.interrupted = true;
    }
    await this.settled();
  }

  private async readItems(items: AsyncIterable<ReadItem>): Promise<void> {
    const { skipItems = 0, signal, limit = Number.POSITIVE_INFINITY } = this.options;
    const pause = slices();
    for await (const item of items) {
      await pause();
      if (++this.items <= skipItems) continue;
      await this.take(item);
      if (signal?.aborted) {
        this.report.interrupted = true;
        break;
      }
      if (this.report.read >= limit) break;
    }
  }

  private async take(item: ReadItem): Promise<void> {
    if (item.kind === 'record') this.takeRecord(item.record, item.at);
    else if (item.kind === 'rejected')
      this.reject(item.format ?? RECORD, item.at, item.reason, item.raw);
    else if (item.kind === 'wanted') this.wanted.push(item);
    else if (item.kind === 'deleted') this.takeDeleted(item.arxivId);
    else if (item.kind === 'note') this.note(item.message);
    else if (item.kind === 'checkpoint') await this.reach(item);
    else this.report.next = item.token;
    if (this.wanted.length >= WANTED_AT_ONCE) await this.fetchWanted();
    const { drafts, deleted, rejections, characters } = this.batch;
    const size = drafts.length + deleted.length + rejections.length;
    if (size >= BATCH_SIZE || characters > BATCH_CHARACTERS) await this.flush();
  }

  private async reach({
    cursor,
    stored,
  }: Extract<ReadItem, { kind: 'checkpoint' }>): Promise<void> {
    await this.fetchWanted();
    await this.settled();
    if (this.options.dryRun) return;
    await stored?.();
    await this.options.onCheckpoint?.(cursor);
  }

  private takeRecord(record: PaperRecord, at: string): void {
    const { since, now } = this.options;
    const changed = record.revisedAt ?? record.publishedAt;
    if (since && changed && changed < since) {
      this.report.skipped++;
      return;
    }
    this.report.read++;
    const draft = draftOf(record, now);
    if ('problem' in draft) {
      this.reject(RECORD, at, draft.problem, JSON.stringify(record));
      return;
    }
    this.batch.drafts.push(draft);
    this.batch.records.push(record);
    this.batch.places.push(at);
    this.batch.characters += draft.abstract.length + draft.title.length;
  }

  private takeDeleted(arxivId: string): void {
    this.report.read++;
    this.batch.deleted.push(arxivId);
  }

  private note(message: string): void {
    if (this.report.notes.length < REJECTIONS_TOLD) this.report.notes.push(message);
  }

  private reject(format: string, place: string, reason: string, raw: string): void {
    this.report.rejected++;
    if (this.report.rejections.length < REJECTIONS_TOLD) {
      this.report.rejections.push({ place, reason });
    }
    this.batch.rejections.push({ format, input: this.options.input ?? null, place, reason, raw });
    this.batch.characters += raw.length;
  }

  private async fetchWanted(): Promise<void> {
    const wanted = this.wanted;
    this.wanted = [];
    if (wanted.length === 0) return;
    const known = await knownArxivIds(
      this.db,
      wanted.map(({ arxivId }) => arxivId),
    );
    const missing = new Map(
      wanted.filter(({ arxivId }) => !known.has(arxivId)).map(({ arxivId, at }) => [arxivId, at]),
    );
    this.report.read += wanted.length - missing.size;
    this.report.unchanged += wanted.length - missing.size;
    if (missing.size === 0) return;
    if (!this.options.fetchWanted) {
      for (const [arxivId, at] of missing) {
        this.reject('arxiv-ids', at, `${arxivId} is not here and was not fetched`, arxivId);
      }
      return;
    }
    let failure = 'arXiv does not know it';
    try {
      for await (const item of this.options.fetchWanted([...missing.keys()])) {
        if (item.kind === 'record') {
          const at = missing.get(item.record.arxivId ?? '');
          missing.delete(item.record.arxivId ?? '');
          this.takeRecord(item.record, at ?? item.at);
        } else if (item.kind === 'rejected') failure = item.reason;
      }
    } catch (error) {
      failure = (error as Error).message;
    }
    for (const [arxivId, at] of missing) {
      this.reject('arxiv-ids', at, `${arxivId} could not be fetched: ${failure}`, arxivId);
    }
  }

  /** Hands the batch over; the next one is read while this one is being stored. */
  private async flush(): Promise<void> {
    const batch = this.batch;
    const items = this.items;
    this.batch = emptyBatch();
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
      this.count(planBatch(stored, drafts, this.options.now).fates, batch);
      await this.options.onBatch?.(this.report, items);
      return;
    }
    const now = this.now();
    const result = await storeBatch(this.db, drafts, deleted, now);
    this.report.withdrawn += result.withdrawn;
    this.report.updated += result.withdrawn;
    this.report.unchanged += deleted.length - result.withdrawn;
    this.count(result.outcomes, batch);
    await quarantine(this.db, batch.rejections, now);
    // What is derived keeps now this process busy, now the database: while one batch waits for the
    // database, another is worked on.
    if (this.deriving.length >= DERIVED_AT_ONCE) await this.deriving.shift();
    const deriving = this.finish(result, items, now);
    deriving.catch(() => {});
    this.deriving.push(deriving);
  }

  private async finish(result: BatchResult, items: number, now: Date): Promise<void> {
    await derive(this.db, result.changedIds, now);
    if (result.pendingId !== null) await removePendingBatch(this.db, result.pendingId);
    await analyzeGrown(this.db, { times: GROWTH_WITHIN_RUN });
    await noteProgress(this.db, this.runId!, this.counts(), now);
    await this.options.onBatch?.(this.report, items);
  }

  /** Everything handed over so far is stored, tagged, indexed and ranked. */
  private async settled(): Promise<void> {
    await this.flush();
    await this.storing;
    await Promise.all(this.deriving);
    this.deriving = [];
  }

  private count(outcomes: readonly Outcome[], batch: Batch): void {
    for (const [i, outcome] of outcomes.entries()) {
      if (typeof outcome === 'string') {
        this.report[outcome]++;
        continue;
      }
      const { records, places } = batch;
      this.report.rejected++;
      if (this.report.rejections.length < REJECTIONS_TOLD) {
        const reason = `"${records[i]!.title}": ${outcome.problem}`;
        this.report.rejections.push({ place: places[i]!, reason });
      }
      batch.rejections.push({
        format: RECORD,
        input: this.options.input ?? null,
        place: places[i]!,
        reason: outcome.problem,
        raw: JSON.stringify(records[i]),
      });
    }
  }

  private counts(): RunCounts {
    const { read, new: added, updated, unchanged, rejected } = this.report;
    return { read, new: added, updated, unchanged, rejected };
  }

  async fail(error: unknown): Promise<void> {
    await Promise.allSettled([this.storing, ...this.deriving]);
    if (this.runId === null) return;
    const message = error instanceof Error ? error.message : String(error);
    const end = { outcome: 'failed' as const, counts: this.counts(), message, now: this.now() };
    await endRun(this.db, this.runId, end);
  }

  async end(): Promise<IngestReport> {
    if (this.runId !== null) {
      if (this.report.new + this.report.updated > 0) await bumpCatalogueVersion(this.db);
      const outcome = this.report.interrupted ? 'interrupted' : 'done';
      const [first] = this.report.rejections;
      const message = first ? `${first.place}: ${first.reason}` : (this.report.notes[0] ?? null);
      await endRun(this.db, this.runId, {
        outcome,
        counts: this.counts(),
        message,
        now: this.now(),
      });
    }
    return this.report;
  }
}
