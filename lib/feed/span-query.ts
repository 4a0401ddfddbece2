import { type Db, sql } from '@/lib/db/sql';
import { tagBySlug } from '@/lib/tags/taxonomy';
import type { Feed } from './filters';
import { ALL, categoryTerm } from './list-terms';
import { type DateRange, isWithin } from './periods';
import { FOREVER, termCounts } from './store';

/** From the first paper's date to `now`. */
export async function catalogueSpan(db: Db, now: Date): Promise<DateRange> {
  const [first] = await db.$queryRaw<{ feedAt: Date }[]>(sql`
    select feed_at as "feedAt" from feed_entry where term = ${ALL} and valid_to = ${FOREVER}::int
    order by feed_at limit 1`);
  return { from: first?.feedAt ?? now, to: now };
}

/** Whether the catalogue knows the tags, the category and the time of a feed. */
export async function isOfCatalogue(
  db: Db,
  { tags, without, category, period }: Feed,
  now: Date,
): Promise<boolean> {
  if (![...tags, ...without].every(tagBySlug)) return false;
  if (category && (await termCounts(db, [categoryTerm(category)])).size === 0) return false;
  return !period || isWithin(period, await catalogueSpan(db, now));
}

/** Whether there are papers of categories in this archive. */
export async function isArchive(db: Db, name: string): Promise<boolean> {
  const found = await db.$queryRaw(sql`
    select 1 from feed_term where starts_with(term, ${`${categoryTerm(name)}.`}) and papers > 0
    limit 1`);
  return (found as unknown[]).length > 0;
}
