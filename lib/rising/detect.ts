import { DAY_MS } from '@/lib/calendar/days';
import { allOf, expectedPapers, growthScore } from './growth';
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
  /** Ids of its recent papers, the newest first. */
  ids: number[];
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
/** Ids that are kept of each topic. */
const MOST_IDS = 200;

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
  justBefore: number;
  weeks: number[];
}

/**
 * The phrases that are used more than before, as of `now`, the strongest first. README.md says what was
 * tried. `papers` may have others than those of the days that count.
 */
export function risingTopics(
  papers: readonly RisingPaper[],
  { days, before }: Window,
  now: Date,
  progress: (done: number) => void = () => {},
): Rising {
  const start = now.getTime() - days * DAY_MS;
  const begin = start - before * DAY_MS;
  const weekOf = (at: number) => WEEKS - 1 - Math.floor((now.getTime() - 1 - at) / WEEK_MS);
  const counted = (paper: RisingPaper) => {
    const at = paper.publishedAt.getTime();
    return at < now.getTime() && at >= begin ? at : null;
  };

  const recent: RisingPaper[] = [];
  const often = new Map<string, number>();
  let done = 0;
  for (const paper of papers) {
    progress(++done);
    const at = counted(paper);
    if (at === null || at < start) continue;
    recent.push(paper);
    for (const key of phrasesOf(paper.title, paper.abstract).keys()) {
      often.set(key, (often.get(key) ?? 0) + 1);
    }
  }
  const least = Math.max(5, recent.length / 1_000);
  const candidates = new Map<string, Candidate>();
  for (const [key, count] of often) if (count >= least) candidates.set(key, candidateOf(key));
  often.clear();

  const all = { recent: new Map<string, number>(), before: new Map<string, number>() };
  const allWeeks = Array<number>(WEEKS).fill(0);
  const place = new Map(recent.map((paper, i) => [paper.id, i]));
  for (const paper of papers) {
    progress(++done);
    const at = counted(paper);
    if (at === null) continue;
    const isRecent = at >= start;
    const justBefore = !isRecent && at >= start - days * DAY_MS;
    const week = weekOf(at);
    bump(isRecent ? all.recent : all.before, paper.category);
    if (week >= 0) allWeeks[week]! += 1;
    for (const [key, mention] of phrasesOf(paper.title, paper.abstract)) {
      const candidate = candidates.get(key);
      if (!candidate) continue;
      bump(isRecent ? candidate.recent : candidate.before, paper.category);
      if (justBefore) candidate.justBefore += 1;
      if (week >= 0) candidate.weeks[week]! += 1;
      if (!isRecent) continue;
      candidate.papers.push(place.get(paper.id)!);
      if (mention.inTitle) candidate.titled += 1;
      if (mention.inTitle || mention.times >= 2) candidate.stressed += 1;
      candidate.surfaces.set(mention.surface, (candidate.surfaces.get(mention.surface) ?? 0) + 1);
    }
  }

  const scored = [...candidates.values()]
    .map((candidate) => ({
      ...candidate,
      surface: mostUsed(candidate.surfaces),
      score: growthScore(candidate.papers.length, expectedPapers(candidate, all)),
    }))
    .filter(
      (each) => each.score >= THRESHOLD && isTopic(each) && groupsOf(each, recent) >= LEAST_GROUPS,
    )
    .sort((a, b) => b.score - a.score || (a.key < b.key ? -1 : 1));

  const topics = merged(scored).slice(0, MOST_TOPICS);
  const allBefore = allOf(all.before);
  return {
    recent: recent.length,
    topics: topics.map((topic) => {
      const used = topic.papers.length;
      const shareBefore = Math.max(allOf(topic.before), 0.5) / Math.max(allBefore, 1);
      return {
        phrase: topic.surface,
        papers: used,
        before: topic.justBefore,
        growth: used / recent.length / shareBefore,
        score: topic.score,
        query: `+"${topic.surface}"`,
        weeks: topic.weeks,
        shares: topic.weeks.map((n, i) => (allWeeks[i]! > 0 ? n / allWeeks[i]! : 0)),
        ids: topic.papers
          .map((i) => recent[i]!)
          .sort((a, b) => +b.publishedAt - +a.publishedAt || b.id - a.id)
          .slice(0, MOST_IDS)
          .map(({ id }) => id),
      };
    }),
  };
}

const candidateOf = (key: string): Candidate => ({
  key,
  surfaces: new Map(),
  papers: [],
  titled: 0,
  stressed: 0,
  recent: new Map(),
  before: new Map(),
  justBefore: 0,
  weeks: Array<number>(WEEKS).fill(0),
});

function bump(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

function mostUsed(surfaces: ReadonlyMap<string, number>): string {
  return [...surfaces].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))[0]![0];
}

type Scored = Candidate & { surface: string; score: number };

/** What a paper is about stands in its title, or is said more than once. */
function isTopic({ surface, papers, titled, stressed }: Scored): boolean {
  const words = surface.split(' ');
  if (words.some(isVenue)) return false;
  if (words.length === 1 && isLoneAdjective(surface)) return false;
  const share = (n: number) => n / papers.length;
  const isName = /\p{Lu}.*\p{Lu}|\p{Lu}.*\d|\d.*\p{Lu}|^\p{Ll}+\p{Lu}/u.test(surface);
  const isOrdinary = words.length === 1 && !surface.includes('-') && !isName;
  if (isOrdinary) return share(titled) >= 0.2 && share(stressed) >= 0.8;
  if (papers.length < FEW_PAPERS) return share(titled) >= 0.2 && share(stressed) >= 0.5;
  return share(titled) >= 0.1 && share(stressed) >= (isName ? 0.35 : 0.4);
}

/** Papers that share no author with another one are of different groups. */
function groupsOf({ papers }: Scored, recent: readonly RisingPaper[]): number {
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

/** One topic has several phrases: the strongest stands for all that share its papers or its words. */
function merged(scored: readonly Scored[]): Scored[] {
  const heads: { head: Scored; papers: Set<number>; variants: Scored[] }[] = [];
  for (const each of scored) {
    const own = new Set(each.papers);
    const head = heads.find(({ head, papers }) => {
      const both = each.papers.filter((paper) => papers.has(paper)).length;
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
  return heads.map(({ head, variants }) => {
    const length = ({ surface }: Scored) => surface.split(/[\s-]/).length;
    const [longest] = variants
      .filter((each) => length(each) > length(head) && each.papers.length >= head.papers.length / 2)
      .sort((a, b) => length(b) - length(a) || b.papers.length - a.papers.length);
    return longest ? { ...head, surface: longest.surface } : head;
  });
}

function sharesWord(a: string, b: string): boolean {
  const words = new Set(a.split(' '));
  return b.split(' ').some((word) => words.has(word));
}
