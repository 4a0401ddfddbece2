import { shortTagName, TAGS, tagBySlug } from '@/lib/tags/taxonomy';
import type { FeedFacets } from './facet-query';
import { type Feed, feedPath, filterCount, isIndexed, MAX_TAGS, makeFeed } from './filters';
import { tagTerm } from './list-terms';

/** A link to the same feed with another filter. */
export interface FilterLink {
  href: string;
  /** Search engines are not to follow it: combinations have no end. */
  nofollow: boolean;
}

/** What a click on a chip leaves. */
export interface AvailableChip extends FilterLink {
  /** For tags. */
  slug: string | null;
  label: string;
  count: string;
}

/** A part of the filter that is on. */
export interface ChosenChip {
  label: string;
  /** In full: "Reinforcement learning". */
  name: string;
  kind: 'with' | 'without';
  /** With becomes without, and the other way round; null where that cannot be. */
  turn: FilterLink | null;
  remove: FilterLink;
}

export interface FilterChips {
  chosen: ChosenChip[];
  available: AvailableChip[];
  /** Null where it is on already. */
  code: AvailableChip | null;
  /** The feed without its filter. */
  clear: FilterLink;
  /** False where a feed can take no further tag. */
  takesMore: boolean;
}

/** Room for chips beside menus and "Has code" at 1200 px; widths are guessed from letters. */
const ROOM = 790;
const widthOf = (label: string, count: string) => 30 + 6.9 * label.length + 6.5 * count.length;
const CHOSEN_WIDTH = 70;
/** Counts of combinations are shown up to here. */
const EXACT = 1_000;

/** The chips of a filter bar: those that are on, and those that leave most. */
export function filterChips(feed: Feed, facets: FeedFacets): FilterChips {
  const { tags, hasCode } = feed;
  const chosen = filterParts(feed).map(({ slug, isWithout, label, name, change }): ChosenChip => {
    const turned = slug && (isWithout ? includeLink(feed, slug) : excludeLink(feed, slug));
    return {
      label,
      name: slug ? nameOf(slug) : name,
      kind: isWithout ? 'without' : 'with',
      turn: turned || null,
      remove: linkTo(feed, change),
    };
  });
  const takesMore = tags.length < MAX_TAGS;
  const withCode = facets.papers.get('has:code') ?? 0;
  return {
    chosen,
    available: takesMore ? mostUseful(feed, facets, ROOM - widthOfChosen(chosen)) : [],
    code:
      hasCode || withCode === 0
        ? null
        : {
            ...linkTo(feed, { hasCode: true }),
            slug: null,
            label: 'Has code',
            count: countOf(withCode, feed),
          },
    clear: linkTo(feed, { tags: [], without: [], category: null, hasCode: false }),
    takesMore,
  };
}

interface FilterPart {
  /** Of a tag. */
  slug: string | null;
  isWithout: boolean;
  /** Short. */
  label: string;
  /** In full, as one says it: "“not Video”". */
  name: string;
  /** What takes it away. */
  change: Partial<Feed>;
}

/** The parts of a feed's filter, each with what takes it away: tags, category, code, what is left out. */
export function filterParts({ tags, without, category, hasCode }: Feed): FilterPart[] {
  const others = (list: readonly string[], slug: string) => list.filter((each) => each !== slug);
  return [
    ...tags.map((slug) => ({
      slug,
      isWithout: false,
      label: shortTagName(slug),
      name: nameOf(slug),
      change: { tags: others(tags, slug) },
    })),
    ...(category
      ? [
          {
            slug: null,
            isWithout: false,
            label: category,
            name: category,
            change: { category: null },
          },
        ]
      : []),
    ...(hasCode
      ? [
          {
            slug: null,
            isWithout: false,
            label: 'Has code',
            name: 'Has code',
            change: { hasCode: false },
          },
        ]
      : []),
    ...without.map((slug) => ({
      slug,
      isWithout: true,
      label: shortTagName(slug),
      name: `“not ${nameOf(slug)}”`,
      change: { without: others(without, slug) },
    })),
  ];
}

/** Tags by what they leave, as many as fit; one that every paper has would change nothing. */
function mostUseful(feed: Feed, facets: FeedFacets, room: number): AvailableChip[] {
  const useful = TAGS.map((tag) => ({ tag, papers: facets.papers.get(tagTerm(tag.slug)) ?? 0 }))
    .filter(({ tag, papers }) => papers > 0 && papers < facets.total && !isInFilter(feed, tag.slug))
    .sort((a, b) => b.papers - a.papers);
  const chips = useful.map(({ tag: { slug }, papers }) => ({
    ...addLink(feed, slug),
    slug,
    label: shortTagName(slug),
    count: countOf(papers, feed),
  }));
  return fitting(chips, room);
}

/** The first chips that fit into so many pixels, and three at least: the bar scrolls. */
export function fitting<T extends { label: string; count: string }>(chips: T[], room: number): T[] {
  let width = 0;
  const end = chips.findIndex(({ label, count }, i) => {
    width += widthOf(label, count);
    return width > room && i >= LEAST;
  });
  return end < 0 ? chips : chips.slice(0, end);
}

const LEAST = 3;

function widthOfChosen(chosen: readonly ChosenChip[]): number {
  return chosen.reduce((sum, { label }) => sum + CHOSEN_WIDTH + 8 * label.length, 0);
}

export function isInFilter(feed: Feed, slug: string): boolean {
  return feed.tags.includes(slug) || feed.without.includes(slug);
}

export function addLink(feed: Feed, slug: string): FilterLink {
  return linkTo(feed, { tags: [...feed.tags, slug] });
}

/** Papers with the tag are left out, whether it was on or not. */
export function excludeLink(feed: Feed, slug: string): FilterLink {
  return linkTo(feed, {
    tags: feed.tags.filter((each) => each !== slug),
    without: [...feed.without, slug],
  });
}

/** Null where the feed can take no further tag. */
function includeLink(feed: Feed, slug: string): FilterLink | null {
  if (feed.tags.length >= MAX_TAGS) return null;
  return linkTo(feed, {
    tags: [...feed.tags, slug],
    without: feed.without.filter((each) => each !== slug),
  });
}

/** The same order and time, with another filter. */
export function linkTo(feed: Feed, change: Partial<Feed>): FilterLink {
  const changed = makeFeed({ ...feed, ...change });
  return { href: feedPath(changed), nofollow: !isIndexed(changed) };
}

/** What a click leaves, as shown: of combinations "1,000+" from there on. */
export function countOf(count: number, feed: Feed): string {
  if (filterCount(feed) > 0 && count > EXACT) return `${EXACT.toLocaleString('en')}+`;
  return count.toLocaleString('en');
}

function nameOf(slug: string): string {
  return tagBySlug(slug)?.name ?? slug;
}
