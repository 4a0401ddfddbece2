import { type Db, sql } from '@/lib/db/sql';
import { byImportance } from '@/lib/search/rank/bm25';
import { byScore, rankDriven } from '@/lib/search/rank/candidates';
import type { RankRequest, ScoredPaper, SearchEngine } from '@/lib/search/rank/types';

/** How deep the BM25 order is read, in steps: so papers of equal score have one order on every page. */
const DEPTHS = [100, 300, 1_001, 5_000];
/** Looks up to here tell how dense a filter is: one that fewer of their papers pass is sparse. */
const DEEPEST_TELLING = 1_001;
const DENSE_PART = 1 / 20;
/** Of a dense filter the first pages, by the looks that tell. */
const ENOUGH = 50;
/** Looks this deep carry the texts: reading them apart would take longer. */
const DEEPEST_WITH_TEXTS = 300;
/** Stems of a long question that the index ranks by; the rest is added to the first papers. */
const MOST_BY_INDEX = 10;
/** A repeated word weighs more, to a point. */
const MOST_REPEATS = 4;

/**
 * Ranks by the BM25 index of pg_textsearch, which knows neither phrases nor filters: its best papers are
 * read and filtered, or those that the filter's own index gives are ranked. README.md says which when.
 */
export const pgTextsearch: SearchEngine = {
  async rank(db, request) {
    const { filter, want } = request;
    const { ranking, unscored } = await split(request);
    const looking = (depth: number) => look(db, { ...request, weights: ranking }, depth);
    let found: Look = { depth: 0, papers: [], exhausted: false };
    let dense = filter.isEmpty;
    let exact = filter.isSparse ? await rankDriven(db, request) : null;
    if (!filter.isEmpty && !filter.isSparse) {
      for (const depth of DEPTHS.filter((depth) => depth <= DEEPEST_TELLING)) {
        const expected = found.depth > 0 ? (depth * found.papers.length) / found.depth : ENOUGH;
        if (expected < ENOUGH && depth < DEEPEST_TELLING) continue;
        found = await looking(depth);
        dense = found.papers.length >= depth * DENSE_PART;
        if (!dense || isEnough(found, ENOUGH)) break;
      }
    }
    // Its own index gives the papers of a sparse filter sooner.
    if (!dense && !filter.isSparse && !found.exhausted) exact = await rankDriven(db, request);
    if (exact) return { papers: exact, cut: false, unscored: new Map() };
    for (const depth of DEPTHS) {
      if (isEnough(found, want)) break;
      if (depth >= want && depth > found.depth) found = await looking(depth);
    }
    // Words that hardly any paper has weigh most of all: then the others are needed.
    if (found.exhausted && unscored.size > 0) {
      return pgTextsearch.rank(db, { ...request, partial: false });
    }
    // Further down come those that the filter's own index gives, if it gives them all.
    const rest =
      dense && !filter.isEmpty && !isEnough(found, want) && (await rankDriven(db, request));
    if (rest) {
      const known = new Set(found.papers.map((paper) => paper.id));
      const papers = [...found.papers, ...rest.filter((paper) => !known.has(paper.id))];
      return { papers: papers.slice(0, want), cut: false, unscored };
    }
    return { papers: found.papers.slice(0, want), cut: !isEnough(found, want), unscored };
  },
};

const isEnough = ({ papers, exhausted }: Look, want: number) => exhausted || papers.length >= want;

interface Look {
  depth: number;
  papers: ScoredPaper[];
  /** No paper further down has any of the stems. */
  exhausted: boolean;
}

/** The first `depth` papers of the BM25 order, filtered: in one statement, whose rows it reads anyway. */
async function look(db: Db, { weights, filter, texts }: RankRequest, depth: number): Promise<Look> {
  const query = [...weights]
    .flatMap(([stem, weight]) => Array<string>(Math.min(weight, MOST_REPEATS)).fill(stem))
    .join(' ');
  const text = texts && depth <= DEEPEST_WITH_TEXTS ? sql`s.ranked` : sql`''`;
  // The index gives the distance only at the top of a statement, and only if the order is another
  // expression (so the query is two parameters). Else each row's is computed, at ten times the cost.
  const rows = await db.$queryRaw<{ id: number; text: string | null; distance: number }[]>(sql`
    select s.paper_id as id, case when ${filter.where} then ${text} end as text,
      s.ranked <@> to_bm25query(${query}, 'search_document_bm25') as distance
    from search_document s order by s.ranked <@> to_bm25query(${query}, 'search_document_bm25')
    limit ${depth}::int`);
  const papers = rows
    .filter((row) => row.text !== null)
    .map(({ id, distance, text }) => ({ id, score: -distance, text: text || null }))
    .sort(byScore);
  return { depth, papers, exhausted: rows.length < depth };
}

/** The stems to rank by, and the rest of a long question. */
async function split({ weights, lexicon, partial }: RankRequest) {
  if (!partial || weights.size <= MOST_BY_INDEX) {
    return { ranking: weights, unscored: new Map<string, number>() };
  }
  const all = byImportance(weights, await lexicon()).map(
    ({ stem, weight }) => [stem, weight] as const,
  );
  return {
    ranking: new Map(all.slice(0, MOST_BY_INDEX)),
    unscored: new Map(all.slice(MOST_BY_INDEX)),
  };
}
