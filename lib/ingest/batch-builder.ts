import { beginning } from '@/lib/db/storable';
import type { Outcome } from '@/lib/ingest/batch';
import type { Rejected } from '@/lib/ingest/read-item';
import { BEGINNING, RECORD, type Rejection } from '@/lib/ingest/rejected-store';
import { emptyReport, MOST_TOLD } from '@/lib/ingest/report';
import { type Draft, draftOf } from '@/lib/papers/draft';
import type { PaperRecord } from '@/lib/papers/paper';

/** What is stored in one transaction. */
export interface Batch {
  drafts: Draft[];
  /** The records that the drafts were made of. */
  records: PaperRecord[];
  places: string[];
  /** arXiv ids of papers that their source took back. */
  deleted: string[];
  rejections: Rejection[];
  characters: number;
}

/** Papers per transaction. On the embedded database everybody else waits while it runs. */
const BATCH_SIZE = 400;
const BATCH_CHARACTERS = 2_000_000;
/** Of a longer rejected record only the beginning is kept. Real ones are below 100,000 characters. */
const LONGEST_RAW = 100_000;

/** Gathers what a run reads into batches and counts what became of it. Writes nothing. */
export class BatchBuilder {
  readonly report = emptyReport();
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
    if (this.report.notes.length < MOST_TOLD) this.report.notes.push(message);
  }

  /** Counts a rejection and adds it to the batch. `told` is the reason in the report's words. */
  reject(
    rejected: Omit<Rejected, 'kind'>,
    { batch = this.batch, told = rejected.reason }: { batch?: Batch; told?: string } = {},
  ): void {
    const { at: place, reason, cut } = rejected;
    const raw = beginning(rejected.raw, LONGEST_RAW);
    const format = cut || raw !== rejected.raw ? BEGINNING : (rejected.format ?? RECORD);
    this.report.rejected++;
    if (this.report.rejections.length < MOST_TOLD) {
      this.report.rejections.push({ place, reason: told });
    }
    batch.rejections.push({ format, input: this.options.input ?? null, place, reason, raw });
    batch.characters += raw.length;
  }

  isEmpty(): boolean {
    return this.size() === 0;
  }

  isFull(): boolean {
    return this.size() >= BATCH_SIZE || this.batch.characters > BATCH_CHARACTERS;
  }

  private size(): number {
    const { drafts, deleted, rejections } = this.batch;
    return drafts.length + deleted.length + rejections.length;
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

  /** Counts a batch's deleted papers: those that were here are marked as withdrawn. */
  countDeleted(withdrawn: number, batch: Batch): void {
    this.report.withdrawn += withdrawn;
    this.report.updated += withdrawn;
    this.report.unchanged += batch.deleted.length - withdrawn;
  }
}

function emptyBatch(): Batch {
  return { drafts: [], records: [], places: [], deleted: [], rejections: [], characters: 0 };
}
