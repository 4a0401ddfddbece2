import { type Db, type Sql, sql } from '@/lib/db/sql';
import type { Lexicon } from '@/lib/search/index/lexicon';
import type { Filter } from '@/lib/search/query/filter';
import { anyOf } from '@/lib/search/query/tsquery';
import { MOST_CANDIDATES } from '@/lib/search/rank/candidates';
import { type Count, countOf, MOST_RESULTS, NONE } from '@/lib/search/rank/page';

interface Matches {
  ids: number[];
  /** There are more than were read. */
  cut: boolean;
}

/** Papers of a filter in no order, `most` of them. */
export async function findWhole(db: Db, filter: Filter, most: number): Promise<Matches> {
  if (!filter.isIndexed) return matches(db, filter.drivers(null), filter.where, most);
  const rows = await db.$queryRaw<{ id: number }[]>(sql`
    select s.paper_id as id from search_document s where ${filter.where}
    limit ${most + 1}::int`);
  return firstOf(
    rows.map((row) => row.id),
    most,
  );
}

interface LooserRequest {
  filter: Filter;
  stems: readonly string[];
  lexicon: Lexicon;
  /** Those that match it all. */
  whole: Count;
}

/** How many papers of a filter have some of the stems, besides the whole matches. */
export async function findLooser(
  db: Db,
  { filter, stems, lexicon, whole }: LooserRequest,
): Promise<Count> {
  if (stems.length === 0) return NONE;
  const most = Math.max(...stems.map(lexicon.papers));
  // The lexicon knows the number of papers well enough to say that it is large.
  if (filter.isEmpty && most > 2 * MOST_RESULTS) return { count: MOST_RESULTS, more: true };
  const any = anyOf(stems);
  const some = { tsquery: any, papers: stems.reduce((sum, s) => sum + lexicon.papers(s), 0) };
  const drivers = filter.isEmpty
    ? [sql`select s.paper_id from search_document s where s.terms @@ ${any}::tsquery`]
    : filter.drivers(some);
  const { ids, cut } = await matches(
    db,
    drivers,
    sql`${filter.where} and s.terms @@ ${any}::tsquery`,
    MOST_RESULTS + whole.count,
  );
  return countOf(Math.max(0, ids.length - whole.count), cut);
}

const firstOf = (ids: number[], most: number): Matches => ({
  ids: ids.slice(0, most),
  cut: ids.length > most,
});

/** By the first of these drivers that has few enough papers, else what the last one gives. */
async function matches(
  db: Db,
  drivers: readonly Sql[],
  where: Sql,
  most: number,
): Promise<Matches> {
  let found: Matches = { ids: [], cut: true };
  for (const driver of drivers) {
    const rows = await db.$queryRaw<{ id: number; seen: number }[]>(sql`
      with candidate as materialized (${driver} limit ${MOST_CANDIDATES + 1}::int),
      size as materialized (select count(*)::int as seen from candidate)
      select 0 as id, seen from size
      union all
      (select s.paper_id, 0 from candidate c join search_document s on s.paper_id = c.paper_id
       where ${where} limit ${most + 1}::int)`);
    const ids = rows.filter((row) => row.id !== 0).map((row) => row.id);
    const seen = rows.find((row) => row.id === 0)?.seen ?? 0;
    if (seen <= MOST_CANDIDATES || ids.length > most) return firstOf(ids, most);
    if (ids.length >= found.ids.length) found = { ids, cut: true };
  }
  return found;
}
