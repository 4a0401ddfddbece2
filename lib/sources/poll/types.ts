import type { ReadItem } from '@/lib/ingest/read-item';
import type { SourcesConfig } from '@/lib/sources/config';
import type { Transport } from '@/lib/sources/fetch/transport';

export interface PollContext {
  transport: Transport;
  config: SourcesConfig;
  now: Date;
  /** What the last checkpoint of this source said; null on the first poll. */
  cursor: unknown;
}

/** Everything new at a source, with a checkpoint wherever an interrupted poll may go on. */
export type Poller = (context: PollContext) => AsyncIterable<ReadItem>;

/** The source answered, but not with what was asked for. */
export class SourceError extends Error {
  override name = 'SourceError';
}
