import { isEmbedded } from '@/lib/db/kind';
import { type Db, raw, sql } from '@/lib/db/sql';

/**
 * Renews the planner's statistics of tables that have grown to `times` their size at the last renewal,
 * table by table, so that others need not wait long. Nothing else does this on the embedded database.
 */
export async function analyzeGrown(
  db: Db,
  { times = 1.2 }: { times?: number } = {},
): Promise<{ analyzed: string[] }> {
  const grown = await db.$queryRaw<{ name: string }[]>(sql`
    select relname as name from pg_class
    where relkind = 'r' and relnamespace = current_schema()::regnamespace
      and pg_relation_size(oid) / current_setting('block_size')::int > 50 + ${times}::float8 * relpages
    order by relname`);
  for (const { name } of grown) await db.$executeRaw(raw(`analyze "${name}"`));
  return { analyzed: grown.map((row) => row.name) };
}

/**
 * Vacuums tables with many dead rows, by autovacuum's own rule (a fifth of the rows). Only on the
 * embedded database, which has no autovacuum. It counts dead rows since its last start.
 */
export async function vacuumWorn(db: Db): Promise<{ vacuumed: string[] }> {
  if (!(await isEmbedded(db))) return { vacuumed: [] };
  // Otherwise the counts may come a minute late.
  await db.$executeRaw(sql`select pg_stat_force_next_flush()`);
  const worn = await db.$queryRaw<{ name: string }[]>(sql`
    select s.relname as name from pg_stat_user_tables s join pg_class c on c.oid = s.relid
    where s.schemaname = current_schema()
      and s.n_dead_tup > current_setting('autovacuum_vacuum_threshold')::float8
        + current_setting('autovacuum_vacuum_scale_factor')::float8 * greatest(c.reltuples, 0)
    order by s.relname`);
  for (const { name } of worn) await db.$executeRaw(raw(`vacuum "${name}"`));
  return { vacuumed: worn.map((row) => row.name) };
}
