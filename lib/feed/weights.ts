/**
 * Every number of the ranking, with the dates on which they changed. `/about/ranking` prints this
 * file's contents; `score.ts` is the only one that computes with them.
 */
export interface RankingNumbers {
  /** Added to the estimated votes within the logarithm, so that the first few do not decide all. */
  startVotes: number;
  /** Added to the count of every paper, read or not, before it is set against the time it had. */
  priorVotes: number;
  /** In so many hours from the start of a paper's day its count is taken to have gathered, at least. */
  dayHours: number;
  /** A listing later in the day counts as one at this hour. */
  latestHour: number;
  /** Twice the votes are worth as much as being this many days younger. */
  halfLifeDays: number;
  /** Upvotes that the first place of a listing stands for where nobody counts; the nth has 1/√n of them. */
  firstPlaceVotes: number;
}

export const RANKING: RankingNumbers = {
  startVotes: 8,
  priorVotes: 2,
  dayHours: 24,
  latestHour: 12,
  halfLifeDays: 14,
  firstPlaceVotes: 64,
};

/**
 * What readers of this site add to a paper's votes, so that many new addresses, or many from one network, come to
 * little. It is set when a vote is given and stays.
 */
export const READER_WEIGHTS = {
  /** Of the vote of somebody who has just come. */
  fresh: 0.05,
  /** It grows to 1 with the days since a reader came and the papers they voted for or saved: by the lesser of both. */
  fullAfterDays: 30,
  fullAfterPapers: 20,
  /** The second vote for a paper from one network in so many hours counts for half, the nth for 1/n. */
  burstHours: 24,
  /** Of a save, in votes. */
  save: 0.5,
};

/** The day from which days are counted. Any other would move all scores alike. */
export const EPOCH = new Date('2020-01-01T00:00:00Z');

/** The latest first. */
export const CHANGELOG: readonly { date: string; change: string }[] = [
  {
    date: '2026-11-29',
    change:
      'Votes and saves of readers of this site are added to the upvotes, by weight: see “Readers here”.',
  },
  {
    date: '2026-11-29',
    change:
      'Upvotes alone, over the time they had on their first day; half-life 14 days. Stars, comments, citations, growth and standing among equals no longer count: no replay showed that they predict later upvotes. Jumps are no longer damped. A window without fresh signals is sorted by interest.',
  },
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

/** Grows with every change of what a paper is found under (list-terms.ts). */
const TERMS_VERSION = 1;

/** Papers that were ranked by another version are ranked anew by the next jobs. */
export const RANKING_VERSION = CHANGELOG.length + TERMS_VERSION;
