import { type Db, join, type Sql, sql } from '@/lib/db/sql';
import { quoted } from '@/lib/search/index/lexemes';
import type { Lexicon } from '@/lib/search/index/lexicon';
import { NO_FILTER } from '@/lib/search/query/filter';
import { anyOf } from '@/lib/search/query/tsquery';
import { BM25_B, BM25_K1, byImportance } from '@/lib/search/rank/bm25';
import type { RankAnswer, RankRequest, ScoredPaper } from '@/lib/search/rank/types';

/** Papers that are looked at one by one, at most: what bounds the cost of a filter. */
export const MOST_CANDIDATES = 4_000;
/** Stems that candidates are scored by, the most important first: more hardly change the order. */
const MOST_SCORED = 32;
/** Stems that candidates are looked up by, at most: each costs a look into the index. */
const MOST_LOOKED_UP = 8;

/**
 * Ranks the papers of the first driver that has few enough of them: exact. Null where every driver has
 * too many.
 */
export async function rankDriven(db: Db, request: RankRequest): Promise<ScoredPaper[] | null> {
  const { papers } = await request.lexicon();
  const stems = [...request.weights.keys()];
  const some = { tsquery: anyOf(stems), papers: stems.reduce((sum, s) => sum + papers(s), 0) };
  // Where the filter asks for one of them, all its papers have some.
  const narrows = stems.length <= MOST_LOOKED_UP && !stems.some(request.filter.requires);
  for (const driver of request.filter.drivers(narrows ? some : null)) {
    const found = await rankCandidates(db, request, [
      sql`${driver} limit ${MOST_CANDIDATES + 1}::int`,
    ]);
    if (!found.cut) return found.papers;
  }
  return null;
}

/** Ranks these papers one by one. */
export function rankAmong(
  db: Db,
  request: RankRequest,
  ids: readonly number[],
): Promise<RankAnswer> {
  const among = sql`select unnest(${[...ids]}::int[]) as paper_id`;
  return rankCandidates(db, { ...request, filter: NO_FILTER }, [among]);
}

/**
 * Ranks the papers that any of these selects of `paper_id` gives, unless they are more than may be
 * looked at one by one.
 */
export async function rankCandidates(
  db: Db,
  { weights, lexicon, filter, want, texts }: RankRequest,
  selects: Sql[],
): Promise<RankAnswer> {
  const candidates = join(
    selects.map((select) => sql`(${select})`),
    ' union ',
  );
  const text = texts ? sql`s.ranked` : sql`null`;
  const rows = await db.$queryRaw<(ScoredPaper & { seen: number })[]>(sql`
    with candidate as materialized (${candidates}),
    size as materialized (select count(*)::int as seen from candidate),
    scored as materialized (
      select s.paper_id, ${bm25Of(weights, await lexicon())} as score
      from candidate c join search_document s on s.paper_id = c.paper_id
      where (select seen from size) <= ${MOST_CANDIDATES}::int and ${filter.where}
    ),
    best as materialized (
      select * from scored where score > 0 order by score desc, paper_id limit ${want}::int
    )
    select 0 as id, 0::float8 as score, null as text, seen from size
    union all
    (select s.paper_id, b.score, ${text}, 0 from best b join search_document s using (paper_id))`);
  const papers: ScoredPaper[] = [];
  let seen = 0;
  for (const { id, score, text, seen: all } of rows) {
    if (id === 0) seen = all;
    else papers.push({ id, score, text });
  }
  papers.sort(byScore);
  return { papers, cut: seen > MOST_CANDIDATES, unscored: new Map() };
}

export const byScore = (a: ScoredPaper, b: ScoredPaper) => b.score - a.score || a.id - b.id;

/**
 * BM25 of row `s` as an SQL expression. How often a stem stands in the row comes from `ts_rank`, which
 * reads it in C: n = 0.632 r / (1 - r) within 3 %. So n / (n + K) = 1 / (1 + K / 0.632 * (1 / r - 1)).
 */
function bm25Of(weights: ReadonlyMap<string, number>, lexicon: Lexicon): Sql {
  const { meanLength } = lexicon.size;
  const norm = sql`(${BM25_K1 / 0.632}::float8 *
    (${1 - BM25_B}::float8 + ${BM25_B / meanLength}::float8 * s.length))`;
  const parts = byImportance(weights, lexicon)
    .slice(0, MOST_SCORED)
    .map(
      ({ stem, importance }) => sql`coalesce(${importance * (BM25_K1 + 1)}::float8 / (1 + ${norm} *
      (1 / nullif(ts_rank('{1,1,1,1}', s.terms, ${quoted(stem)}::tsquery), 0) - 1)), 0)`,
    );
  return join(parts, ' + ');
}
