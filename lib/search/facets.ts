import { type Db, sql } from '@/lib/db/sql';
import { tagBySlug } from '@/lib/tags/taxonomy';

export interface Facets {
  /** How many papers were divided. */
  papers: number;
  /** The most frequent first. */
  tags: { slug: string; name: string; count: number }[];
  /** The newest first. */
  years: { year: number; count: number }[];
}

const MOST_TAGS = 12;

/** How a result divides into tags and years. */
export async function facetsOf(db: Db, ids: readonly number[]): Promise<Facets> {
  const rows = await db.$queryRaw<{ kind: string; name: string; count: number }[]>(sql`
    select 'tag' as kind, slug as name, count(*)::int as count from paper_tag
    where paper_id = any(${[...ids]}::int[]) and not removed group by slug
    union all
    select 'year', extract(year from filed_at at time zone 'UTC')::int::text, count(*)::int
    from search_document where paper_id = any(${[...ids]}::int[]) group by 2
    order by 1, 3 desc, 2`);
  const tags = rows.flatMap(({ kind, name: slug, count }) => {
    const tag = kind === 'tag' ? tagBySlug(slug) : undefined;
    return tag ? [{ slug, name: tag.name, count }] : [];
  });
  const years = rows
    .filter((row) => row.kind === 'year')
    .map(({ name, count }) => ({ year: Number(name), count }))
    .sort((a, b) => b.year - a.year);
  return { papers: ids.length, tags: tags.slice(0, MOST_TAGS), years };
}
