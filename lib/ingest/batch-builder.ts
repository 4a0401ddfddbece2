import { beginning } from '@/lib/db/storable';
import type { Outcome } from '@/lib/ingest/batch';
import { type Draft, draftOf } from '@/lib/papers/draft';
import type { PaperRecord } from '@/lib/papers/paper';
import { BEGINNING, RECORD, type Rejection, type RunCounts } from '@/lib/sources/store';

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

/** What is stored in one transaction. */
export interface Batch {
  drafts: Draft[];
  /** What the drafts were made of. */
  records: PaperRecord[];
  places: string[];
  deleted: string[];
  rejections: Rejection[];
  characters: number;
}

/** Papers stored in one transaction: on the embedded database everybody else waits that long. */
const BATCH_SIZE = 400;
const BATCH_CHARACTERS = 2_000_000;
/** Longer ones are kept by their beginning. The longest real records are below 100,000. */
const LONGEST_RAW = 100_000;
/** The report names this many rejections and notes; all of them are counted, and kept. */
const TOLD = 100;

/** Where a run gathers what it reads into batches, and counts what became of it. Writes nothing. */
export class BatchBuilder {
  readonly report: IngestReport = {
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

  constructor(private readonly options: { now: Date; since?: Date; input?: string }) {}

  takeRecord(record: PaperRecord, at: string): void {
    const { since, now } = this.options;
    const changed = record.revisedAt ?? record.publishedAt;
    if (since && changed && changed < since) {
      this.report.skipped++;
      return;
    }
    this.report.read++;
    const draft = draftOf(record, now);
    if ('problem' in draft) {
      this.reject({ at, reason: draft.problem, raw: JSON.stringify(record) });
      return;
    }
    this.batch.drafts.push(draft);
    this.batch.records.push(record);
    this.batch.places.push(at);
    this.batch.characters += draft.abstract.length + draft.title.length;
  }

  takeDeleted(arxivId: string): void {
    this.report.read++;
    this.batch.deleted.push(arxivId);
  }

  note(message: string): void {
    if (this.report.notes.length < TOLD) this.report.notes.push(message);
  }

  /** Counts a rejection and lays it by to be kept. `told` is the reason in the report's words. */
  reject(
    rejected: { at: string; reason: string; raw: string; format?: string; cut?: boolean },
    { batch = this.batch, told = rejected.reason }: { batch?: Batch; told?: string } = {},
  ): void {
    const { at: place, reason, cut } = rejected;
    const raw = beginning(rejected.raw, LONGEST_RAW);
    const format = cut || raw !== rejected.raw ? BEGINNING : (rejected.format ?? RECORD);
    this.report.rejected++;
    if (this.report.rejections.length < TOLD) this.report.rejections.push({ place, reason: told });
    batch.rejections.push({ format, input: this.options.input ?? null, place, reason, raw });
    batch.characters += raw.length;
  }

  isFull(): boolean {
    const { drafts, deleted, rejections, characters } = this.batch;
    const size = drafts.length + deleted.length + rejections.length;
    return size >= BATCH_SIZE || characters > BATCH_CHARACTERS;
  }

  /** The batch as gathered so far; the next one begins empty. */
  handOver(): Batch {
    const batch = this.batch;
    this.batch = emptyBatch();
    return batch;
  }

  /** Counts what became of a batch's drafts; those that could not be stored join its rejections. */
  count(outcomes: readonly Outcome[], batch: Batch): void {
    for (const [i, outcome] of outcomes.entries()) {
      if (typeof outcome === 'string') {
        this.report[outcome]++;
        continue;
      }
      const record = batch.records[i]!;
      const reason = outcome.problem;
      const rejected = { at: batch.places[i]!, reason, raw: JSON.stringify(record) };
      this.reject(rejected, { batch, told: `"${record.title}": ${reason}` });
    }
  }

  counts(): RunCounts {
    const { read, new: added, updated, unchanged, rejected } = this.report;
    return { read, new: added, updated, unchanged, rejected };
  }
}

function emptyBatch(): Batch {
  return { drafts: [], records: [], places: [], deleted: [], rejections: [], characters: 0 };
}
