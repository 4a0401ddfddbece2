import type { ReadItem } from '@/lib/ingest/read-item';
import type { Piece } from '@/lib/sources/formats/input/text-input';

/** The wire formats, as `--format` names them. */
export const FORMATS = [
  'listing',
  'snapshot',
  'arxiv-atom',
  'daily-papers',
  'arxiv-oai',
  'arxiv-rss',
  'bibtex',
  'ris',
  'csl-json',
  'arxiv-ids',
] as const;
export type Format = (typeof FORMATS)[number];

export interface ReadContext {
  now: Date;
  /** The day the input speaks of, where the input itself does not say or says it without a year. */
  date?: Date;
  /** Titles of a page without an abstract are papers too. */
  titlesAlone?: boolean;
  /** No paragraph goes on in the next line. */
  unwrapped?: boolean;
}

/** Text in, records and clear errors out. */
export type Reader = (
  pieces: AsyncIterable<Piece>,
  context: ReadContext,
) => AsyncIterable<ReadItem>;

/** Longest single record, in characters. The longest real ones are below 100,000. */
export const LONGEST_RECORD = 2_000_000;
