import { type ModelDb, sql } from '@/lib/db/sql';
import type { FeedFacets } from '@/lib/feed/facet-query';
import { ALL, tagTerm } from '@/lib/feed/list-terms';
import { type RelatedTag, relatedTags } from '@/lib/tags/related';
import type { TagEvidence } from '@/lib/tags/tagger';
import { TAGS, type Tag, tagBySlug } from '@/lib/tags/taxonomy';

export interface CountedTag {
  tag: Tag;
  papers: number;
}

export interface TagPage {
  tag: Tag;
  /** Tags that stand beside it more often than chance would have it. */
  related: RelatedTag[];
}

/** A tag on a paper and what it stands on. */
export interface PaperTag {
  tag: Tag;
  weight: number;
  evidence: TagEvidence[];
  byHand: boolean;
}

const RELATED = 6;

/** Every tag of the taxonomy in its order, with how many papers have it. */
export async function listTags(db: ModelDb): Promise<CountedTag[]> {
  const { papers } = await counts(db);
  return TAGS.map((tag) => ({ tag, papers: papers.get(tag.slug) ?? 0 }));
}

/** What a tag's page says above its papers, which divide as `facets` says; null for a word that is no tag. */
export async function tagPage(
  db: ModelDb,
  slug: string,
  facets: Pick<FeedFacets, 'total' | 'papers'>,
): Promise<TagPage | null> {
  const tag = tagBySlug(slug);
  if (!tag) return null;
  const { papers, total } = await counts(db);
  const together = TAGS.filter((other) => other !== tag && !isKin(tag, other)).flatMap((other) => {
    const both = facets.papers.get(tagTerm(other.slug));
    return both === undefined ? [] : [[other.slug, both] as const];
  });
  return {
    tag,
    related: relatedTags(
      { counted: facets.total, together: new Map(together), papers, total },
      RELATED,
    ),
  };
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
