import { DAY_MS, HOUR_MS } from '@/lib/calendar/days';
import { inCategory } from '@/lib/subscribers/follow';
import type { Cadence } from '@/lib/subscribers/preferences';
import type { ContentTopic } from './rising-choice';
import type { IssueWords } from './words';

/** What goes into one reader's digest. Pure: the candidates and what the reader has are arguments. */

/** A paper that may go in, as ranked. */
export interface Candidate {
  id: number;
  /** When readers could first see it: milliseconds. */
  newAt: number;
  /** Slugs, broader tags included. */
  tags: string[];
  /** arXiv's; absent from editions that versions before made. */
  categories?: string[];
}

/** A list to choose from: what is trending, one followed author's papers, or one saved search's hits. */
export interface Source {
  kind: 'trending' | 'search';
  heading: string;
  /** Of hits: why each of them is there. */
  why?: string;
  /** What the ranks are of, such as `the new papers`. */
  ranked: string;
  /** In order of rank, already limited to what is new to the reader. */
  candidates: readonly Candidate[];
}

export interface DigestRequest {
  /** With no tags and no categories, all papers. */
  tags: readonly string[];
  categories: readonly string[];
  mutedTags: readonly string[];
  maxPapers: number;
  /** How often the reader wanted more of a tag, minus how often less. */
  tagWishes: ReadonlyMap<string, number>;
  /** Papers the reader was mailed before. */
  mailed: ReadonlySet<number>;
}

export interface ContentItem {
  paperId: number;
  why: string;
  /** When it was sent; absent where nobody counted. */
  upvotes?: number;
}

export interface ContentSection {
  kind: Source['kind'] | 'for-you';
  heading: string;
  items: ContentItem[];
}

/** One digest's contents, frozen at the first attempt and kept with the delivery. */
export interface DigestContent {
  /** Such as `Week 48, 2026`. */
  issue: string;
  /** What it says of itself; absent from those that versions before kept. */
  words?: IssueWords;
  /** ISO: papers that came before this were considered. */
  until: string;
  sections: ContentSection[];
  /** Papers of earlier digests that changed since. */
  revised: ContentItem[];
  /** Absent from those that versions before kept. */
  rising?: ContentTopic[];
}

/** How a reason names a tag; slugs that are not in the taxonomy stand for themselves. */
export type TagNames = (slug: string) => string;

/**
 * Chooses at most `maxPapers` papers. The sources take turns, so that a full trending list leaves
 * room for each saved search; a paper stands in the first source that takes it.
 */
export function selectPapers(
  sources: readonly Source[],
  request: DigestRequest,
  nameOf: TagNames,
): ContentSection[] {
  const taken = new Set<number>();
  const lines = sources.map((source) => ({
    source,
    items: [] as ContentItem[],
    queue: eligible(source, request),
  }));
  let left = request.maxPapers;
  let moved = true;
  while (moved) {
    moved = false;
    for (const line of lines) {
      if (left === 0) break;
      const next = nextOf(line.queue, taken);
      if (!next) continue;
      taken.add(next.candidate.id);
      line.items.push({
        paperId: next.candidate.id,
        why: whyOf(line.source, next, request, nameOf),
      });
      left--;
      moved = true;
    }
  }
  return lines
    .filter(({ items }) => items.length > 0)
    .map(({ source, items }) => ({ kind: source.kind, heading: source.heading, items }));
}

/** How many papers of a source let in what the reader follows, whatever the reader was mailed. */
export function countWanted(
  source: Source,
  request: Pick<DigestRequest, 'tags' | 'categories' | 'mutedTags'>,
): number {
  let count = 0;
  for (const _ of accepted(source, { ...request, mailed: new Set() })) count++;
  return count;
}

interface Ranked {
  candidate: Candidate;
  /** From 1, in the source's own order. */
  rank: number;
}

/** Enough to choose from where "more like this" and "less" change the order. */
const REORDERED = 500;

function* eligible(source: Source, request: DigestRequest): Generator<Ranked> {
  if (request.tagWishes.size === 0) {
    yield* accepted(source, request);
    return;
  }
  const ranked: { entry: Ranked; weight: number }[] = [];
  for (const entry of accepted(source, request)) {
    ranked.push({ entry, weight: entry.rank * 2 ** -wish(entry.candidate, request) });
    if (ranked.length === REORDERED) break;
  }
  ranked.sort((a, b) => a.weight - b.weight);
  for (const { entry } of ranked) yield entry;
}

/** Each wish for less of a tag puts its papers twice as far down the list, each for more half as far. */
function wish(candidate: Candidate, request: DigestRequest): number {
  let sum = 0;
  for (const slug of candidate.tags) sum += request.tagWishes.get(slug) ?? 0;
  return Math.max(-10, Math.min(sum, 10));
}

function* accepted(
  source: Source,
  request: Pick<DigestRequest, 'tags' | 'categories' | 'mutedTags' | 'mailed'>,
): Generator<Ranked> {
  for (const [index, candidate] of source.candidates.entries()) {
    if (request.mailed.has(candidate.id)) continue;
    if (candidate.tags.some((slug) => request.mutedTags.includes(slug))) continue;
    // An author or a saved search says itself what is wanted; the rest is about the trending list.
    const wanted =
      source.kind === 'search' ||
      request.tags.length + request.categories.length === 0 ||
      candidate.tags.some((slug) => request.tags.includes(slug)) ||
      followedCategories(candidate, request).length > 0;
    if (wanted) yield { candidate, rank: index + 1 };
  }
}

const followedCategories = (
  { categories = [] }: Candidate,
  request: Pick<DigestRequest, 'categories'>,
) => request.categories.filter((category) => inCategory(categories, category));

function nextOf(queue: Generator<Ranked>, taken: ReadonlySet<number>): Ranked | null {
  for (;;) {
    const next = queue.next();
    if (next.done) return null;
    if (!taken.has(next.value.candidate.id)) return next.value;
  }
}

function whyOf(
  source: Source,
  { candidate, rank }: Ranked,
  request: DigestRequest,
  nameOf: TagNames,
): string {
  if (source.kind === 'search') return source.why ?? '';
  const tags = candidate.tags.filter((slug) => request.tags.includes(slug)).map(nameOf);
  const categories = followedCategories(candidate, request);
  return [
    `No. ${rank} of ${source.ranked}`,
    ...(tags.length > 0 ? [`tagged ${tags.join(' and ')}`] : []),
    ...(categories.length > 0 ? [`in ${categories.join(' and ')}`] : []),
  ].join(', ');
}

/** How long a digest with few papers waits, in days: three of its periods. */
const LONGEST_WAIT: Record<Cadence, number> = { daily: 3, weekly: 21, monthly: 0 };

/**
 * Says why a digest waits for the next one, which then has its papers, too; null where it goes. A
 * reader's first one never waits, nor does a hit of a saved search.
 */
export function whyWaits(
  sections: readonly ContentSection[],
  { cadence, coveredUntil, minPapers }: Waiting,
  now: Date,
): string | null {
  const count = sections.reduce((sum, { items }) => sum + items.length, 0);
  if (coveredUntil === null || count >= minPapers) return null;
  if (sections.some(({ kind }) => kind === 'search')) return null;
  // An hour less, since the digest before may have been late.
  const waited = now.getTime() - coveredUntil.getTime() + HOUR_MS;
  if (waited >= LONGEST_WAIT[cadence] * DAY_MS) return null;
  const papers = count === 1 ? 'was only one new paper' : `were only ${count} new papers`;
  return `There ${papers}, fewer than the minimum of ${minPapers}. ${count === 1 ? 'It comes' : 'They come'} with the next digest.`;
}

interface Waiting {
  cadence: Cadence;
  coveredUntil: Date | null;
  minPapers: number;
}

/** Says to the reader why there was nothing to send. */
export function whyNothing(
  sources: readonly Source[],
  request: DigestRequest,
  since: string | null,
): string {
  const span = since === null ? '' : ` since ${since}`;
  const ids = new Set(sources.flatMap((source) => source.candidates.map(({ id }) => id)));
  if (ids.size === 0) return `There were no new papers${span}.`;
  const fresh = [...ids].filter((id) => !request.mailed.has(id)).length;
  if (fresh === 0) return `All papers that are new${span} were sent to you before.`;
  const there = fresh < ids.size ? 'Apart from papers sent to you before, there' : 'There';
  const one = fresh === 1;
  const papers = one ? 'was one new paper' : `were ${fresh} new papers`;
  const followsTags = request.tags.length > 0;
  const lack =
    followsTags || request.categories.length > 0
      ? `${one ? 'without' : 'none with'} ${followsTags ? 'a tag' : 'a category'} that you follow and haven’t muted`
      : `${one ? 'it has' : 'all of them have'} a tag that you muted`;
  return `${there} ${papers}${span}, but ${lack}.`;
}
