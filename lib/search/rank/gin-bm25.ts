import { type Sql, sql } from '@/lib/db/sql';
import { quoted, titleLexeme } from '@/lib/search/index/lexemes';
import type { Lexicon } from '@/lib/search/index/lexicon';
import { NO_FILTER } from '@/lib/search/query/filter';
import { anyOf } from '@/lib/search/query/tsquery';
import { MOST_CANDIDATES, rankCandidates, rankDriven } from '@/lib/search/rank/candidates';
import type { RankRequest, SearchEngine } from '@/lib/search/rank/types';

/** Candidates by rare stems; the others share what is left. */
const BY_RARE = MOST_CANDIDATES / 2;
const BY_FREQUENT = MOST_CANDIDATES / 10;
/** The newest papers, looked through for frequent stems. */
const NEWEST = 3_000;

/**
 * For any PostgreSQL: candidates from the GIN index, then BM25 in SQL. Candidates are all papers with a
 * rare stem, and of those with frequent ones only a part: several, one in the title, or new.
 */
export const ginBm25: SearchEngine = {
  async rank(db, request) {
    if (!request.filter.isEmpty) {
      const exact = await rankDriven(db, request);
      if (exact) return { papers: exact, cut: false, unscored: new Map() };
    }
    const { selects, complete } = candidatesOf(request, await request.lexicon());
    // The selects have filtered already.
    const found = await rankCandidates(db, { ...request, filter: NO_FILTER }, selects);
    return { ...found, cut: !complete };
  },
};

function candidatesOf(
  { weights, filter }: RankRequest,
  { papers, size }: Lexicon,
): { selects: Sql[]; complete: boolean } {
  const stems = [...weights.keys()].sort((a, b) => papers(a) - papers(b));
  const any = (list: readonly string[]) => list.reduce((sum, stem) => sum + papers(stem), 0);
  // All that have any of the stems may be looked at where they, or the whole catalogue, are few.
  const all = Math.min(any(stems), size.papers) <= MOST_CANDIDATES;
  const rare = all ? stems : stems.filter((_, i) => any(stems.slice(0, i + 1)) <= BY_RARE);
  const frequent = stems.slice(rare.length);
  const matching = (query: string, limit: number) => sql`
    select s.paper_id from search_document s
    where ${query === '' ? filter.where : sql`s.terms @@ ${query}::tsquery and ${filter.where}`}
    limit ${limit}::int`;
  const someOf = (list: readonly string[]) => (list.some(filter.requires) ? '' : anyOf(list));
  const selects: Sql[] = [];
  // A limit here too, since the counts of papers may lag behind.
  if (rare.length > 0) selects.push(matching(someOf(rare), all ? MOST_CANDIDATES : BY_RARE));
  const [rarest, ...others] = frequent;
  if (rarest !== undefined) {
    const inTitle = frequent.map((stem) => quoted(titleLexeme(stem)));
    if (others.length > 0) {
      const open = frequent.filter((stem) => !filter.requires(stem));
      selects.push(matching(open.slice(0, 4).map(quoted).join(' & '), BY_FREQUENT));
      selects.push(matching(inTitle.slice(0, 4).join(' & '), BY_FREQUENT));
      if (open.length === frequent.length) {
        selects.push(matching(`${quoted(rarest)} & (${anyOf(others)})`, BY_FREQUENT));
      } else if (open.length > 1) selects.push(matching(anyOf(open), BY_FREQUENT));
    }
    selects.push(matching(inTitle[0]!, BY_FREQUENT));
    // Lazily along the dates: the scan ends with the last paper wanted.
    selects.push(sql`
      select s.paper_id from (
        select * from search_document order by filed_at desc, paper_id desc limit ${NEWEST}::int
      ) s where s.terms @@ ${anyOf(frequent)}::tsquery and ${filter.where}
      limit ${BY_FREQUENT / 2}::int`);
  }
  return { selects, complete: frequent.length === 0 };
}
