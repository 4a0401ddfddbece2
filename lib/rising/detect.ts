import { DAY_MS } from '@/lib/calendar/days';
import { type ByCategory, categoryWeights, expectedPapers, growthScore, weighted } from './growth';
import { phrasesOf } from './phrases';
import { isLoneAdjective, isVenue } from './vocabulary';

/** What of a paper tells what rises. */
export interface RisingPaper {
  id: number;
  title: string;
  abstract: string;
  authors: readonly string[];
  /** Primary. */
  category: string;
  /** First version. */
  publishedAt: Date;
}

/** Days that are compared with those before them. */
export interface Window {
  days: number;
  before: number;
}

export interface Topic {
  /** As it is mostly written. */
  phrase: string;
  /** Of it and of the phrases that are the same topic, itself first: as `phrasesOf` has them. */
  keys: string[];
  /** In the recent days, in as many days before them. */
  papers: number;
  before: number;
  /** By how much its share of all papers grew, against all days before. */
  growth: number;
  score: number;
  /** In the query language of the search page. */
  query: string;
  /** Papers in each of the last twelve weeks, and their share of all, oldest first. */
  weeks: number[];
  shares: number[];
  /** Its papers, the newest first: the recent ones, and those before them. */
  recentPapers: RisingPaper[];
  earlierPapers: RisingPaper[];
}

export interface Rising {
  topics: Topic[];
  /** Papers of the window. */
  recent: number;
}

/** Over it three in four phrases are topics that a researcher of the field takes for rising. */
const THRESHOLD = 10.8;
const MOST_TOPICS = 20;
const WEEKS = 12;
const WEEK_MS = 7 * DAY_MS;
const LEAST_GROUPS = 4;
/** Of so few, more must be about it. */
const FEW_PAPERS = 15;

interface Candidate {
  key: string;
  surfaces: Map<string, number>;
  /** Places in the list of recent papers. */
  papers: number[];
  titled: number;
  /** With it in the title, or twice and more. */
  stressed: number;
  recent: Map<string, number>;
  before: Map<string, number>;
  earlier: RisingPaper[];
}

/**
 * The phrases that are used more than before, as of `now`, the strongest first. README.md says what was
 * tried. `papers` may have others than those of the days that count.
 */
export function risingTopics(
  papers: readonly RisingPaper[],
  { days, before }: Window,
  now: Date,
  progress: (done: number, of: number) => void = () => {},
): Rising {
  const start = now.getTime() - days * DAY_MS;
  const begin = start - before * DAY_MS;
  const recent: RisingPaper[] = [];
  const earlier: RisingPaper[] = [];
  for (const paper of papers) {
    const at = paper.publishedAt.getTime();
    if (at >= now.getTime() || at < begin) continue;
    (at >= start ? recent : earlier).push(paper);
  }

  const all = { recent: byCategory(recent), before: byCategory(earlier) };
  const weights = categoryWeights(all);
  const often = new Map<string, number>();
  const of = 2 * recent.length + earlier.length;
  let done = 0;
  for (const paper of recent) {
    progress(++done, of);
    const weight = weights.get(paper.category) ?? 1;
    for (const key of phrasesOf(paper.title, paper.abstract).keys()) {
      often.set(key, (often.get(key) ?? 0) + weight);
    }
  }
  const least = Math.max(5, weighted(all.recent, weights) / 1_000);
  const candidates = new Map<string, Candidate>();
  for (const [key, count] of often) if (count >= least) candidates.set(key, candidateOf(key));
  often.clear();

  for (const [i, paper] of recent.entries()) {
    progress(++done, of);
    for (const [key, mention] of phrasesOf(paper.title, paper.abstract)) {
      const candidate = candidates.get(key);
      if (!candidate) continue;
      bump(candidate.recent, paper.category);
      candidate.papers.push(i);
      if (mention.inTitle) candidate.titled += 1;
      if (mention.inTitle || mention.times >= 2) candidate.stressed += 1;
      bump(candidate.surfaces, mention.surface);
    }
  }
  // Few are left, so that their papers of before can be kept.
  const surfaces = new Map<string, string>();
  for (const candidate of candidates.values()) {
    const surface = mostUsed(candidate.surfaces);
    if (isTopic(candidate, surface, weights)) surfaces.set(candidate.key, surface);
    else candidates.delete(candidate.key);
  }
  for (const paper of earlier) {
    progress(++done, of);
    for (const key of phrasesOf(paper.title, paper.abstract).keys()) {
      const candidate = candidates.get(key);
      if (!candidate) continue;
      bump(candidate.before, paper.category);
      candidate.earlier.push(paper);
    }
  }

  const scored = [...candidates.values()]
    .map((candidate) => ({
      ...candidate,
      surface: surfaces.get(candidate.key)!,
      score: growthScore(
        weighted(candidate.recent, weights),
        expectedPapers(candidate, all, weights),
      ),
    }))
    .filter((each) => each.score >= THRESHOLD && groupsOf(each, recent) >= LEAST_GROUPS)
    .sort((a, b) => b.score - a.score || (a.key < b.key ? -1 : 1));

  const allWeeks = weeklyCounts([...recent, ...earlier], now);
  return {
    recent: recent.length,
    topics: merged(scored)
      .slice(0, MOST_TOPICS)
      .map(({ surface, score, keys, ...topic }) => {
        const recentPapers = topic.papers.map((i) => recent[i]!).sort(newestFirst);
        const earlierPapers = topic.earlier.sort(newestFirst);
        const weeks = weeklyCounts([...recentPapers, ...earlierPapers], now);
        return {
          phrase: surface,
          keys,
          ...growthOf(
            { recent: recentPapers, before: earlierPapers },
            { recent: recent.length, before: earlier.length },
            new Date(start - days * DAY_MS),
          ),
          score,
          query: `+"${surface}"`,
          weeks,
          shares: weeks.map((n, i) => (allWeeks[i]! > 0 ? n / allWeeks[i]! : 0)),
          recentPapers,
          earlierPapers,
        };
      }),
  };
}

interface TopicPapers {
  recent: readonly RisingPaper[];
  before: readonly RisingPaper[];
}

/** A topic's figures, of papers that are so many in all; `from` is as long before as the window is. */
export function growthOf(
  { recent, before }: TopicPapers,
  all: { recent: number; before: number },
  from: Date,
): Pick<Topic, 'papers' | 'before' | 'growth'> {
  // One that nothing was about before counts as half a paper.
  const shareBefore = Math.max(before.length, 0.5) / Math.max(all.before, 1);
  return {
    papers: recent.length,
    before: before.filter(({ publishedAt }) => publishedAt >= from).length,
    growth: recent.length / Math.max(all.recent, 1) / shareBefore,
  };
}

/** How many papers are of each of the last twelve weeks, oldest first. */
export function weeklyCounts(papers: readonly RisingPaper[], now: Date): number[] {
  const weeks = Array<number>(WEEKS).fill(0);
  for (const { publishedAt } of papers) {
    const week = WEEKS - 1 - Math.floor((now.getTime() - 1 - publishedAt.getTime()) / WEEK_MS);
    if (week >= 0) weeks[week]! += 1;
  }
  return weeks;
}

function newestFirst(a: RisingPaper, b: RisingPaper): number {
  return b.publishedAt.getTime() - a.publishedAt.getTime() || b.id - a.id;
}

function byCategory(papers: readonly RisingPaper[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { category } of papers) bump(counts, category);
  return counts;
}

const candidateOf = (key: string): Candidate => ({
  key,
  surfaces: new Map(),
  papers: [],
  titled: 0,
  stressed: 0,
  recent: new Map(),
  before: new Map(),
  earlier: [],
});

function bump(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

function mostUsed(surfaces: ReadonlyMap<string, number>): string {
  return [...surfaces].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))[0]![0];
}

type Scored = Candidate & { surface: string; score: number };

/** What a paper is about stands in its title, or is said more than once. */
function isTopic(
  { papers, titled, stressed, recent }: Candidate,
  surface: string,
  weights: ByCategory,
): boolean {
  const words = surface.split(' ');
  if (words.some(isVenue)) return false;
  if (words.length === 1 && isLoneAdjective(surface)) return false;
  const share = (n: number) => n / papers.length;
  const isName = /\p{Lu}.*\p{Lu}|\p{Lu}.*\d|\d.*\p{Lu}|^\p{Ll}+\p{Lu}/u.test(surface);
  const isOrdinary = words.length === 1 && !surface.includes('-') && !isName;
  if (isOrdinary) return share(titled) >= 0.2 && share(stressed) >= 0.8;
  if (weighted(recent, weights) < FEW_PAPERS) return share(titled) >= 0.2 && share(stressed) >= 0.5;
  return share(titled) >= 0.1 && share(stressed) >= (isName ? 0.35 : 0.4);
}

/** Papers that share no author with another one are of different groups. */
function groupsOf({ papers }: Candidate, recent: readonly RisingPaper[]): number {
  const groupOf = new Map<string, number>();
  const parent: number[] = [];
  const find = (i: number): number => (parent[i] === i ? i : find(parent[i]!));
  papers.forEach((paper, i) => {
    parent.push(i);
    for (const author of recent[paper]!.authors.slice(0, 40)) {
      const other = groupOf.get(author);
      if (other === undefined) groupOf.set(author, i);
      else parent[find(i)] = find(other);
    }
  });
  return parent.filter((p, i) => p === i).length;
}

function commonPapers({ papers }: Scored, others: ReadonlySet<number>): number {
  return papers.filter((paper) => others.has(paper)).length;
}

/** One topic has several phrases: the strongest stands for all that share its papers or its words. */
function merged(scored: readonly Scored[]): (Scored & { keys: string[] })[] {
  const heads: { head: Scored; papers: Set<number>; variants: Scored[] }[] = [];
  for (const each of scored) {
    const own = new Set(each.papers);
    const head = heads.find(({ head, papers }) => {
      const both = commonPapers(each, papers);
      const smaller = Math.min(own.size, papers.size);
      const jaccard = both / (own.size + papers.size - both);
      return (
        jaccard >= 0.4 ||
        both >= 0.75 * smaller ||
        (sharesWord(head.key, each.key) && both >= smaller / 2)
      );
    });
    if (head) head.variants.push(each);
    else heads.push({ head: each, papers: own, variants: [] });
  }
  return heads.map(({ head, papers, variants }) => {
    const length = ({ surface }: Scored) => surface.split(/[\s-]/).length;
    // A wider phrase has all papers of the head and many others: its name is another topic's.
    const isSame = (each: Scored) =>
      commonPapers(each, papers) >= Math.max(each.papers.length, papers.size) / 2;
    const [longest] = variants
      .filter((each) => length(each) > length(head) && isSame(each))
      .sort((a, b) => length(b) - length(a) || b.papers.length - a.papers.length);
    const keys = [head, ...variants].map(({ key }) => key);
    return { ...head, keys, surface: longest?.surface ?? head.surface };
  });
}

function sharesWord(a: string, b: string): boolean {
  const words = new Set(a.split(' '));
  return b.split(' ').some((word) => words.has(word));
}
