import { growthOf, type Topic, weeklyCounts } from './detect';

/** What rises among all papers, and how much of it among those with a tag. */

/** A topic's figures among the papers with a tag. */
export interface TagFigures extends Pick<Topic, 'papers' | 'before' | 'growth' | 'weeks'> {
  slug: string;
}

export interface TagWindow {
  now: Date;
  /** As long before the recent days as they are long. */
  from: Date;
  tagsOf: ReadonlyMap<number, readonly string[]>;
  totals: ReadonlyMap<string, { recent: number; before: number }>;
}

/** A topic belongs to a tag that so many of its papers have. */
const LEAST_SHARE = 1 / 3;

/** The tags that a topic belongs to, the most frequent first, with its figures among their papers. */
export function figuresInTags(
  { recentPapers, earlierPapers }: Pick<Topic, 'recentPapers' | 'earlierPapers'>,
  { now, from, tagsOf, totals }: TagWindow,
): TagFigures[] {
  const slugs = new Set(recentPapers.flatMap(({ id }) => tagsOf.get(id) ?? []));
  const figures = [...slugs].flatMap((slug) => {
    const has = ({ id }: { id: number }) => tagsOf.get(id)?.includes(slug) ?? false;
    const recent = recentPapers.filter(has);
    const total = totals.get(slug);
    if (!total || recent.length < recentPapers.length * LEAST_SHARE) return [];
    const before = earlierPapers.filter(has);
    const weeks = weeklyCounts([...recent, ...before], now);
    return [{ slug, ...growthOf({ recent, before }, total, from), weeks }];
  });
  return figures.sort((a, b) => b.papers - a.papers || (a.slug < b.slug ? -1 : 1));
}

/** The topics of a tag that rise among its papers, too, with their figures there and their search. */
export function topicsInTag<T extends { query: string; tags: readonly TagFigures[] }>(
  topics: readonly T[],
  tag: string,
): T[] {
  return topics.flatMap((topic) => {
    const own = topic.tags.find(({ slug }) => slug === tag);
    if (!own || own.growth <= 1) return [];
    const { slug, ...figures } = own;
    return [{ ...topic, ...figures, query: `${topic.query} tag:${slug}` }];
  });
}
