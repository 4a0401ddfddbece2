import { canonicalCategory } from '@/lib/papers/category';
import { type Period, parsePeriod, WINDOWS, type Window } from './periods';

export const VIEWS = ['trending', 'new', 'top'] as const;
export type View = (typeof VIEWS)[number];

/** What a feed shows, in which order. */
export interface Feed {
  view: View;
  /** Reaching back from now. Not looked at where `period` is set. */
  window: Window;
  /** A calendar day, week or month, in place of a window. */
  period: Period | null;
  /** Slugs: papers with all of these tags. Sorted. */
  tags: string[];
  /** Slugs: papers with none of these tags. Sorted. */
  without: string[];
  /** arXiv category, such as `cs.CL`. */
  category: string | null;
  /** Only papers with code. */
  hasCode: boolean;
}

/** More would make a query dear, and nobody needs them. */
export const MAX_TAGS = 5;

const SLUG = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
const CURSOR = /^[A-Za-z0-9_-]{1,200}$/;

/** A feed as asked for, with what is not said filled in and slugs sorted. */
export function makeFeed(wanted: Partial<Feed> = {}): Feed {
  const feed = {
    view: wanted.view ?? 'trending',
    period: wanted.period ?? null,
    tags: sortedUnique(wanted.tags ?? []),
    without: sortedUnique(wanted.without ?? []),
    category: wanted.category ?? null,
    hasCode: wanted.hasCode ?? false,
  };
  return { ...feed, window: wanted.window ?? defaultWindow(feed) };
}

/**
 * The window of an address that names none. The front page is about this week. A filtered feed is
 * short, and new papers lead a list of new papers or a trending one anyway.
 */
function defaultWindow(feed: Omit<Feed, 'window'>): Window {
  if (feed.period || feed.view === 'new') return 'all';
  if (feed.view === 'top') return 'week';
  return isFiltered(feed) ? 'all' : 'week';
}

export function isFiltered(feed: Pick<Feed, 'tags' | 'without' | 'category' | 'hasCode'>): boolean {
  return feed.tags.length > 0 || feed.without.length > 0 || feed.category !== null || feed.hasCode;
}

/** How many things the papers of a feed are asked for. */
export function filterCount({ tags, without, category, hasCode }: Feed): number {
  return tags.length + without.length + (category === null ? 0 : 1) + (hasCode ? 1 : 0);
}

/** Whether search engines are to know a feed. What leaves out, and long combinations, have no end. */
export function isIndexed(feed: Feed): boolean {
  return feed.without.length === 0 && filterCount(feed) < 3;
}

/**
 * The one address of a feed, whatever the order in which it was put together:
 * `/tags/A+B/without/C/category/cs.CL/code/VIEW/WINDOW-OR-PERIOD/after/CURSOR`, each part only where
 * it says something.
 */
export function feedPath(feed: Feed, after?: string | null): string {
  const made = makeFeed(feed);
  const parts: string[] = [];
  if (made.tags.length) parts.push('tags', made.tags.join('+'));
  if (made.without.length) parts.push('without', made.without.join('+'));
  if (made.category) parts.push('category', made.category);
  if (made.hasCode) parts.push('code');
  if (made.view !== 'trending') parts.push(made.view);
  if (made.period) parts.push(made.period.value);
  // "Top" means nothing without saying of what time, so its window always shows.
  else if (made.view === 'top' || made.window !== defaultWindow(made)) parts.push(made.window);
  if (after) parts.push('after', after);
  return `/${parts.join('/')}`;
}

/** An address read: the feed, where its page starts, and the address that it should have had. */
export interface FeedAddress {
  feed: Feed;
  after: string | null;
  canonical: string;
}

/**
 * Reads the segments of an address, in any order that makes sense. Null where it is not a feed's.
 * Whether its tags, categories and dates exist is for `isOfCatalogue` to say.
 */
export function parseFeedPath(segments: readonly string[]): FeedAddress | null {
  const wanted: Partial<Feed> = {};
  let after: string | null = null;
  const rest = [...segments];
  while (rest.length > 0) {
    const segment = rest.shift()!;
    if (segment === 'tags' || segment === 'without') {
      const slugs = parseSlugs(rest.shift());
      if (!slugs || wanted[segment]) return null;
      wanted[segment] = slugs;
    } else if (segment === 'category') {
      const category = canonicalCategory(rest.shift() ?? '');
      if (!category || wanted.category) return null;
      wanted.category = category;
    } else if (segment === 'after') {
      const cursor = rest.shift();
      if (!cursor || !CURSOR.test(cursor) || rest.length > 0) return null;
      after = cursor;
    } else if (segment === 'code') {
      if (wanted.hasCode) return null;
      wanted.hasCode = true;
    } else if (isOneOf(VIEWS, segment)) {
      if (wanted.view) return null;
      wanted.view = segment;
    } else {
      if (wanted.window || wanted.period) return null;
      if (isOneOf(WINDOWS, segment)) wanted.window = segment;
      else wanted.period = parsePeriod(segment.toLowerCase());
      if (!wanted.window && !wanted.period) return null;
    }
  }
  const feed = makeFeed(wanted);
  if (feed.tags.some((slug) => feed.without.includes(slug))) return null;
  return { feed, after, canonical: feedPath(feed, after) };
}

/**
 * Whether the page of this address may be cached. Lists with one filter (a date, a category, code,
 * up to two tags) are few enough. Further pages and combinations of filters have no end.
 */
export function isOneOfFew({ feed, after }: FeedAddress): boolean {
  const { tags, without, period, category, hasCode } = feed;
  const filters = [tags.length > 0, period !== null, category !== null, hasCode];
  return (
    after === null &&
    without.length === 0 &&
    tags.length <= 2 &&
    filters.filter(Boolean).length <= 1
  );
}

function parseSlugs(text: string | undefined): string[] | null {
  // Browsers and servers differ on whether "+" in a path is encoded.
  const slugs = sortedUnique((text ?? '').toLowerCase().replaceAll('%2b', '+').split('+'));
  return slugs.length <= MAX_TAGS && slugs.every((slug) => SLUG.test(slug)) ? slugs : null;
}

function sortedUnique(slugs: readonly string[]): string[] {
  return [...new Set(slugs)].sort();
}

function isOneOf<const T extends string>(
  values: readonly T[],
  value: string | undefined,
): value is T {
  return (values as readonly string[]).includes(value ?? '');
}
