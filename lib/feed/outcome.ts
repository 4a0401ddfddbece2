import { DAY_MS, startOfDay } from '@/lib/calendar/days';
import type { Standing } from './score';

/** How well orders of the past foresaw later counts: in a set of papers of one day, or of one week. */
export interface ReplaySet {
  /** When the papers were put in order. */
  at: Date;
  papers: readonly ReplayPaper[];
}

export interface ReplayPaper {
  /** As of `at`. */
  standing: Standing;
  /** The upvotes that it came to later. */
  later: number;
}

/** What a paper is sorted by; the highest comes first. */
export type Ranker = (standing: Standing, at: Date) => number;

/** A mean over all sets, and how far it may be off. */
export interface Estimate {
  mean: number;
  /** Standard error; null of fewer than two sets. */
  se: number | null;
}

/** How good an order of a set is. */
export interface Outcome {
  ndcg: number;
  /** Mean age of the first ten, in days. */
  age: number;
}

const FIRST = 10;

export const ageDays = (standing: Standing, at: Date) =>
  (at.getTime() - startOfDay(standing.feedAt).getTime()) / DAY_MS;

/**
 * nDCG of the first ten with the later upvotes as gain, and their mean age: what is to be expected if
 * papers that an order does not tell apart are drawn by lot.
 */
export function outcome({ at, papers }: ReplaySet, ranker: Ranker): Outcome {
  const ages = papers.map(({ standing }) => ageDays(standing, at));
  const later = papers.map((paper) => paper.later);
  const ranked = tiers(papers.map(({ standing }) => ranker(standing, at)));
  const ideal = tiers(later);
  const gains = (order: number[][]) => overFirst(order, later, (place) => 1 / Math.log2(place + 2));
  const best = gains(ideal);
  return {
    ndcg: best > 0 ? gains(ranked) / best : 1,
    age: overFirst(ranked, ages, () => 1 / Math.min(FIRST, papers.length)),
  };
}

/** Indices, the highest key first; equal ones together. Keys that differ by rounding are equal. */
function tiers(keys: readonly number[]): number[][] {
  const order = keys.map((_, i) => i).sort((a, b) => keys[b]! - keys[a]!);
  const found: number[][] = [];
  for (const i of order) {
    const last = found.at(-1);
    if (last && Math.abs(keys[last[0]!]! - keys[i]!) < 1e-9) last.push(i);
    else found.push([i]);
  }
  return found;
}

function overFirst(
  order: readonly number[][],
  values: readonly number[],
  weight: (place: number) => number,
): number {
  let sum = 0;
  let place = 0;
  for (const tier of order) {
    const value = mean(tier.map((i) => values[i]!));
    for (const end = place + tier.length; place < end && place < FIRST; place++) {
      sum += value * weight(place);
    }
    if (place >= FIRST) break;
  }
  return sum;
}

export const mean = (values: readonly number[]) =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

export function estimate(values: readonly number[]): Estimate {
  const centre = mean(values);
  const squares = values.reduce((sum, value) => sum + (value - centre) ** 2, 0);
  const n = values.length;
  return { mean: centre, se: n < 2 ? null : Math.sqrt(squares / (n - 1) / n) };
}
