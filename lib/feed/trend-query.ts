import { type Db, sql } from '@/lib/db/sql';
import { lastMonths } from '@/lib/tags/months';
import { ALL, monthTerm } from './list-terms';

const MONTHS = 12;
/** A share of fewer papers says more about chance than about the tag. */
const FEWEST_PAPERS = 60;

/**
 * Of each tag, its share of the papers published in each of the last twelve months, the oldest first; null
 * where the catalogue has too few papers of a month. Tags without papers in these months are left out.
 */
export async function tagTrends(db: Db, now: Date): Promise<Map<string, (number | null)[]>> {
  const months = lastMonths(MONTHS, now);
  const rows = await db.$queryRaw<{ term: string; month: string; papers: number }[]>(sql`
    select t.term, m.term as month, sum(bit_count(t.papers & m.papers))::int as papers
    from term_bitmap m join term_bitmap t on t.block = m.block
    where m.term = any(${months.map(monthTerm)})
      and (t.term = ${ALL} or t.term >= 'tag:' and t.term < 'tag;')
    group by 1, 2`);
  const all = new Map(
    rows.filter(({ term }) => term === ALL).map(({ month, papers }) => [month, papers]),
  );
  const trends = new Map<string, (number | null)[]>();
  for (const { term, month, papers } of rows) {
    if (term === ALL) continue;
    const slug = term.slice('tag:'.length);
    const shares = trends.get(slug) ?? months.map((each) => shareOf(0, all.get(monthTerm(each))));
    shares[months.findIndex((each) => monthTerm(each) === month)] = shareOf(papers, all.get(month));
    trends.set(slug, shares);
  }
  return trends;
}

const shareOf = (papers: number, of = 0) => (of < FEWEST_PAPERS ? null : papers / of);
