import { type Db, sql } from '@/lib/db/client';
import { rankDriven } from '@/lib/search/candidates';
import type { Ranked, RankRequest, SearchEngine } from '@/lib/search/engine';
import type { Filter } from '@/lib/search/filter';

/**
 * How deep the BM25 order is read. Steps rather than what a page needs, so that papers of equal score
 * stand in the same order on every page. A filter inside the ordered scan would read on until enough
 * papers pass it (measured on 100,000: 100 - 370 ms, where reading the best 300 takes 6).
 */
const LOOKS = [100, 300, 1_001, 5_000];
/** The first look beside a filter. */
const FILTERED = 1;
/** A repeated word weighs more, to a point. */
const MOST_REPEATS = 4;

/** A filter is dense where this many of the first look's papers pass it. */
const DENSE = 50;

/**
 * By the BM25 index of pg_textsearch. It knows neither phrases nor filters, so its best papers are read
 * and filtered, further down while too few pass. Where few pass at all, or all are to be counted, the
 * papers that the filter's own index gives are ranked instead, if these are few enough. Which way is
 * taken depends on the query alone, so that the pages of one result fit together.
 */
export const bm25Engine: SearchEngine = {
  async rank(db, request) {
    const { filter, want } = request;
    const counting = want > LOOKS[FILTERED]!;
    let found: Look = { papers: [], exhausted: false };
    let looked = 0;
    if (filter.drivers.length > 0) {
      if (!counting) {
        found = await look(db, request, LOOKS[FILTERED]!);
        looked = FILTERED + 1;
      }
      if (!found.exhausted && found.papers.length < DENSE) {
        const exact = await rankDriven(db, request);
        if (exact) return { papers: exact, cut: false };
      }
    }
    for (const depth of LOOKS.slice(looked)) {
      if (found.exhausted || found.papers.length >= want) break;
      if (depth < want) continue;
      found = await look(db, request, depth);
    }
    const cut = !found.exhausted && found.papers.length < want;
    return { papers: found.papers.slice(0, want), cut };
  },
};

interface Look {
  papers: Ranked[];
  /** No paper further down has any of the words. */
  exhausted: boolean;
}

/** The first `depth` papers of the BM25 order, filtered. */
async function look(db: Db, { words, filter }: RankRequest, depth: number): Promise<Look> {
  const query = [...words]
    .flatMap(([stem, weight]) => Array<string>(Math.min(weight, MOST_REPEATS)).fill(stem))
    .join(' ');
  // Only at the top of a statement, and written exactly as in the order, is the distance the index's
  // own figure; anywhere else it is computed again from each row's text, at ten times the cost.
  const rows = await db.$queryRaw<{ id: number; distance: number; hidden: boolean }[]>(sql`
    select paper_id as id, hidden, ranked <@> to_bm25query(${query}, 'paper_search_bm25') as distance
    from paper_search order by ranked <@> to_bm25query(${query}, 'paper_search_bm25')
    limit ${depth}::int`);
  const shown = rows.filter((row) => !row.hidden);
  const passing = filter.isEmpty ? null : await passed(db, filter, shown);
  const papers = shown
    .filter((row) => passing?.has(row.id) ?? true)
    .map(({ id, distance }) => ({ id, score: -distance }))
    .sort((a, b) => b.score - a.score || a.id - b.id);
  return { papers, exhausted: rows.length < depth };
}

async function passed(db: Db, filter: Filter, rows: { id: number }[]): Promise<Set<number>> {
  const ids = rows.map((row) => row.id);
  const passing = await db.$queryRaw<{ id: number }[]>(sql`
    select s.paper_id as id from paper_search s
    where s.paper_id = any(${ids}::int[]) and ${filter.where}`);
  return new Set(passing.map((row) => row.id));
}
