import { DAY_MS, HOUR_MS, startOfDay } from '@/lib/calendar/days';
import { mondayOf } from '@/lib/calendar/iso-week';
import {
  ageDays,
  type Estimate,
  estimate,
  mean,
  type Outcome,
  outcome,
  type Ranker,
  type ReplaySet,
} from './outcome';
import { scoreOf } from './score';
import { RANKING } from './weights';

/** Another order beside ours: its quality, and what ours is above it, set by set. */
export interface Reference {
  name: string;
  ndcg: number;
  /** Mean age of the first ten, in days. */
  age: number;
  difference: Estimate;
}

export interface Judgement {
  sets: number;
  papers: number;
  ndcg: number;
  age: number;
  references: Reference[];
}

/** What a replay found: days from the first to the last, as `2025-10-01`. */
export interface Replay {
  from: string;
  to: string;
  /** Null where no day, or no week, had papers enough. */
  day: Judgement | null;
  week: Judgement | null;
}

/** A set with fewer tells little. */
export const LEAST_PAPERS = 5;

export const rawCounts: Ranker = ({ votes }) => votes;

/** Orders that trade quality for freshness by one number: the larger, the older the first ten. */
type Curve = (days: number) => Ranker;

const ourCurve: Curve = (halfLifeDays) => (standing) =>
  scoreOf(standing, { ...RANKING, halfLifeDays });

/** The logarithm of the count itself plus days over a half-life. */
const plain: Curve =
  (days) =>
  ({ votes, clockAt }) =>
    Math.log2(RANKING.startVotes + votes) + clockAt.getTime() / DAY_MS / days;
/** As it was published, the points fall with the age in hours to the power of 1.8. */
const hackerNews: Curve = (days) => (standing, at) => {
  const hours = (ageDays(standing, at) * DAY_MS) / HOUR_MS;
  // The logarithm of it, so that no decay is too fast for a number.
  return 0.8 * Math.log2(Math.max(0.01, standing.votes - 1)) - (5 / days) * Math.log2(hours + 2);
};
/** As it was published, ten times the votes are worth 45,000 seconds. */
const reddit: Curve =
  (days) =>
  ({ votes, clockAt }) =>
    Math.log10(Math.max(1, votes)) + clockAt.getTime() / DAY_MS / days;

/**
 * Judges the order by our score. Within a day all papers are of one age, so the count alone is what to
 * compare with. Within a week freshness is bought with quality: each other formula is set to the same
 * mean age of the first ten.
 */
export function judge(days: readonly ReplaySet[], weeks: readonly ReplaySet[]) {
  return {
    day: judgement(days, (own) => [asIs('raw upvotes', days, rawCounts, own)]),
    week: judgement(weeks, (own) => [
      asIs('raw upvotes', weeks, rawCounts, own),
      atSameAge('log₂ (8 + upvotes) + days ÷ h', weeks, plain, own),
      atSameAge('Hacker News', weeks, hackerNews, own),
      atSameAge('Reddit', weeks, reddit, own),
    ]),
  } satisfies Pick<Replay, 'day' | 'week'>;
}

function judgement(
  sets: readonly ReplaySet[],
  references: (own: Outcome[]) => Reference[],
): Judgement | null {
  if (sets.length === 0) return null;
  const own = sets.map((set) => outcome(set, ourCurve(RANKING.halfLifeDays)));
  return {
    sets: sets.length,
    papers: sets.reduce((sum, { papers }) => sum + papers.length, 0),
    ...meanOf(own),
    references: references(own),
  };
}

function asIs(
  name: string,
  sets: readonly ReplaySet[],
  ranker: Ranker,
  own: readonly Outcome[],
): Reference {
  return reference(
    name,
    sets.map((set) => outcome(set, ranker)),
    own,
  );
}

/**
 * A curve at the age of our first ten. Curves rise in steps, and which step an age meets is chance: so
 * it is read off a straight line through all its points of about that age.
 */
function atSameAge(
  name: string,
  sets: readonly ReplaySet[],
  curve: Curve,
  own: readonly Outcome[],
): Reference {
  const { age } = meanOf(own);
  const points = HALF_LIVES.map((days) => {
    const outcomes = sets.map((set) => outcome(set, curve(days)));
    return { outcomes, off: meanOf(outcomes).age - age };
  });
  const nearest = Math.min(...points.map(({ off }) => Math.abs(off)));
  const near = points.filter(({ off }) => Math.abs(off) <= Math.max(nearest, ABOUT_DAYS));
  const shares = atZero(near.map(({ off }) => off));
  const across = (value: (outcomes: Outcome[]) => number) =>
    near.reduce((sum, { outcomes }, i) => sum + shares[i]! * value(outcomes), 0);
  return reference(
    name,
    sets.map((_, i) => ({
      ndcg: across((outcomes) => outcomes[i]!.ndcg),
      age: across((outcomes) => outcomes[i]!.age),
    })),
    own,
  );
}
const HALF_LIVES = Array.from({ length: 90 }, (_, i) => 0.25 * 1.1 ** i);
const ABOUT_DAYS = 0.2;

/** The share of each point in the height at 0 of the straight line that fits the points best. */
function atZero(xs: readonly number[]): number[] {
  const centre = mean(xs);
  const spread = xs.reduce((sum, x) => sum + (x - centre) ** 2, 0);
  return xs.map((x) => 1 / xs.length - (spread > 0 ? (centre * (x - centre)) / spread : 0));
}

function reference(name: string, other: readonly Outcome[], own: readonly Outcome[]): Reference {
  const difference = estimate(own.map(({ ndcg }, i) => ndcg - other[i]!.ndcg));
  return { name, ...meanOf(other), difference };
}

const meanOf = (outcomes: readonly Outcome[]): Outcome => ({
  ndcg: mean(outcomes.map(({ ndcg }) => ndcg)),
  age: mean(outcomes.map(({ age }) => age)),
});

/** Papers by the day and by the ISO week that they are filed under, each in order. */
export function byPeriod<T>(
  papers: readonly T[],
  feedAt: (paper: T) => Date,
): { days: Map<number, T[]>; weeks: Map<number, T[]> } {
  const days = new Map<number, T[]>();
  const weeks = new Map<number, T[]>();
  const add = (to: Map<number, T[]>, start: Date, paper: T) =>
    to.set(start.getTime(), [...(to.get(start.getTime()) ?? []), paper]);
  for (const paper of papers) {
    add(days, startOfDay(feedAt(paper)), paper);
    add(weeks, mondayOf(feedAt(paper)), paper);
  }
  return { days, weeks };
}
