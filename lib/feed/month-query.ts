import { type Db, sql } from '@/lib/db/sql';
import { lastMonths, type MonthCount } from '@/lib/tags/months';
import { ALL, monthTerm, tagTerm } from './list-terms';

/** Two years, and the month that they begin with. */
const MONTHS = 25;

/**
 * Papers of a tag by month of publication, the oldest month first: up to the month of `now`, or to that of
 * the newest paper where all are older than that. Reads bits alone.
 */
export async function monthCounts(db: Db, slug: string, now: Date): Promise<MonthCount[]> {
  const months = lastMonths(MONTHS, await lastMonth(db, now));
  const rows = await db.$queryRaw<{ term: string; papers: number; all: number }[]>(sql`
    select m.term, sum(bit_count(m.papers & a.papers))::int as all,
      coalesce(sum(bit_count(m.papers & t.papers)), 0)::int as papers
    from term_bitmap m
    join term_bitmap a on a.block = m.block and a.term = ${ALL}
    left join term_bitmap t on t.block = m.block and t.term = ${tagTerm(slug)}
    where m.term = any(${months.map(monthTerm)})
    group by m.term`);
  const counts = new Map(rows.map((row) => [row.term, row]));
  return months.map((month) => {
    const { papers = 0, all = 0 } = counts.get(monthTerm(month)) ?? {};
    return { month, papers, all };
  });
}

/** The newest month with papers, where it is older than all that are shown; else that of `now`. */
async function lastMonth(db: Db, now: Date): Promise<Date> {
  const [newest] = await db.$queryRaw<{ month: string | null }[]>(sql`
    select max(term) as month from term_bitmap
    where term >= ${monthTerm('')} and term < 'month;' and bit_count(papers) > 0`);
  const month = newest?.month?.slice(monthTerm('').length);
  const first = lastMonths(MONTHS, now)[0]!;
  return month && month < first ? new Date(`${month}-01`) : now;
}
