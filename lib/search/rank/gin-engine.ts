import { type Sql, sql } from '@/lib/db/sql';
import { quoted } from '@/lib/search/index/document';
import {
  anyOf,
  MOST_CANDIDATES,
  NONE,
  rankCandidates,
  rankDriven,
} from '@/lib/search/rank/candidates';
import type { Lexicon, RankRequest, SearchEngine } from '@/lib/search/rank/engine';

/** Candidates by rare words; the others share what is left. */
const BY_RARE_WORDS = MOST_CANDIDATES / 2;
const BY_FREQUENT_WORDS = MOST_CANDIDATES / 10;
/** The newest papers, looked through for frequent words. */
const NEWEST = 3_000;

/**
 * For any PostgreSQL: candidates from the GIN index, then BM25 in SQL. Papers with a rare word of the
 * query are all candidates; of those that have its frequent words only, as many as can be looked at:
 * with several of them, with one in the title, the newest.
 */
export const ginEngine: SearchEngine = {
  async rank(db, request) {
    if (!request.filter.isEmpty) {
      const exact = await rankDriven(db, request);
      if (exact) return { papers: exact, cut: false, unscored: NONE };
    }
    const { selects, complete } = candidatesOf(request, await request.lexicon());
    const found = await rankCandidates(db, request, selects);
    return { ...found, cut: !complete };
  },
};

function candidatesOf(
  { words, filter }: RankRequest,
  { papers }: Lexicon,
): { selects: Sql[]; complete: boolean } {
  const rare: string[] = [];
  const frequent: string[] = [];
  let total = 0;
  for (const stem of [...words.keys()].sort((a, b) => papers(a) - papers(b))) {
    total += papers(stem);
    (total <= BY_RARE_WORDS ? rare : frequent).push(stem);
  }
  const matching = (query: string, limit: number) => sql`
    select s.paper_id from search_document s where s.terms @@ ${query}::tsquery and ${filter.where}
    limit ${limit}::int`;
  const selects: Sql[] = [];
  // Counts of papers may lag behind: a limit all the same.
  if (rare.length > 0) selects.push(matching(anyOf(rare), BY_RARE_WORDS));
  const [rarest, ...others] = frequent;
  if (rarest !== undefined) {
    const inTitle = frequent.map((stem) => quoted(`t:${stem}`));
    if (others.length > 0) {
      const all = frequent.slice(0, 4).map(quoted);
      selects.push(matching(all.join(' & '), BY_FREQUENT_WORDS));
      selects.push(matching(inTitle.slice(0, 4).join(' & '), BY_FREQUENT_WORDS));
      selects.push(
        matching(`${quoted(rarest)} & (${anyOf(frequent.slice(1))})`, BY_FREQUENT_WORDS),
      );
    }
    selects.push(matching(inTitle[0]!, BY_FREQUENT_WORDS));
    // Lazily along the dates: the scan ends with the last paper wanted.
    selects.push(sql`
      select s.paper_id from (
        select * from search_document order by filed_at desc, paper_id desc limit ${NEWEST}::int
      ) s where s.terms @@ ${anyOf(frequent)}::tsquery and ${filter.where}
      limit ${BY_FREQUENT_WORDS / 2}::int`);
  }
  return { selects, complete: frequent.length === 0 };
}
