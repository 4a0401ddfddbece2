import { DAY_MS } from '@/lib/calendar/days';
import { type Db, sql } from '@/lib/db/sql';
import type { RisingPaper, Topic } from './detect';
import { SPAN_NAMES, SPANS, type Span } from './spans';

/** A topic as it is kept: with the tags of its recent papers, and no ids but those to show. */
export interface KeptTopic extends Omit<Topic, 'ids'> {
  /** Tags of at least a third of its papers, the most frequent first. */
  tags: string[];
}

export interface KeptRising {
  span: Span;
  asOf: Date;
  /** Papers of the span. */
  recent: number;
  topics: KeptTopic[];
}

/** Papers that are compared, at most: the newest. */
const MOST_PAPERS = 200_000;

/** The papers that were first published in the `days` up to `now`, without the hidden ones. */
export function papersUpTo(db: Db, now: Date, days: number): Promise<RisingPaper[]> {
  const from = new Date(now.getTime() - days * DAY_MS);
  return db.$queryRaw<RisingPaper[]>(sql`
    select id, title, abstract, authors, coalesce(categories[1], '') as category,
      coalesce(published_at, first_seen_at) as "publishedAt"
    from paper
    where hidden_at is null and coalesce(published_at, first_seen_at) >= ${from}
      and coalesce(published_at, first_seen_at) < ${now}
    order by coalesce(published_at, first_seen_at) desc, id desc limit ${MOST_PAPERS}::int`);
}

/** How often each tag is on these papers. */
export async function tagCounts(db: Db, ids: readonly number[]): Promise<Map<string, number>> {
  const rows = await db.$queryRaw<{ slug: string; papers: number }[]>(sql`
    select slug, count(*)::int as papers from paper_tag
    where paper_id = any(${[...ids]}::int[]) and not removed group by slug order by 2 desc, 1`);
  return new Map(rows.map(({ slug, papers }) => [slug, papers]));
}

/** Keeps what was found in place of all that was. */
export async function keepRising(db: Db, found: readonly KeptRising[]): Promise<void> {
  const rows = found.map(({ span, asOf, ...result }) => ({ span, as_of: asOf, result }));
  await db.$executeRaw(sql`
    with kept as (
      insert into rising (span, as_of, result)
      select span, as_of, result from json_to_recordset(${JSON.stringify(rows)}::json)
        as r(span text, as_of timestamptz, result jsonb)
      on conflict (span) do update set as_of = excluded.as_of, result = excluded.result
      returning span
    )
    delete from rising where span <> all(${found.map(({ span }) => span)}::text[])`);
}

/** What was kept, the span to show first in front. */
export async function readRising(db: Db): Promise<KeptRising[]> {
  const rows = await db.$queryRaw<
    { span: string; as_of: Date; result: Omit<KeptRising, 'span' | 'asOf'> }[]
  >(sql`select span, as_of, result from rising`);
  return rows
    .map(({ span, as_of, result }) => ({ span: span as Span, asOf: as_of, ...result }))
    .sort((a, b) => SPAN_NAMES.indexOf(b.span) - SPAN_NAMES.indexOf(a.span));
}

export const LONGEST_DAYS = Math.max(
  ...SPAN_NAMES.map((span) => SPANS[span].days + SPANS[span].before),
);
