import type { Db, JsonInput } from '@/lib/db/sql';
import type { BatchBuilder } from '@/lib/ingest/batch-builder';
import type { Writer } from '@/lib/ingest/batch-writer';
import type { Checkpoint, ReadItem } from '@/lib/ingest/read-item';
import { takeWanted, type Wanted } from '@/lib/ingest/wanted';
import { yielding } from '@/lib/runtime/yielding';

export interface ReadingOptions {
  /** Records to read at most. */
  limit?: number;
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
}

const WANTED_AT_ONCE = 100;

/** Takes what a reader finds, item by item, and hands each batch over as it fills. */
export class Reading {
  private wanted: Wanted[] = [];
  private items = 0;

  constructor(
    private readonly db: Db,
    private readonly builder: BatchBuilder,
    private readonly writer: Writer,
    private readonly options: ReadingOptions,
  ) {}

  /** Resolves when all that was read is stored, tagged, indexed and ranked. */
  async readAll(items: AsyncIterable<ReadItem>): Promise<void> {
    const { stopsQuietlyOn } = this.options;
    try {
      await this.readItems(items);
      await this.takeWanted();
    } catch (error) {
      // What was read before the failure is good.
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
    if (builder.isFull()) await this.handOver();
  }

  private async checkpoint({ cursor, stored }: Checkpoint): Promise<void> {
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

  private async handOver(): Promise<void> {
    if (!this.builder.isEmpty()) await this.writer.write(this.builder.handOver(), this.items);
  }

  private async settled(): Promise<void> {
    await this.handOver();
    await this.writer.drained();
  }
}
