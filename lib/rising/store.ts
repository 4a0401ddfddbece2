import { DAY_MS } from '@/lib/calendar/days';
import { type Db, sql } from '@/lib/db/sql';
import type { RisingPaper, Topic, Window } from './detect';
import type { TagFigures } from './in-tags';
import type { Rise } from './rises';
import { SPAN_NAMES, SPANS, type Span } from './spans';

/** A topic as it is kept: no papers but those to show. */
export interface KeptTopic extends Omit<Topic, 'keys' | 'recentPapers' | 'earlierPapers'> {
  rise: Rise;
  /** Ids of its newest papers. */
  newest: number[];
  /** Tags of at least a third of its papers, with its figures among theirs; the most frequent first. */
  tags: TagFigures[];
}

export interface KeptRising {
  span: Span;
  asOf: Date;
  /** Papers of the span. */
  recent: number;
  topics: KeptTopic[];
  /** Rises that ended lately: a topic that comes back goes on with its own. */
  ended: Rise[];
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

/** The tags of these papers, by their ids. */
export async function tagsOfPapers(db: Db, ids: readonly number[]): Promise<Map<number, string[]>> {
  const rows = await db.$queryRaw<{ id: number; tags: string[] }[]>(sql`
    select paper_id as id, array_agg(slug order by slug) as tags from paper_tag
    where paper_id = any(${[...ids]}::int[]) and not removed group by paper_id`);
  return new Map(rows.map(({ id, tags }) => [id, tags]));
}

/** How many papers with each tag were first published in the days up to `now`, and in those before them. */
export async function tagTotals(
  db: Db,
  now: Date,
  { days, before }: Window,
): Promise<Map<string, { recent: number; before: number }>> {
  const start = new Date(now.getTime() - days * DAY_MS);
  const from = new Date(start.getTime() - before * DAY_MS);
  const rows = await db.$queryRaw<{ slug: string; recent: number; before: number }[]>(sql`
    select t.slug, (count(*) filter (where p.at >= ${start}))::int as recent,
      (count(*) filter (where p.at < ${start}))::int as before
    from (select id, coalesce(published_at, first_seen_at) as at from paper
      where hidden_at is null) p join paper_tag t on t.paper_id = p.id and not t.removed
    where p.at >= ${from} and p.at < ${now} group by t.slug`);
  return new Map(rows.map(({ slug, ...counts }) => [slug, counts]));
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

/** What was kept, the span to show first in front: the longest of those with topics. */
export async function readRising(db: Db): Promise<KeptRising[]> {
  const rows = await db.$queryRaw<
    { span: string; as_of: Date; result: Omit<KeptRising, 'span' | 'asOf'> }[]
  >(sql`select span, as_of, result from rising`);
  return rows
    .map(({ span, as_of, result }) => ({ span: span as Span, asOf: as_of, ...result }))
    .sort(
      (a, b) =>
        Number(b.topics.length > 0) - Number(a.topics.length > 0) ||
        SPAN_NAMES.indexOf(b.span) - SPAN_NAMES.indexOf(a.span),
    );
}

export const LONGEST_DAYS = Math.max(
  ...SPAN_NAMES.map((span) => SPANS[span].days + SPANS[span].before),
);
