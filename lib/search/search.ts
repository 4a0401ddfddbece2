import type { Db } from '@/lib/db/sql';
import { isTimeout, withTimeLimit } from '@/lib/db/time-limit';
import { readLexicon, readStarts } from '@/lib/search/index/lexicon';
import { rankedTexts } from '@/lib/search/index/store';
import { fitsOrder, listMatching } from '@/lib/search/listing';
import { filterOf, type Window } from '@/lib/search/query/filter';
import type { SearchQuery, Sort } from '@/lib/search/query/parse';
import { planSearch, type SearchPlan, startsOf } from '@/lib/search/query/plan';
import { inverseFrequency, NONE } from '@/lib/search/rank/candidates';
import {
  type EngineName,
  engineFor,
  type Lexicon,
  type RankRequest,
} from '@/lib/search/rank/engine';
import { rescorer } from '@/lib/search/rank/proximity';

export interface SearchOptions {
  limit: number;
  /** `next` of the page before; anything else starts at the first. */
  after?: string | null;
  /** Where the query itself names no order. */
  sort?: Sort;
  /** Besides those in the query; all of them. */
  tags?: readonly string[];
  /** Bounds on the day of the paper. */
  window?: Window;
  /** Read as many as can be counted, for total and facets. */
  count?: boolean;
  /** Other than the one the database offers: for tests and benchmarks. */
  engine?: EngineName;
}

export interface SearchResult {
  ids: number[];
  /** For the next page; null on the last one. */
  next: string | null;
  /** With `count`: how many there are, and whether there are more than were counted. */
  total: { count: number; more: boolean };
  /** With `count`: all that were counted, in order. */
  counted: number[];
  /** The order they are in. */
  sort: Sort;
  /** What was left out or cut, besides what parsing said. */
  messages: string[];
}

/** No further than this into a result: nobody reads on, and counting stops here. */
export const MOST_RESULTS = 1_000;
/** The first papers by BM25 are put in order by what stands together in them as well. */
const REORDERED = 50;

/** Whether `after` is the `next` of a page in this order. */
export function isCursor(after: string, sort: Sort): boolean {
  if (sort !== 'relevance') return fitsOrder(after, sort);
  return /^\d{1,4}$/.test(after) && Number(after) <= MOST_RESULTS;
}

/**
 * Papers that answer a query. Words are ranked: by relevance, papers with some of them are found;
 * in any other order, papers with all of them. Everything else filters.
 */
export async function searchPapers(
  db: Db,
  query: SearchQuery,
  options: SearchOptions,
): Promise<SearchResult> {
  const plan = planSearch(query, await readStarts(db, startsOf(query)));
  plan.tags.push(...(options.tags ?? []));
  const asked = query.sort ?? options.sort ?? 'relevance';
  const sort = asked === 'relevance' && !plan.ranks ? 'new' : asked;
  try {
    return await withTimeLimit(db, (bounded) =>
      sort === 'relevance'
        ? byRelevance(bounded, plan, options)
        : inOrder(bounded, plan, sort, options),
    );
  } catch (error) {
    if (!isTimeout(error)) throw error;
    const messages = [
      ...plan.messages,
      'This search took too long and was stopped. Try fewer words.',
    ];
    const total = { count: 0, more: true };
    return { ids: [], next: null, total, counted: [], sort, messages };
  }
}

async function byRelevance(
  db: Db,
  plan: SearchPlan,
  { limit, after, window, count, engine }: SearchOptions,
): Promise<SearchResult> {
  const words = plan.ranked;
  const start = after && isCursor(after, 'relevance') ? Number(after) : 0;
  const end = Math.min(start + limit, MOST_RESULTS);
  let lexicon: Promise<Lexicon> | undefined;
  const reorders = plan.order.length > 1 && start < REORDERED;
  const request: RankRequest = {
    words,
    lexicon: () => (lexicon ??= readLexicon(db, [...words.keys()])),
    filter: filterOf(plan, window),
    want: count ? MOST_RESULTS + 1 : Math.max(end + 1, REORDERED),
    texts: reorders,
    partial: true,
  };
  // Will be needed: reading it along with the ranking takes no time of its own.
  if (reorders) request.lexicon().catch(() => {});
  const found =
    words.size > 0
      ? await (await engineFor(db, engine)).rank(db, request)
      : { papers: [], cut: false, unscored: NONE };
  const head = found.papers.slice(0, REORDERED);
  if (reorders && head.length > 1) {
    const unread = head.filter((paper) => paper.text === null).map((paper) => paper.id);
    const texts = unread.length > 0 ? await rankedTexts(db, unread) : new Map<number, string>();
    const known = await request.lexicon();
    const rescore = rescorer(plan.order, (stem) => inverseFrequency(stem, known), {
      words: found.unscored,
      meanLength: known.size.meanLength,
    });
    for (const paper of head) {
      const text = paper.text ?? texts.get(paper.id) ?? '';
      paper.score = rescore(paper.score, text);
    }
    head.sort((a, b) => b.score - a.score || a.id - b.id);
  }
  const ids = [...head, ...found.papers.slice(REORDERED)].map((paper) => paper.id);
  const messages = [...plan.messages];
  if (found.cut) {
    messages.push('So many papers fit that not all could be looked at: some may be missing.');
  }
  return {
    ids: ids.slice(start, end),
    next: ids.length > end && end < MOST_RESULTS ? String(end) : null,
    total: {
      count: Math.min(ids.length, MOST_RESULTS),
      more: found.cut || ids.length > MOST_RESULTS,
    },
    counted: ids.slice(0, MOST_RESULTS),
    sort: 'relevance',
    messages,
  };
}

async function inOrder(
  db: Db,
  plan: SearchPlan,
  sort: Exclude<Sort, 'relevance'>,
  { limit, after, window, count }: SearchOptions,
): Promise<SearchResult> {
  const strict = { ...plan, required: [...plan.required, ...plan.allWords] };
  const filter = filterOf(strict, window);
  const read = (want: number, from: string | null) =>
    listMatching(db, { filter, sort, want, after: from });
  const found = count ? await read(MOST_RESULTS + 1, null) : await read(limit + 1, after ?? null);
  // By its own keys: what stood before it may have another score by now.
  const { papers } = count && after ? await read(limit + 1, after) : found;
  const messages = [...plan.messages];
  if (found.cut) messages.push('Only the first papers in this order were looked at: more may fit.');
  if (found.papers.length === 0 && plan.allWords.length > 1) {
    messages.push(
      'No paper has all these words. By relevance, papers with some of them are found.',
    );
  }
  const page = papers.slice(0, limit);
  const ids = found.papers.map((paper) => paper.id);
  return {
    ids: page.map((paper) => paper.id),
    next: papers.length > limit ? (page.at(-1)?.cursor ?? null) : null,
    total: {
      count: Math.min(ids.length, MOST_RESULTS),
      more: found.cut || ids.length > MOST_RESULTS,
    },
    counted: ids.slice(0, MOST_RESULTS),
    sort,
    messages,
  };
}
