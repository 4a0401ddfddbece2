import { type Db, sql } from '@/lib/db/sql';
import { tagBySlug } from '@/lib/tags/taxonomy';

export interface Facets {
  /** How many papers were divided. */
  papers: number;
  /** The most frequent first; so are categories. */
  tags: { slug: string; name: string; count: number }[];
  categories: { category: string; count: number }[];
  /** The newest first. */
  years: { year: number; count: number }[];
  withCode: number;
}

const MOST_TAGS = 24;
const MOST_CATEGORIES = 8;

/** How a result divides into tags, categories and years, and how much of it has code. */
export async function facetsOf(db: Db, ids: readonly number[]): Promise<Facets> {
  const found = sql`any(${[...ids]}::int[])`;
  const rows = await db.$queryRaw<{ kind: string; name: string; count: number }[]>(sql`
    select 'tag' as kind, slug as name, count(*)::int as count from paper_tag
    where paper_id = ${found} and not removed group by slug
    union all
    select 'category', c.name, count(*)::int
    from paper p, unnest(p.categories) as c(name) where p.id = ${found} group by 2
    union all
    select 'code', '', count(*)::int from paper where id = ${found} and code_url is not null
    union all
    select 'year', extract(year from filed_at at time zone 'UTC')::int::text, count(*)::int
    from search_document where paper_id = ${found} group by 2
    order by 1, 3 desc, 2`);
  const of = (wanted: string) => rows.filter(({ kind }) => kind === wanted);
  return {
    papers: ids.length,
    tags: of('tag')
      .flatMap(({ name: slug, count }) => {
        const tag = tagBySlug(slug);
        return tag ? [{ slug, name: tag.name, count }] : [];
      })
      .slice(0, MOST_TAGS),
    categories: of('category')
      .map(({ name: category, count }) => ({ category, count }))
      .slice(0, MOST_CATEGORIES),
    years: of('year')
      .map(({ name, count }) => ({ year: Number(name), count }))
      .sort((a, b) => b.year - a.year),
    withCode: of('code')[0]?.count ?? 0,
  };
}
