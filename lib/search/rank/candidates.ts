import { type Db, join, type Sql, sql } from '@/lib/db/sql';
import { quoted } from '@/lib/search/index/document';
import type { Lexicon, RankAnswer, Ranked, RankRequest } from '@/lib/search/rank/engine';

/**
 * BM25's constants, the same in the index of pg_textsearch (see the migration). Measured nDCG@10 with
 * the title counted twice, SciFact / Cranfield / known-item by author keywords:
 * k1 0.9 b 0.4: 0.682 / 0.372 / -; 1.2, 0.75: 0.687 / 0.381 / 0.418; 1.6, 0.75: 0.693 / 0.387 / 0.431.
 * Title once instead of twice: 0.693 / 0.381 / 0.424 at 1.6, 0.75.
 */
export const BM25_K1 = 1.6;
export const BM25_B = 0.75;

/** No words left out of the scores. */
export const NONE: ReadonlyMap<string, number> = new Map();

/** Papers that are looked at one by one, at most: what bounds the cost of a filter. */
export const MOST_CANDIDATES = 4_000;
/** Words that are scored by, the rarest first: further ones hardly move the order. */
const MOST_SCORED = 32;

/** `ln(1 + (N - n + 0.5) / (n + 0.5))`, the inverse document frequency of BM25. */
export function inverseFrequency(stem: string, { size, papers }: Lexicon): number {
  const n = Math.min(papers(stem), size.papers);
  return Math.log(1 + (size.papers - n + 0.5) / (n + 0.5));
}

/**
 * BM25 of row `s` as an SQL expression.
 *
 * How often a word stands in the row comes from `ts_rank`, which reads it in C where unpacking the
 * tsvector in SQL costs a hundred times more: of a single word that stands n times it gives
 * r = (6 / pi^2) * sum(1 / i^2, i = 1..n), and n = 0.632 r / (1 - r) within 3 %. Then
 * n / (n + K) = 1 / (1 + K / 0.632 * (1 / r - 1)).
 */
function bm25Of(words: ReadonlyMap<string, number>, lexicon: Lexicon): Sql {
  const { size } = lexicon;
  const scored = [...words]
    .map(([stem, weight]) => ({ stem, idf: weight * inverseFrequency(stem, lexicon) }))
    .sort((a, b) => b.idf - a.idf)
    .slice(0, MOST_SCORED);
  const norm = sql`(${BM25_K1 / 0.632}::float8 *
    (${1 - BM25_B}::float8 + ${BM25_B / size.meanLength}::float8 * s.length))`;
  const parts = scored.map(
    ({ stem, idf }) => sql`coalesce(${idf * (BM25_K1 + 1)}::float8 / (1 + ${norm} *
      (1 / nullif(ts_rank('{1,1,1,1}', s.terms, ${quoted(stem)}::tsquery), 0) - 1)), 0)`,
  );
  return join(parts, ' + ');
}

/** Words that candidates are searched for by, at most: each costs a look into the index. */
const MOST_SOUGHT = 8;

/**
 * Ranks the papers of the first driver that has few enough of them: exact. Null where every driver has
 * too many.
 */
export async function rankDriven(db: Db, request: RankRequest): Promise<Ranked[] | null> {
  const { papers } = await request.lexicon();
  const stems = [...request.words.keys()];
  const sought = stems.length <= MOST_SOUGHT;
  const words = { tsquery: anyOf(stems), papers: stems.reduce((sum, s) => sum + papers(s), 0) };
  for (const driver of request.filter.drivers(sought ? words : null)) {
    const found = await rankCandidates(db, request, [
      sql`${driver} limit ${MOST_CANDIDATES + 1}::int`,
    ]);
    if (!found.cut) return found.papers;
  }
  return null;
}

/** A tsquery for papers with any of these stems. */
export const anyOf = (stems: string[]) => stems.map(quoted).join(' | ');

/**
 * Ranks the papers that any of these selects of `paper_id` gives, unless they are more than may be
 * looked at one by one.
 */
export async function rankCandidates(
  db: Db,
  { words, lexicon, filter, want, texts }: RankRequest,
  selects: Sql[],
): Promise<RankAnswer> {
  const candidates = join(
    selects.map((select) => sql`(${select})`),
    ' union ',
  );
  const text = texts ? sql`s.ranked` : sql`null`;
  const rows = await db.$queryRaw<(Ranked & { seen: number })[]>(sql`
    with candidate as materialized (${candidates}),
    size as materialized (select count(*)::int as seen from candidate),
    scored as materialized (
      select s.paper_id, ${bm25Of(words, await lexicon())} as score
      from candidate c join search_document s on s.paper_id = c.paper_id
      where (select seen from size) <= ${MOST_CANDIDATES}::int and ${filter.where}
    ),
    best as materialized (
      select * from scored where score > 0 order by score desc, paper_id limit ${want}::int
    )
    select 0 as id, 0::float8 as score, null as text, seen from size
    union all
    (select s.paper_id, b.score, ${text}, 0 from best b join search_document s using (paper_id))`);
  const papers: Ranked[] = [];
  let seen = 0;
  for (const { id, score, text, seen: all } of rows) {
    if (id === 0) seen = all;
    else papers.push({ id, score, text });
  }
  papers.sort((a, b) => b.score - a.score || a.id - b.id);
  return { papers, cut: seen > MOST_CANDIDATES, unscored: NONE };
}
