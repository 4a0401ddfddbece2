import { type Db, sql } from '@/lib/db/sql';
import { NO_BITS } from '@/lib/feed/bitmap-store';
import { BLOCK } from '@/lib/feed/bitmaps';
import { ALL, tagTerm } from '@/lib/feed/list-terms';
import { lastMonths, type MonthCount } from '@/lib/tags/months';

/** Papers by month of publication, of every tag at once: oldest month first. */
export interface MonthCounts {
  of(slug: string): MonthCount[];
}

/** Two years, and the month that they begin with. */
const MONTHS = 25;
/** In a catalogue this large months change little within `KEPT_MS`, and counting takes a moment. */
const LARGE_CATALOGUE = 10_000;
const KEPT_MS = 10 * 60_000;

/** What this process counts of its one database, and has counted where the catalogue is large. */
const kept: { until: number; counts: Promise<MonthCounts> | null } = { until: 0, counts: null };

/** Up to the month of `now`, or of the newest paper where all are older than that. */
export function monthCounts(db: Db, now: Date): Promise<MonthCounts> {
  // All who ask while it is counted wait for the one count.
  if (kept.counts && performance.now() < kept.until) return kept.counts;
  const counted = count(db, now);
  Object.assign(kept, { until: Number.POSITIVE_INFINITY, counts: counted });
  counted.then(
    ({ total }) => {
      kept.until = total >= LARGE_CATALOGUE ? performance.now() + KEPT_MS : 0;
    },
    () => {
      kept.until = 0;
    },
  );
  return counted;
}

async function count(db: Db, now: Date): Promise<MonthCounts & { total: number }> {
  const months = lastMonths(MONTHS, await lastMonth(db, now));
  const [start, end] = [months[0]!, months.at(-1)!].map((month) => new Date(`${month}-01`));
  end!.setUTCMonth(end!.getUTCMonth() + 1);
  // Read off the index of dates alone; which papers are shown, and under which tag, the bits know.
  const rows = await db.$queryRaw<{ term: string; month: string; papers: number }[]>(sql`
    with month as materialized (
      select date_trunc('month', filed_at at time zone 'UTC') as month,
        paper_id / ${BLOCK}::int as block,
        bit_or(set_bit(${NO_BITS}, paper_id % ${BLOCK}::int, 1)) as papers
      from search_document where filed_at >= ${start} and filed_at < ${end}
      group by 1, 2
    )
    select t.term, to_char(m.month, 'YYYY-MM') as month,
      sum(bit_count(t.papers & m.papers))::int as papers
    from month m join term_bitmap t on t.block = m.block
    where t.term = ${ALL} or t.term like 'tag:%'
    group by 1, 2`);
  const counts = new Map(rows.map(({ term, month, papers }) => [`${term} ${month}`, papers]));
  const papersOf = (term: string, month: string) => counts.get(`${term} ${month}`) ?? 0;
  return {
    total: months.reduce((sum, month) => sum + papersOf(ALL, month), 0),
    of: (slug) =>
      months.map((month) => ({
        month,
        papers: papersOf(tagTerm(slug), month),
        all: papersOf(ALL, month),
      })),
  };
}

async function lastMonth(db: Db, now: Date): Promise<Date> {
  const [newest] = await db.$queryRaw<{ at: Date }[]>(sql`
    select filed_at as at from search_document order by filed_at desc, paper_id desc limit 1`);
  return newest && newest.at < new Date(`${lastMonths(MONTHS, now)[0]}-01`) ? newest.at : now;
}
