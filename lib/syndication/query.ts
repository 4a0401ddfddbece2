import { DAY_MS } from '@/lib/calendar/days';
import { type Db, sql } from '@/lib/db/sql';
import { SITEMAP_LIMIT } from './sitemap';

/**
 * When lists may last have changed: with the catalogue, and at midnight (UTC), when their windows
 * move.
 */
export async function listsChangedAt(db: Db, now: Date): Promise<Date> {
  const rows = await db.$queryRaw<{ changedAt: Date }[]>(sql`
    select changed_at as "changedAt" from catalogue_version where id = 1`);
  const midnight = Math.floor(now.getTime() / DAY_MS) * DAY_MS;
  return new Date(Math.max(midnight, rows[0]?.changedAt.getTime() ?? 0));
}

/** How many parts the papers' sitemap has. Parts are ranges of ids, so a new paper moves no other. */
export async function sitemapParts(db: Db): Promise<number> {
  const rows = await db.$queryRaw<{ last: number | null }[]>(
    sql`select max(id) as last from paper`,
  );
  return Math.ceil((rows[0]?.last ?? 0) / SITEMAP_LIMIT);
}

/** The papers of one part, counted from 1. */
export async function sitemapPapers(
  db: Db,
  part: number,
): Promise<{ id: number; changedAt: Date }[]> {
  const first = (part - 1) * SITEMAP_LIMIT + 1;
  return db.$queryRaw(sql`
    select id, updated_at as "changedAt" from paper
    where id between ${first} and ${first + SITEMAP_LIMIT - 1} and hidden_at is null
    order by id`);
}
