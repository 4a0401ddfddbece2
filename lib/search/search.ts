import type { Db } from '@/lib/db/sql';
import { isTimeout, withTimeLimit } from '@/lib/db/time-limit';
import { findByIdentifiers, findByTitle } from '@/lib/papers/store';
import { type Facets, facetsOf } from '@/lib/search/facets';
import { readPrefixes } from '@/lib/search/index/lexicon';
import {
  type Clause,
  formatClause,
  formatQuery,
  idsIn,
  isText,
  type SearchQuery,
  type Sort,
} from '@/lib/search/query/clause';
import type { Window } from '@/lib/search/query/filter';
import { parseQuery } from '@/lib/search/query/parse';
import { titleMeant } from '@/lib/search/query/pasted';
import { type Marks, planSearch, prefixesOf, type SearchPlan } from '@/lib/search/query/plan';
import type { EngineName } from '@/lib/search/rank/engines';
import { type Count, type Found, NONE } from '@/lib/search/rank/page';
import { byRelevance, isRank } from '@/lib/search/rank/relevance';
import { isSortKey, sorted } from '@/lib/search/rank/sorted';
import { asTyped, corrected } from '@/lib/search/spelling';
import { authorMeant, mostlyAuthor } from '@/lib/search/suggest';
import { wordsOf } from '@/lib/search/text/tokenizer';

export interface SearchOptions {
  limit: number;
  /** `next` of the page before; anything else starts at the first. */
  after?: string | null;
  /** Where the query itself names no order. */
  sort?: Sort;
  /** Besides those in the query; all of them. */
  tags?: readonly string[];
  /** Bounds on the day of the paper, or on the papers. */
  window?: Window;
  /** Read as many as can be counted, for `total` and facets. */
  count?: boolean;
  /** Only papers with all words and phrases, in every order, as they are spelt. */
  exact?: boolean;
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
  /** The one paper that the text names: by arXiv id, DOI or address, by its title, as BibTeX entry. */
  paperNamed(): Promise<number | null>;
  /** The same search in another spelling, where the page does not show it already. */
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
  /** How many of `ids`, the first ones, are whole matches: with all words and phrases. */
  whole: number;
  /** With `count`: how many whole matches there are, and how many looser ones after them. */
  total: { whole: Count; looser: Count } | null;
  /** The order they are in. */
  sort: Sort;
  /** Set where a word of the query is in no paper: the search that is shown, and the one as it was typed. */
  correction: { shown: string; typed: string } | null;
  /** Where the query matched, for highlight.ts. */
  marks: Marks;
  /** What was not understood, left out or cut: all there is to say. */
  messages: string[];
}

/**
 * A text in the query language, and the papers that answer it. By relevance, papers with all of its words
 * and phrases stand first, and those with some of them after; in any other order, only the first are
 * found. Everything else filters.
 */
export function search(db: Db, text: string, options: SearchOptions): Search {
  const { query, messages } = parseQuery(text);
  const title = titleMeant(text);
  const named: Named = {
    byId: once(() => findByIdentifiers(db, idsIn(query))),
    byTitle: once(() => findByTitle(db, title)),
    correction: once(() => corrected(db, query)),
  };
  const found = once(() => find(db, query, { ...options, named, said: messages }));
  return {
    query,
    messages,
    page: async () => (await found()).page,
    facets: async () => {
      const { page, counted } = await found();
      return facetsOf(db, counted ?? page.ids);
    },
    paperNamed: () => paperNamed(query, title, named),
    suggestion: async () => {
      if ((await found()).page.correction) return null;
      const correction = await named.correction();
      return correction && formatQuery(correction.query);
    },
    author: async () => {
      if ((await found()).readAs) return null;
      return bounded(db, (limited) => authorMeant(limited, query), null);
    },
  };
}

/** What the text may name, each looked up when it is first asked for. */
interface Named {
  byId(): Promise<number[]>;
  byTitle(): Promise<number[]>;
  correction(): ReturnType<typeof corrected>;
}

const once = <T>(work: () => Promise<T>): (() => Promise<T>) => {
  let answer: Promise<T> | undefined;
  return () => (answer ??= work());
};

interface FindOptions extends SearchOptions {
  named: Named;
  said: readonly string[];
}

/** What a query finds; where it has a word that no paper has, what its correction finds. */
async function find(db: Db, query: SearchQuery, options: FindOptions) {
  const typed = await findAsTyped(db, query, options);
  if (options.exact || typed.readAs || typed.page.whole > 0) return typed;
  const correction = await options.named.correction();
  if (!correction?.isSafe) return typed;
  const better = await findAsTyped(db, correction.query, options);
  if (better.page.ids.length === 0) return typed;
  better.page.correction = {
    shown: formatQuery(correction.query),
    typed: formatQuery(asTyped(query, correction.query)),
  };
  return better;
}

async function findAsTyped(db: Db, query: SearchQuery, options: FindOptions) {
  const { plan, readAs, messages } = await planned(db, query, options.named);
  plan.tags.push(...(options.tags ?? []));
  const asked = query.sort ?? options.sort ?? 'relevance';
  const sort = asked === 'relevance' && !plan.isRanked ? 'new' : asked;
  const { after = null, count = false } = options;
  const first = sort === 'relevance' && isText(query) ? await options.named.byTitle() : [];
  const request = { ...options, after, count, first };
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
    whole: found.whole,
    total: found.counted && { whole: found.counted.whole, looser: found.counted.looser },
    sort,
    correction: null,
    marks: plan.marks,
    messages: [...new Set([...options.said, ...messages, ...plan.messages, ...found.messages])],
  };
  return { page, counted: found.counted?.ids ?? null, readAs };
}

/** The plan of a query that may mean something else than it says. */
async function planned(
  db: Db,
  query: SearchQuery,
  named: Named,
): Promise<{ plan: SearchPlan; readAs: Clause | null; messages: string[] }> {
  const messages: string[] = [];
  const ids = idsIn(query);
  let asked = query;
  if (ids.length > 0 && isText(query) && query.clauses.length > ids.length) {
    if ((await named.byId()).length === 0) {
      asked = { ...query, clauses: query.clauses.filter(({ kind }) => kind !== 'id') };
      messages.push(`${ids.join(' and ')} is not in this catalogue: this is what the words find.`);
    }
  }
  const plan = planSearch(asked, await readPrefixes(db, prefixesOf(asked)));
  const author = await bounded(db, (limited) => mostlyAuthor(limited, asked, plan), null);
  if (author === null) return { plan, readAs: null, messages };
  const words = asked.clauses.map(({ value }) => value).join(' ');
  messages.push(
    `Read as ${formatClause(author)}. For the words in the text, search for "${words}".`,
  );
  return { plan: planSearch({ ...asked, clauses: [author] }), readAs: author, messages };
}

const STOPPED: Found = {
  ids: [],
  whole: 0,
  next: null,
  counted: { ids: [], whole: { count: 0, more: true }, looser: NONE },
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

/** A shorter title may be a search for its words as well. */
const FEWEST_WORDS_OF_TITLE = 4;

async function paperNamed(query: SearchQuery, title: string, named: Named): Promise<number | null> {
  if (query.clauses.length === 0 || !isText(query)) return null;
  let found = idsIn(query).length > 0 ? await named.byId() : [];
  if (found.length === 0 && wordsOf(title).length >= FEWEST_WORDS_OF_TITLE) {
    found = await named.byTitle();
  }
  return found.length === 1 ? found[0]! : null;
}
