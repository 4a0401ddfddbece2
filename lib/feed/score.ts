import { dayName } from '@/lib/calendar/day-names';
import { DAY_MS } from '@/lib/calendar/days';
import type { CountedSignal } from './signals';
import {
  COHORTS,
  EPOCH,
  GROWTH,
  HALF_LIFE_DAYS,
  SIGNAL_WEIGHTS,
  type SignalWeight,
  START_POINTS,
} from './weights';

/** Everything a score is computed from. */
export interface Standing {
  /** Signals as counted by `countSignals`. */
  signals: readonly CountedSignal[];
  /** The day the paper's clock started: its last listing, else the day it is filed under. */
  clockAt: Date;
  /** Share of the papers of its day that it has passed, 0 to 1; null without a signal to compare. */
  dayShare: number | null;
  /** The same within the tag (and week) where it stands best. */
  tagShare: { tag: string; share: number } | null;
}

/** One summand of a score. */
interface ScorePart {
  key: string;
  label: string;
  /** Where the number comes from, in words. */
  detail: string;
  value: number;
}

/** Why a paper stands where it stands: `parts` add up to `score`, to the last digit shown. */
export interface Explanation {
  score: number;
  parts: ScorePart[];
  /** Signals that were not believed in full, in words. */
  remarks: string[];
}

/** When a paper is filed, and when its clock starts: see `Standing.clockAt`. */
export function datesOf(
  paper: { publishedAt: Date | null; firstSeenAt: Date },
  readings: readonly { kind: string; seenAt: Date }[],
  now: Date,
): { feedAt: Date; clockAt: Date } {
  const listings = readings
    .filter((r) => (r.kind === 'listing-place' || r.kind === 'listed') && r.seenAt <= now)
    .map((r) => r.seenAt.getTime());
  // A date in the future is a source's mistake and would hold the top of the feed until then.
  const known = Math.min((paper.publishedAt ?? paper.firstSeenAt).getTime(), now.getTime());
  return {
    feedAt: new Date(listings.length ? Math.min(...listings) : known),
    clockAt: new Date(listings.length ? Math.max(...listings) : known),
  };
}

/** Whether nobody knew of a paper yet: it was not published, and no source had told of it. */
export function isToCome(
  paper: {
    publishedAt: Date | null;
    firstSeenAt: Date;
    readings: readonly { seenAt: Date }[];
  },
  now: Date,
): boolean {
  const known = [paper.publishedAt, paper.firstSeenAt, ...paper.readings.map((r) => r.seenAt)];
  return known.every((date) => date === null || date > now);
}

/** Points of one signal, its growth included. */
function pointsOf(signal: CountedSignal): number {
  return SIGNAL_WEIGHTS[signal.kind].points(signal.counted) + GROWTH.points(signal.growth ?? 0);
}

/** Points of all signals; with `interestOnly`, of those that tell what people think of the paper. */
export function totalPoints(signals: readonly CountedSignal[], interestOnly = false): number {
  return signals
    .filter((signal) => !interestOnly || SIGNAL_WEIGHTS[signal.kind].interest)
    .reduce((sum, signal) => sum + pointsOf(signal), 0);
}

/**
 * log2(start + points) + standing among papers of the same age + days / half-life. Reddit's shape: it
 * orders papers the same way at every moment, so it can stand in an index.
 */
export function score({ signals, tagShare, ...rest }: Standing): number {
  return scoreOf({ ...rest, points: totalPoints(signals), tagShare: tagShare?.share ?? null });
}

/** `score` from numbers that are known already: all points, and the shares of cohorts passed. */
export function scoreOf(numbers: {
  points: number;
  clockAt: Date;
  dayShare: number | null;
  tagShare: number | null;
}): number {
  return (
    Math.log2(START_POINTS + numbers.points) +
    COHORTS.day.weight * (numbers.dayShare ?? 0) +
    COHORTS.tag.weight * (numbers.tagShare ?? 0) +
    (numbers.clockAt.getTime() - EPOCH.getTime()) / DAY_MS / HALF_LIFE_DAYS
  );
}

/**
 * Share of a cohort that each value has passed, equals counted half, `ghosts` added half-passed.
 * Rounded to hundredths, so that one more paper in a big cohort does not re-score all the others.
 */
export function cohortShares(values: readonly number[], ghosts: number): number[] {
  const sorted = [...values].sort((a, b) => a - b);
  return values.map((value) => {
    const below = lowerBound(sorted, value);
    const equal = lowerBound(sorted, value, true) - below;
    return Math.round((100 * (below + (equal + ghosts) / 2)) / (sorted.length + ghosts)) / 100;
  });
}

/** How many of `sorted` are below `value`, or with `orEqual` not above it. */
function lowerBound(sorted: readonly number[], value: number, orEqual = false): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! < value || (orEqual && sorted[middle] === value)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The summands of `score(standing)`, rounded to hundredths so that they still add up. */
export function explain(standing: Standing): Explanation {
  const total = totalPoints(standing.signals);
  const gain = Math.log2(START_POINTS + total) - Math.log2(START_POINTS);
  const parts: ScorePart[] = [
    {
      key: 'start',
      label: 'Every paper',
      detail:
        total > 0
          ? `log₂ ${START_POINTS}; with the ${decimal(total)} points below log₂ ${decimal(START_POINTS + total)}, each signal its share`
          : `${START_POINTS} points to start with, log₂ ${START_POINTS}`,
      value: Math.log2(START_POINTS),
    },
  ];
  for (const signal of standing.signals) {
    // The logarithm is taken of the sum, and shared out among the signals by their points.
    const share = (points: number) => (total > 0 ? (gain * points) / total : 0);
    const kind = SIGNAL_WEIGHTS[signal.kind];
    const points = kind.points(signal.counted);
    parts.push({
      key: signal.kind,
      label: kind.name,
      detail: `${amount(signal.counted, kind)}, seen ${dayName(signal.seenAt)}: ${pointsText(points)}`,
      value: share(points),
    });
    if (signal.growth) {
      const grown = GROWTH.points(signal.growth);
      parts.push({
        key: `${signal.kind}-growth`,
        label: GROWTH.name,
        detail: `${number(signal.growth)} a week: ${pointsText(grown)}`,
        value: share(grown),
      });
    }
  }
  if (standing.dayShare !== null) {
    parts.push({
      key: 'day',
      label: 'Among its day',
      detail: `ahead of ${percent(standing.dayShare)} of its day’s papers and ${COHORTS.day.ghosts} average ones`,
      value: COHORTS.day.weight * standing.dayShare,
    });
  }
  if (standing.tagShare) {
    parts.push({
      key: 'tag',
      label: `Among ${standing.tagShare.tag}`,
      detail: `ahead of ${percent(standing.tagShare.share)} of that tag’s papers of its week and ${COHORTS.tag.ghosts} average ones, × ${COHORTS.tag.weight}`,
      value: COHORTS.tag.weight * standing.tagShare.share,
    });
  }
  const days = (standing.clockAt.getTime() - EPOCH.getTime()) / DAY_MS;
  parts.push({
    key: 'date',
    label: 'Date',
    detail: `${dayName(standing.clockAt)}, ${decimal(days)} days after ${dayName(EPOCH)}, ÷ ${HALF_LIFE_DAYS}`,
    value: days / HALF_LIFE_DAYS,
  });
  return { ...roundParts(parts, score(standing)), remarks: standing.signals.flatMap(remark) };
}

/** Largest-remainder rounding: what is shown adds up to the score that is shown. */
function roundParts(parts: ScorePart[], total: number): { score: number; parts: ScorePart[] } {
  const cents = parts.map((part) => Math.floor(part.value * 100));
  const target = Math.round(total * 100);
  const byRemainder = parts
    .map((part, i) => ({ i, remainder: part.value * 100 - cents[i]! }))
    .sort((a, b) => b.remainder - a.remainder);
  let missing = target - cents.reduce((sum, value) => sum + value, 0);
  for (const { i } of byRemainder) {
    if (missing <= 0) break;
    cents[i]! += 1;
    missing -= 1;
  }
  return {
    score: target / 100,
    parts: parts.map((part, i) => ({ ...part, value: cents[i]! / 100 })),
  };
}

function remark(signal: CountedSignal): string[] {
  if (signal.counted >= signal.reported) return [];
  const kind = SIGNAL_WEIGHTS[signal.kind];
  return [
    `${kind.name} jumped to ${number(signal.reported)}, faster than is plausible; ` +
      `${number(signal.counted)} count for now, more as days pass.`,
  ];
}

const number = (value: number) => Math.round(value).toLocaleString('en-GB');
const percent = (value: number) => `${Math.round(value * 100)} %`;
const decimal = (value: number) => (Math.round(value * 10) / 10).toLocaleString('en-GB');
const pointsText = (points: number) => `${decimal(points)} ${points === 1 ? 'point' : 'points'}`;

function amount(value: number, kind: SignalWeight): string {
  if (kind === SIGNAL_WEIGHTS['listing-place']) return `place ${number(value)}`;
  return `${number(value)} ${kind.unit[Math.round(value) === 1 ? 0 : 1]}`;
}
