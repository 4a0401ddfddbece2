import type { AbstractKind } from '@/lib/db/generated/enums';

/**
 * What a paper is. `PaperRecord` is what one source says about one paper; `Paper` is what we keep
 * and show after merging what all sources said.
 */

/** Every place a record can come from; the merge rules in `merge.ts` rank them field by field. */
export const SOURCES = [
  'sample',
  'listing',
  'daily-papers',
  'arxiv-atom',
  'arxiv-oai',
  'arxiv-rss',
  'arxiv-snapshot',
  'bibtex',
  'ris',
  'csl-json',
  'arxiv-ids',
  'semantic-scholar',
  'github',
] as const;
export type Source = (typeof SOURCES)[number];

/**
 * What can be observed of the interest in a paper. A new kind is one more entry here, with its unit in
 * lib/feed/signals.ts; sources report it under this name.
 */
export const SIGNAL_KINDS = [
  'upvotes',
  'comments',
  'github-stars',
  'citations',
  'listing-place',
  'listed',
  'votes',
  'saves',
  'reader-weight',
] as const;
export type SignalKind = (typeof SIGNAL_KINDS)[number];

export function isSignalKind(kind: string): kind is SignalKind {
  return (SIGNAL_KINDS as readonly string[]).includes(kind);
}

/** One observation of interest in a paper, kept as history. */
export interface SignalReading {
  kind: SignalKind;
  value: number;
  seenAt: Date;
}

/** What one source says about one paper. Absent means "the source does not say", never "none". */
export interface PaperRecord {
  source: Source;
  title: string;
  abstract?: string;
  /** Whether `abstract` is the authors' own (where absent) or a summary that the source wrote. */
  abstractKind?: AbstractKind;
  /** Display names in order, "First Last". Empty when the source names none. */
  authors: string[];
  /** Without version: `2106.09685` or `cs/0112017`. */
  arxivId?: string;
  /** arXiv version number, from 1. */
  version?: number;
  doi?: string;
  /** First is the primary one. */
  categories: string[];
  keywords: string[];
  publishedAt?: Date;
  revisedAt?: Date;
  withdrawn?: boolean;
  comment?: string;
  journalRef?: string;
  license?: string;
  codeUrl?: string;
  projectUrl?: string;
  tldr?: string;
  signals: SignalReading[];
}

/** A stored paper with its tags, as pages, the API, feeds and mails show it. */
export interface Paper {
  id: number;
  arxivId: string | null;
  version: number | null;
  doi: string | null;
  title: string;
  abstract: string;
  abstractKind: AbstractKind;
  tldr: string | null;
  authors: string[];
  categories: string[];
  keywords: string[];
  publishedAt: Date | null;
  revisedAt: Date | null;
  withdrawnAt: Date | null;
  firstSeenAt: Date;
  comment: string | null;
  journalRef: string | null;
  license: string | null;
  codeUrl: string | null;
  projectUrl: string | null;
  /** Slugs, the strongest first; lib/tags knows their names. */
  tags: string[];
}
