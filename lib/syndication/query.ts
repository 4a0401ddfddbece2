import { type Db, sql } from '@/lib/db/client';
import { SITEMAP_LIMIT } from './sitemap';

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
