import type { Feed } from './filters';

/**
 * What a paper is found under in the feeds, written as in a search: `tag:peft`, `cat:cs.CL`,
 * `has:code`; `all`; and `month:2026-11`.
 */
export const ALL = 'all';
export const HAS_CODE = 'has:code';
export const tagTerm = (slug: string) => `tag:${slug}`;
/** Papers filed under a day are counted by it; no feed has such a list. */
export const dayTerm = (isoDay: string) => `day:${isoDay}`;
/** Published in a month, `2026-11`: counted alone, too. */
export const monthTerm = (month: string) => `month:${month}`;
export const categoryTerm = (category: string) => `cat:${category}`;

/** All terms of a paper, sorted. */
export function listTermsOf(paper: {
  tags: readonly string[];
  categories: readonly string[];
  hasCode: boolean;
  publishedAt: Date | null;
  firstSeenAt: Date;
}): string[] {
  const published = paper.publishedAt ?? paper.firstSeenAt;
  const terms = [
    ALL,
    ...paper.tags.map(tagTerm),
    ...paper.categories.map(categoryTerm),
    ...(paper.hasCode ? [HAS_CODE] : []),
    monthTerm(published.toISOString().slice(0, 7)),
  ];
  return [...new Set(terms)].sort();
}

/** Terms with a list of their own. So many papers have code that a list of them saves nothing. */
export function listedTerms(terms: readonly string[]): string[] {
  return terms.filter((term) => term !== HAS_CODE && !term.startsWith(monthTerm('')));
}

/** What a feed asks for: papers with all of `wanted` and none of `unwanted`. */
export function feedTerms(feed: Pick<Feed, 'tags' | 'without' | 'category' | 'hasCode'>): {
  wanted: string[];
  unwanted: string[];
} {
  return {
    wanted: [
      ...feed.tags.map(tagTerm),
      ...(feed.category ? [categoryTerm(feed.category)] : []),
      ...(feed.hasCode ? [HAS_CODE] : []),
    ],
    unwanted: feed.without.map(tagTerm),
  };
}

/** A feed's filter in the language of the search page: `tag:peft cat:cs.CL has:code -tag:lora`. */
export function feedQuery(feed: Pick<Feed, 'tags' | 'without' | 'category' | 'hasCode'>): string {
  const { wanted, unwanted } = feedTerms(feed);
  return [...wanted, ...unwanted.map((term) => `-${term}`)].join(' ');
}
