import { type Db, sql } from '@/lib/db/sql';
import { inverseFrequency, NONE, rankDriven } from '@/lib/search/rank/candidates';
import type { Ranked, RankRequest, SearchEngine } from '@/lib/search/rank/engine';

/**
 * How deep the BM25 order is read. Steps rather than what a page needs, so that papers of equal score
 * stand in the same order on every page. A filter inside the ordered scan would read on until enough
 * papers pass it (measured on 100,000: 100 - 370 ms, where reading the best 300 takes 3).
 */
const LOOKS = [100, 300, 1_001, 5_000];
/** Looks up to here tell how dense a filter is: one that fewer of their papers pass is sparse. */
const DEEPEST_TELLING = 1_001;
const DENSE_PART = 1 / 20;
/** Of a dense filter the first pages, by the looks that tell. */
const ENOUGH = 50;
/** Looks this deep carry the texts: reading them apart would take longer. */
const DEEPEST_WITH_TEXTS = 300;
/**
 * Words of a long question that the index ranks by, those that weigh most: each further one costs, the
 * frequent ones most. The rest is added to the first papers. nDCG@10 on SciFact / Cranfield with 8, 10
 * and all words: 0.703 / 0.389, 0.703 / 0.390, 0.703 / 0.390; without adding the rest, with 10: 0.702 /
 * 0.380. On 100,000 papers the index takes 9 ms for a question of 14 words, with all of them 18.
 */
const MOST_SOUGHT = 10;
/** A repeated word weighs more, to a point. */
const MOST_REPEATS = 4;

/**
 * By the BM25 index of pg_textsearch. It knows neither phrases nor filters, so its best papers are read
 * and filtered, further down while too few pass. Where few pass at all, the papers that the filter's own
 * index gives are ranked instead, if these are few enough. Which way is taken depends on the query alone,
 * so that the pages of one result fit together, whether its papers are counted or not.
 */
export const bm25Engine: SearchEngine = {
  async rank(db, request) {
    const { filter, want } = request;
    const { telling, unscored } = await byWeight(request);
    const looking = (depth: number) => look(db, { ...request, words: telling }, depth);
    let found: Look = { depth: 0, papers: [], exhausted: false };
    let dense = filter.isEmpty;
    let exact = filter.isSparse ? await rankDriven(db, request) : null;
    if (!filter.isEmpty && !filter.isSparse) {
      for (const depth of LOOKS.filter((depth) => depth <= DEEPEST_TELLING)) {
        const expected = found.depth > 0 ? (depth * found.papers.length) / found.depth : ENOUGH;
        if (expected < ENOUGH && depth < DEEPEST_TELLING) continue;
        found = await looking(depth);
        dense = found.papers.length >= depth * DENSE_PART;
        if (!dense || isEnough(found, ENOUGH)) break;
      }
    }
    // Its own index gives the papers of a sparse filter sooner.
    if (!dense && !filter.isSparse && !found.exhausted) exact = await rankDriven(db, request);
    if (exact) return { papers: exact, cut: false, unscored: NONE };
    for (const depth of LOOKS) {
      if (isEnough(found, want)) break;
      if (depth >= want && depth > found.depth) found = await looking(depth);
    }
    // Words that hardly any paper has weigh most of all: then the others are needed.
    if (found.exhausted && unscored.size > 0) {
      return bm25Engine.rank(db, { ...request, partial: false });
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
  papers: Ranked[];
  /** No paper further down has any of the words. */
  exhausted: boolean;
}

/** The first `depth` papers of the BM25 order, filtered: in one statement, whose rows it reads anyway. */
async function look(db: Db, { words, filter, texts }: RankRequest, depth: number): Promise<Look> {
  const query = [...words]
    .flatMap(([stem, weight]) => Array<string>(Math.min(weight, MOST_REPEATS)).fill(stem))
    .join(' ');
  const text = texts && depth <= DEEPEST_WITH_TEXTS ? sql`s.ranked` : sql`''`;
  // The distance is the index's own figure only at the top of a statement, and only where it is not
  // the same expression as the order (the query is a parameter of its own in each); else it is
  // computed again from each row's text, at ten times the cost.
  const rows = await db.$queryRaw<{ id: number; text: string | null; distance: number }[]>(sql`
    select s.paper_id as id, case when ${filter.where} then ${text} end as text,
      s.ranked <@> to_bm25query(${query}, 'search_document_bm25') as distance
    from search_document s order by s.ranked <@> to_bm25query(${query}, 'search_document_bm25')
    limit ${depth}::int`);
  const papers = rows
    .filter((row) => row.text !== null)
    .map(({ id, distance, text }) => ({ id, score: -distance, text: text || null }))
    .sort((a, b) => b.score - a.score || a.id - b.id);
  return { depth, papers, exhausted: rows.length < depth };
}

/** The words to rank by, and the rest of a long question. */
async function byWeight({ words, lexicon, partial }: RankRequest) {
  if (!partial || words.size <= MOST_SOUGHT) return { telling: words, unscored: NONE };
  const known = await lexicon();
  const all = [...words]
    .map((word) => ({ word, weight: word[1] * inverseFrequency(word[0], known) }))
    .sort((a, b) => b.weight - a.weight)
    .map(({ word }) => word);
  return {
    telling: new Map(all.slice(0, MOST_SOUGHT)),
    unscored: new Map(all.slice(MOST_SOUGHT)),
  };
}
