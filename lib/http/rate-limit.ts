import { type Db, sql } from '../db/sql';

export interface Limit {
  limit: number;
  windowSeconds: number;
}

/** Counts one write under `key`; false when the window's limit was reached before. */
export async function allow(
  db: Db,
  key: string,
  { limit, windowSeconds }: Limit,
  now: Date,
): Promise<boolean> {
  const since = new Date(Math.floor(now.getTime() / 1000 / windowSeconds) * windowSeconds * 1000);
  // Past the limit the row is not written any more: a flood costs reads only.
  const rows = await db.$queryRaw<{ count: number }[]>(sql`
    insert into rate_limit as r (key, since, count) values (${key}, ${since}, 1)
    on conflict (key, since) do update set count = r.count + 1 where r.count < ${limit}
    returning count`);
  return rows.length > 0;
}

/** Forgets windows that began before `before`. */
export async function forgetLimits(db: Db, before: Date): Promise<number> {
  return db.$executeRaw(sql`delete from rate_limit where since < ${before}`);
}
