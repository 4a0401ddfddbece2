import { type Db, sql } from '@/lib/db/sql';
import { lastMonths } from '@/lib/tags/months';
import { ALL, monthTerm } from './list-terms';

/** Two years. */
const QUARTERS = 8;
const MONTHS = 3;
/** A share of fewer papers says more about chance than about the tag. */
const FEWEST_PAPERS = 60;

/**
 * Of each tag, its share of the papers published in each of the last eight quarters of a year, the oldest first;
 * null where the catalogue has too few papers of a quarter. Tags without papers are left out.
 */
export async function tagTrends(db: Db, now: Date): Promise<Map<string, (number | null)[]>> {
  const months = lastMonths(QUARTERS * MONTHS, now);
  const rows = await db.$queryRaw<{ term: string; quarter: number; papers: number }[]>(sql`
    with quarter as materialized (
      select (m.at - 1) / ${MONTHS}::int as quarter, b.block, bit_or(b.papers) as papers
      from unnest(${months.map(monthTerm)}::text[]) with ordinality as m(term, at)
      join term_bitmap b on b.term = m.term
      group by 1, 2
    )
    select t.term, q.quarter::int, sum(bit_count(t.papers & q.papers))::int as papers
    from quarter q join term_bitmap t on t.block = q.block
    where t.term = ${ALL} or t.term >= 'tag:' and t.term < 'tag;'
    group by 1, 2`);
  const all = new Map(
    rows.filter(({ term }) => term === ALL).map(({ quarter, papers }) => [quarter, papers]),
  );
  const trends = new Map<string, (number | null)[]>();
  for (const { term, quarter, papers } of rows) {
    if (term === ALL) continue;
    const slug = term.slice('tag:'.length);
    const total = all.get(quarter) ?? 0;
    if (!trends.has(slug)) {
      trends.set(
        slug,
        Array.from({ length: QUARTERS }, (_, i) => ((all.get(i) ?? 0) < FEWEST_PAPERS ? null : 0)),
      );
    }
    if (total >= FEWEST_PAPERS) trends.get(slug)![quarter] = papers / total;
  }
  return trends;
}
