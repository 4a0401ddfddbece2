import type { Window } from '@/lib/search/query/filter';

/** No further than this into a result: nobody reads on, and counting stops here. */
export const MOST_RESULTS = 1_000;

/** Which papers of a result are wanted. */
export interface PageRequest {
  limit: number;
  /** Where the page before ended; anything else starts at the first paper. */
  after: string | null;
  /** Whether to read as many as can be counted. */
  count: boolean;
  window?: Window;
}

/** So many papers, or at least so many where there are `more` than were counted. */
export interface Count {
  count: number;
  more: boolean;
}

/** What one of the two orders finds. */
export interface Found {
  ids: number[];
  /** How many of `ids`, the first ones, are whole matches: what follows has only a part of the query. */
  whole: number;
  /** Where the next page starts; null on the last one. */
  next: string | null;
  /** With `count`: whole matches to divide by tag and year, how many there are, and the looser ones. */
  counted: { ids: readonly number[]; whole: Count; looser: Count } | null;
  messages: string[];
}

/** How many of so many that were read count; `cut` where there are more than were read. */
export function countOf(read: number, cut: boolean): Count {
  return { count: Math.min(read, MOST_RESULTS), more: cut || read > MOST_RESULTS };
}

export const NONE: Count = { count: 0, more: false };
