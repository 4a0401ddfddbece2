import type { SignalKind } from '@/lib/papers/paper';

/**
 * Every number of the ranking, with the dates on which they changed. `/about/ranking` prints this
 * file's contents; `score.ts` is the only one that computes with them.
 */

export interface SignalWeight {
  /** As a row of the explanation names it. */
  name: string;
  /** What one unit is, singular and plural. */
  unit: readonly [one: string, many: string];
  /** How a value becomes points. */
  points: (value: number) => number;
  /** The same in words, for the ranking page. */
  formula: string;
  /**
   * Counts may grow by this much a day (or by `JUMP_FACTOR` times what they were, if that is more);
   * what grows faster is believed only as the days pass. Null: not a count that grows.
   */
  dailyLimit: number | null;
  /** Whether it tells what people think of the paper; only such points are compared in cohorts. */
  interest: boolean;
}

/** How each kind of signal counts. */
export const SIGNAL_WEIGHTS: Readonly<Record<SignalKind, SignalWeight>> = {
  upvotes: {
    name: 'Upvotes',
    unit: ['upvote', 'upvotes'],
    points: (value) => value,
    formula: '1 point each',
    dailyLimit: 400,
    interest: true,
  },
  comments: {
    name: 'Comments',
    unit: ['comment', 'comments'],
    points: (value) => 0.25 * Math.max(0, value - 3),
    formula: '¼ point each from the fourth on: the first three say nothing about later upvotes',
    dailyLimit: 100,
    interest: true,
  },
  'github-stars': {
    name: 'GitHub stars',
    unit: ['star', 'stars'],
    points: (value) => Math.sqrt(value),
    formula: 'square root of the count: stars gather for years',
    dailyLimit: 2000,
    interest: true,
  },
  citations: {
    name: 'Citations',
    unit: ['citation', 'citations'],
    points: (value) => 2 * Math.sqrt(value),
    formula: 'twice the square root of the count: citations gather for years',
    dailyLimit: 100,
    interest: true,
  },
  'listing-place': {
    name: 'Place on a listing',
    unit: ['place', 'place'],
    points: (value) => 64 / Math.sqrt(Math.max(1, value)),
    formula: '64 points over the square root of the place',
    dailyLimit: null,
    interest: false,
  },
  listed: {
    name: 'Listed',
    unit: ['listing', 'listings'],
    points: () => 0,
    formula: 'no points; the paper is filed under the day it was listed',
    dailyLimit: null,
    interest: false,
  },
};

/** How fast GitHub stars grow counts too, in stars a week. */
export const GROWTH = {
  of: 'github-stars',
  name: 'New stars a week',
  days: 7,
  points: (perWeek: number) => 0.2 * perWeek,
  formula: '1 point for every 5 stars gained in the last week on record',
} as const;

/** A count may grow by this many times its value in a day without being taken for a fake. */
export const JUMP_FACTOR = 4;

/** Points that every paper has from the start, so that the first few votes do not decide all. */
export const START_POINTS = 8;

/** Twice the interest is worth as much as being this many days younger. */
export const HALF_LIFE_DAYS = 7;

/** The day from which days are counted. Any other would move all scores alike. */
export const EPOCH = new Date('2020-01-01T00:00:00Z');

/**
 * Standing among papers of one day, and of one tag and week: the share of papers passed, times the
 * weight. `ghosts` half-passed papers join every cohort, so that being first of one says little.
 */
export const COHORTS = {
  day: { weight: 1, ghosts: 2 },
  tag: { weight: 0.5, ghosts: 8 },
} as const;

/** The latest first. */
export const CHANGELOG: readonly { date: string; change: string }[] = [
  {
    date: '2026-11-25',
    change: 'Comments count from the fourth on, no longer from the third.',
  },
  {
    date: '2026-11-25',
    change:
      'A jump is measured against the day before, however often a count is read, and believed as days pass, even if no source reports it again.',
  },
  {
    date: '2026-11-23',
    change:
      'First weights. Half-life 7 days, 8 points to start with, standing among papers of the same day and tag.',
  },
];

/** Papers that were ranked by another number of changes are ranked anew by the next jobs. */
export const RANKING_VERSION = CHANGELOG.length;
