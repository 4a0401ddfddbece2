import { type ModelDb, sql } from '@/lib/db/sql';
import { ALL, tagTerm } from '@/lib/feed/list-terms';
import { FOREVER } from '@/lib/feed/store';
import { lastMonths, type MonthCount } from '@/lib/tags/months';
import { relatedTags } from '@/lib/tags/related';
import type { TagEvidence } from '@/lib/tags/tagger';
import { TAGS, type Tag, tagBySlug } from '@/lib/tags/taxonomy';

export interface CountedTag {
  tag: Tag;
  papers: number;
}

export interface TagPage extends CountedTag {
  related: { slug: string; name: string; together: number; lift: number }[];
  /** Oldest first. */
  months: MonthCount[];
}

/** A tag on a paper and what it stands on. */
export interface PaperTag {
  tag: Tag;
  weight: number;
  evidence: TagEvidence[];
  byHand: boolean;
}

const MONTHS = 24;
const RELATED = 8;
/**
 * Related tags are counted among so many of the newest papers, which bounds the cost for large
 * tags.
 */
const COUNTED = 4_000;

/** Every tag of the taxonomy in its order, with how many papers have it. */
export async function listTags(db: ModelDb): Promise<CountedTag[]> {
  const { papers } = await counts(db);
  return TAGS.map((tag) => ({ tag, papers: papers.get(tag.slug) ?? 0 }));
}

/** What a tag's page says above its papers; null for a tag that the taxonomy does not have. */
export async function tagPage(db: ModelDb, slug: string, now: Date): Promise<TagPage | null> {
  const tag = tagBySlug(slug);
  if (!tag) return null;
  const term = tagTerm(slug);
  const { papers, total } = await counts(db);
  const months = lastMonths(MONTHS, await chartEnd(db, term, now));
  const perMonth = await db.$queryRaw<{ month: string; papers: number }[]>(sql`
    select to_char(feed_at at time zone 'UTC', 'YYYY-MM') as month, count(*)::int as papers
    from feed_entry
    where term = ${term} and valid_to = ${FOREVER} and feed_at >= ${new Date(`${months[0]}-01T00:00:00Z`)}
    group by 1`);
  const together = await db.$queryRaw<{ term: string; papers: number; counted: number }[]>(sql`
    with newest as materialized (
      select terms from feed_entry where term = ${term} and valid_to = ${FOREVER}
      order by feed_at desc limit ${COUNTED}
    )
    select t.term, count(*)::int as papers, (select count(*)::int from newest) as counted
    from newest, unnest(terms) as t(term)
    where t.term like 'tag:%' and t.term <> ${term}
    group by 1`);
  const byMonth = new Map(perMonth.map((row) => [row.month, row.papers]));
  return {
    tag,
    papers: papers.get(slug) ?? 0,
    related: relatedTags(
      {
        counted: together[0]?.counted ?? 0,
        together: new Map(together.map((row) => [row.term.slice('tag:'.length), row.papers])),
        papers,
        total,
      },
      RELATED,
    ).flatMap((related) => {
      const other = tagBySlug(related.slug);
      return other && !isKin(tag, other) ? [{ ...related, name: other.name }] : [];
    }),
    months: months.map((month) => ({ month, papers: byMonth.get(month) ?? 0 })),
  };
}

/** Now, or the date of the newest paper where a chart up to now would be empty. */
async function chartEnd(db: ModelDb, term: string, now: Date): Promise<Date> {
  const [newest] = await db.$queryRaw<{ at: Date }[]>(sql`
    select feed_at as at from feed_entry where term = ${term} and valid_to = ${FOREVER}
    order by feed_at desc limit 1`);
  const [first] = lastMonths(MONTHS, now);
  return newest && newest.at < new Date(`${first}-01T00:00:00Z`) ? newest.at : now;
}

/** Broader and narrower tags have a place of their own on the page. */
function isKin(tag: Tag, other: Tag): boolean {
  return tag.broader === other.slug || other.broader === tag.slug;
}

/** The tags of a paper, heaviest first, with their evidence. */
export async function paperTags(db: ModelDb, paperId: number): Promise<PaperTag[]> {
  const rows = await db.paperTag.findMany({
    where: { paperId, removed: false },
    orderBy: [{ weight: 'desc' }, { slug: 'asc' }],
  });
  return rows.flatMap(({ slug, weight, evidence, byHand }) => {
    const tag = tagBySlug(slug);
    return tag ? [{ tag, weight, evidence: evidence as unknown as TagEvidence[], byHand }] : [];
  });
}

async function counts(db: ModelDb): Promise<{ papers: Map<string, number>; total: number }> {
  const rows = await db.$queryRaw<{ term: string; papers: number }[]>(sql`
    select term, papers from feed_term where term = ${ALL} or term like 'tag:%'`);
  return {
    papers: new Map(
      rows
        .filter(({ term }) => term !== ALL)
        .map(({ term, papers }) => [term.slice('tag:'.length), papers]),
    ),
    total: rows.find(({ term }) => term === ALL)?.papers ?? 0,
  };
}
