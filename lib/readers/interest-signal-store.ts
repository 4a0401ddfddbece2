import { type Db, sql } from '@/lib/db/sql';
import { READER_WEIGHTS } from '@/lib/feed/weights';

/**
 * What readers here give to papers, as signals: how many voted and saved, and what that weighs. Their source stands in
 * the text of the queries, so that their partial index serves.
 */

const COUNTED = sql`
  select paper_id, 'votes' as kind, count(*)::float8 as value from vote where value = 1 group by 1
  union all select paper_id, 'saves', count(*)::float8 from saved_paper group by 1
  union all select paper_id, 'reader-weight', round(sum(weight), 2)::float8 from (
    select paper_id, weight::numeric from vote where value = 1
    union all select paper_id, weight::numeric * ${READER_WEIGHTS.save}::numeric from saved_paper
  ) g group by 1`;

const LAST = sql`
  select distinct on (paper_id, kind) paper_id, kind, value from signal
  where source = 'readers' order by paper_id, kind, seen_at desc`;

/** Papers whose last signals are not what votes and saves come to now: also of readers who are gone. */
export async function staleSignals(db: Db, limit: number): Promise<number[]> {
  const rows = await db.$queryRaw<{ id: number }[]>(sql`
    select distinct paper_id as id from (${COUNTED}) c full join (${LAST}) l using (paper_id, kind)
    where coalesce(c.value, 0) <> coalesce(l.value, 0) order by 1 limit ${limit}::int`);
  return rows.map(({ id }) => id);
}

/** Appends what votes and saves of these papers come to now, where that has changed. */
export async function writeSignals(db: Db, paperIds: readonly number[], now: Date): Promise<void> {
  const ids = [...paperIds];
  await db.$executeRaw(sql`
    insert into signal (paper_id, kind, source, seen_at, value)
    select p.id, k.kind, 'readers', ${now}, coalesce(c.value, 0)
    from paper p
      cross join (values ('votes'), ('saves'), ('reader-weight')) as k(kind)
      left join lateral (
        select case k.kind
          when 'votes' then (select count(*) from vote v where v.paper_id = p.id and v.value = 1)
          when 'saves' then (select count(*) from saved_paper s where s.paper_id = p.id)
          else (select round(coalesce(sum(g.weight), 0), 2) from (
            select v.weight::numeric from vote v where v.paper_id = p.id and v.value = 1
            union all select s.weight::numeric * ${READER_WEIGHTS.save}::numeric from saved_paper s
              where s.paper_id = p.id) g)
          end::float8 as value
      ) c on true
      left join lateral (
        select value from signal s where s.paper_id = p.id and s.kind = k.kind
          and s.source = 'readers' order by s.seen_at desc limit 1
      ) l on true
    where p.id = any(${ids}::int[]) and coalesce(c.value, 0) <> coalesce(l.value, 0)
    on conflict (paper_id, kind, source, seen_at) do update set value = excluded.value`);
}
