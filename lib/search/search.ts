import type { Db } from '@/lib/db/sql';
import { isTimeout, withTimeLimit } from '@/lib/db/time-limit';
import { findByIdentifier } from '@/lib/papers/store';
import { type Facets, facetsOf } from '@/lib/search/facets';
import { readPrefixes } from '@/lib/search/index/lexicon';
import type { SearchQuery, Sort } from '@/lib/search/query/clause';
import type { Window } from '@/lib/search/query/filter';
import { parseQuery } from '@/lib/search/query/parse';
import { type Marks, planSearch, prefixesOf } from '@/lib/search/query/plan';
import type { EngineName } from '@/lib/search/rank/engines';
import type { Found } from '@/lib/search/rank/page';
import { byRelevance, isRank } from '@/lib/search/rank/relevance';
import { isSortKey, sorted } from '@/lib/search/rank/sorted';
import { authorMeant, didYouMean } from '@/lib/search/suggest';

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
  /** Read as many as can be counted, for `total` and facets. */
  count?: boolean;
  /** Other than the one the database offers: for tests and benchmarks. */
  engine?: EngineName;
}

/** A search that was read, but asks the database only for those of its parts that are asked for. */
export interface Search {
  /** As it was understood. */
  query: SearchQuery;
  /** What was not understood. */
  messages: string[];
  page(): Promise<SearchPage>;
  /** How all papers that were counted divide; without `count`, those of the page. */
  facets(): Promise<Facets>;
  /** The paper whose arXiv id, DOI or address the text is. */
  paperNamed(): Promise<number | null>;
  /** The same search in another spelling that finds something. */
  suggestion(): Promise<string | null>;
  /** The search for the author whose name the text is. */
  author(): Promise<string | null>;
}

export interface SearchPage {
  ids: number[];
  /** For the next page; null on the last one. */
  next: string | null;
  /** `after` is no `next` of a page in this order, so this is the first page. */
  startedOver: boolean;
  /** With `count`: how many there are, and whether there are more than were counted. */
  total: { count: number; more: boolean } | null;
  /** The order they are in. */
  sort: Sort;
  /** Where the query matched, for highlight.ts. */
  marks: Marks;
  /** What was not understood, left out or cut: all there is to say. */
  messages: string[];
}

/**
 * A text in the query language, and the papers that answer it. By relevance, papers with some of its
 * words are found; in any other order, papers with all of them. Everything else filters.
 */
export function search(db: Db, text: string, options: SearchOptions): Search {
  const { query, messages } = parseQuery(text);
  let answer: ReturnType<typeof find> | undefined;
  const found = () => (answer ??= find(db, query, messages, options));
  return {
    query,
    messages,
    page: async () => (await found()).page,
    facets: async () => {
      const { page, counted } = await found();
      return facetsOf(db, counted ?? page.ids);
    },
    paperNamed: () => paperNamed(db, query),
    suggestion: () => didYouMean(db, query),
    author: () => bounded(db, (limited) => authorMeant(limited, query), null),
  };
}

async function find(db: Db, query: SearchQuery, said: string[], options: SearchOptions) {
  const plan = planSearch(query, await readPrefixes(db, prefixesOf(query)));
  plan.tags.push(...(options.tags ?? []));
  const asked = query.sort ?? options.sort ?? 'relevance';
  const sort = asked === 'relevance' && !plan.isRanked ? 'new' : asked;
  const { after = null, count = false } = options;
  const request = { ...options, after, count };
  const found = await bounded(
    db,
    (limited) =>
      sort === 'relevance'
        ? byRelevance(limited, plan, request)
        : sorted(limited, plan, sort, request),
    STOPPED,
  );
  const fits = sort === 'relevance' ? isRank : (key: string) => isSortKey(key, sort);
  const page: SearchPage = {
    ids: found.ids,
    next: found.next,
    startedOver: after ? !fits(after) : false,
    total: found.counted && { count: found.counted.ids.length, more: found.counted.more },
    sort,
    marks: plan.marks,
    messages: [...new Set([...said, ...plan.messages, ...found.messages])],
  };
  return { page, counted: found.counted?.ids ?? null };
}

const STOPPED: Found = {
  ids: [],
  next: null,
  counted: { ids: [], more: true },
  messages: ['This search took too long and was stopped. Try fewer words.'],
};

async function bounded<T>(db: Db, work: (db: Db) => Promise<T>, otherwise: T): Promise<T> {
  try {
    return await withTimeLimit(db, work);
  } catch (error) {
    if (!isTimeout(error)) throw error;
    return otherwise;
  }
}

async function paperNamed(db: Db, { clauses }: SearchQuery): Promise<number | null> {
  const [only, ...others] = clauses;
  if (only?.kind !== 'id' || only.exclude || others.length > 0) return null;
  return findByIdentifier(db, only.value);
}
