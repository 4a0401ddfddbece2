import type { JsonInput } from '@/lib/db/sql';
import type { PaperRecord } from '@/lib/papers/paper';
import type { Piece } from '@/lib/sources/formats/text-input';

/** The wire formats, as `--format` names them. */
export const FORMATS = [
  'listing',
  'snapshot',
  'arxiv-atom',
  'daily-papers',
  'arxiv-oai',
  'arxiv-rss',
  'bibtex',
  'arxiv-ids',
] as const;
export type Format = (typeof FORMATS)[number];

/** What a reader finds, in the order of the input. A reader never throws: what is wrong is an item too. */
export type ReadItem =
  | { kind: 'record'; record: PaperRecord; at: string }
  /** An arXiv id without anything else: its record has to be fetched. */
  | { kind: 'wanted'; arxivId: string; at: string }
  /** The source says that this paper is gone. */
  | { kind: 'deleted'; arxivId: string; at: string }
  /** Unusable, with where, why and what. `cut`: `raw` is only the beginning of it. */
  | { kind: 'rejected'; at: string; reason: string; raw: string; format?: Format; cut?: boolean }
  /** Where the source says that the next page begins. */
  | { kind: 'next'; token: string }
  /** What comes before is complete: once it is stored, a later poll may begin here. */
  | { kind: 'checkpoint'; cursor: JsonInput; stored?: () => Promise<void> }
  /** Something the operator should know, about the input as a whole. */
  | { kind: 'note'; message: string };

export interface ReadContext {
  now: Date;
  /** The day the input speaks of, where the input itself does not say or says it without a year. */
  date?: Date;
}

/** Text in, records and clear errors out. */
export type Reader = (
  pieces: AsyncIterable<Piece>,
  context: ReadContext,
) => AsyncIterable<ReadItem>;

/** Longest single record, in characters. The longest real ones are below 100,000. */
export const LONGEST_RECORD = 2_000_000;

export function rejected(at: string, reason: string, raw: string): ReadItem {
  return { kind: 'rejected', at, reason, raw };
}

/** The same where only the beginning of what is rejected was kept. */
export function rejectedBeginning(at: string, reason: string, raw: string): ReadItem {
  return { kind: 'rejected', at, reason, raw, cut: true };
}

/** A date as sources write it, or undefined for anything that is none. */
export function dateOf(value: unknown): Date | undefined {
  if (typeof value !== 'string' || !/\d{4}/.test(value)) return undefined;
  const date = new Date(
    /^\d{4}-\d{2}-\d{2}$/.test(value.trim()) ? `${value.trim()}T00:00:00Z` : value,
  );
  const year = date.getUTCFullYear();
  return Number.isNaN(date.getTime()) || year < 1900 || year > 2200 ? undefined : date;
}

export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value : undefined;
}

/** "First Last" from "Last, First" or "Last, Jr., First"; anything else as it is. */
export function displayName(name: string): string {
  const parts = name.split(',').map((part) => part.trim());
  if (parts.length === 2) return `${parts[1]} ${parts[0]}`.trim();
  if (parts.length === 3) return `${parts[2]} ${parts[0]} ${parts[1]}`.trim();
  return name.trim();
}
