import type { DeliveryStatus } from '@/lib/db/generated/enums';
import { type Db, sql } from '@/lib/db/sql';

/** Figures for the overview alone. */

export interface DeliveryDay {
  /** `2026-11-23`, UTC. */
  day: string;
  sent: number;
  failed: number;
}

/** Digests by the day that they ended on, each day from `since` on. */
export function deliveriesByDay(db: Db, since: Date, now: Date): Promise<DeliveryDay[]> {
  return db.$queryRaw(sql`
    select to_char(d.day, 'YYYY-MM-DD') as day, coalesce(e.sent, 0) as sent,
      coalesce(e.failed, 0) as failed
    from ${days(since, now)} left join (
      select date_trunc('day', ended_at at time zone 'UTC') as day,
        count(*) filter (where status = 'sent')::int as sent,
        count(*) filter (where status in ('failed', 'uncertain', 'suppressed'))::int as failed
      from delivery where ended_at >= ${since}::timestamptz - interval '1 day' group by 1) e using (day)
    order by d.day`);
}

/** Papers by the day that the feed files them under. */
export function papersByDay(
  db: Db,
  since: Date,
  now: Date,
): Promise<{ day: string; papers: number }[]> {
  return db.$queryRaw(sql`
    select to_char(d.day, 'YYYY-MM-DD') as day, coalesce(s.papers, 0) as papers
    from ${days(since, now)} left join (
      select date_trunc('day', feed_at at time zone 'UTC') as day, count(*)::int as papers
      from paper_score where feed_at >= ${since}::timestamptz - interval '1 day' group by 1) s using (day)
    order by d.day`);
}

const days = (since: Date, now: Date) => sql`generate_series(
  date_trunc('day', ${since}::timestamptz at time zone 'UTC'),
  date_trunc('day', ${now}::timestamptz at time zone 'UTC'), interval '1 day') as d(day)`;

export interface Failure {
  status: DeliveryStatus;
  reason: string | null;
  count: number;
}

/** Why digests did not arrive, the most frequent reasons first. */
export function failureReasons(db: Db, since: Date, limit: number): Promise<Failure[]> {
  return db.$queryRaw(sql`
    select status, reason, count(*)::int as count from delivery
    where planned_at >= ${since} and status in ('deferred', 'failed', 'uncertain', 'suppressed')
    group by status, reason order by count desc, status, reason limit ${limit}`);
}

export interface DatabaseSize {
  bytes: number;
  /** The largest first. */
  tables: { name: string; bytes: number; rows: number | null }[];
}

/** What the database takes up. Rows are as the database last counted them; null where it never did. */
export async function databaseSize(db: Db, largest: number): Promise<DatabaseSize> {
  const [whole] = await db.$queryRaw<{ bytes: number }[]>(
    sql`select pg_database_size(current_database())::float8 as bytes`,
  );
  const tables = await db.$queryRaw<DatabaseSize['tables']>(sql`
    select relname::text as name, pg_total_relation_size(oid)::float8 as bytes,
      (case when reltuples >= 0 then reltuples end)::float8 as rows
    from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace
    order by bytes desc, name limit ${largest}`);
  return { bytes: whole!.bytes, tables };
}
