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

/** What one of the two orders finds. */
export interface Found {
  ids: number[];
  /** Where the next page starts; null on the last one. */
  next: string | null;
  /** With `count`: all that were counted, in order, and whether there are more. */
  counted: { ids: number[]; more: boolean } | null;
  messages: string[];
}

/** All of these that count; `cut` where there are more than were read. */
export function counted(ids: readonly number[], cut: boolean): NonNullable<Found['counted']> {
  return { ids: ids.slice(0, MOST_RESULTS), more: cut || ids.length > MOST_RESULTS };
}
