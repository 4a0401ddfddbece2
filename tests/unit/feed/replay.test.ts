import { describe, expect, it } from 'vitest';
import { estimate, outcome, type ReplaySet } from '@/lib/feed/outcome';
import { RECORDED_REPLAY } from '@/lib/feed/recorded-replay';
import { judge, rawCounts } from '@/lib/feed/replay';
import { replayLines } from '@/lib/feed/replay-labels';
import { standingOf } from '@/lib/feed/score';
import { readWithHour, setsOf } from '../../bench/daily-recordings';

const at = (day: number) => new Date(Date.UTC(2025, 9, day));

/** Papers by the day that they were listed on, their upvotes then, and later. */
function set(papers: [day: number, upvotes: number, later: number][], end = 13): ReplaySet {
  return {
    at: at(end),
    papers: papers.map(([day, upvotes, later]) => {
      const readings = [
        { kind: 'listed', value: 1, seenAt: at(day), source: 'daily-papers' },
        { kind: 'upvotes', value: upvotes, seenAt: at(day + 1), source: 'daily-papers' },
      ];
      const facts = { publishedAt: null, firstSeenAt: at(day), readings };
      return { standing: standingOf(facts, at(end)), later };
    }),
  };
}

describe('an order of a set', () => {
  it('is worth 1 where it is that of the later counts, and less otherwise', () => {
    const right = set([[12, 9, 50], [12, 5, 20], [12, 1, 3]]); // biome-ignore format: a table
    const wrong = set([[12, 1, 50], [12, 5, 20], [12, 9, 3]]); // biome-ignore format: a table
    expect(outcome(right, rawCounts).ndcg).toBe(1);
    const gain = 3 + 20 / Math.log2(3) + 50 / 2;
    const best = 50 + 20 / Math.log2(3) + 3 / 2;
    expect(outcome(wrong, rawCounts).ndcg).toBeCloseTo(gain / best, 10);
  });

  it('counts papers that it does not tell apart as drawn by lot, whatever order they come in', () => {
    const tied = set([[12, 5, 30], [12, 5, 10], [12, 5, 0]]); // biome-ignore format: a table
    const reversed = { ...tied, papers: tied.papers.toReversed() };
    const lots = (40 / 3) * (1 + 1 / Math.log2(3) + 1 / 2);
    expect(outcome(tied, rawCounts).ndcg).toBeCloseTo(lots / (30 + 10 / Math.log2(3)), 10);
    expect(outcome(reversed, rawCounts).ndcg).toBeCloseTo(outcome(tied, rawCounts).ndcg, 10);
  });

  it('looks at the first ten alone', () => {
    const many = Array.from(
      { length: 14 },
      (_, i) => [12, 50 - i, 50 - i] as [number, number, number],
    );
    const tail = many.map(([day, votes, later], i) => [day, votes, i < 10 ? later : 0] as const);
    const swapped = set(tail.map((row) => [...row] as [number, number, number]));
    expect(outcome(swapped, rawCounts).ndcg).toBe(1);
    expect(outcome(set(many), rawCounts).age).toBeCloseTo(1, 10);
  });

  it('has an age: the mean of its first ten', () => {
    expect(outcome(set([[12, 9, 50], [10, 5, 20]]), rawCounts).age).toBe(2); // biome-ignore format: a table
  });
});

describe('a judgement', () => {
  const week = set(
    Array.from({ length: 40 }, (_, i) => [6 + (i % 7), (i * 17) % 41, (i * 17) % 41]),
  );

  it('sets other formulas to the age of our first ten', () => {
    const { references, age } = judge([], [week, week]).week!;
    expect(references.map(({ name }) => name)).toEqual([
      'raw upvotes',
      'log₂ (8 + upvotes) + days ÷ h',
      'Hacker News',
      'Reddit',
    ]);
    for (const { age: other } of references.slice(1)) expect(other).toBeCloseTo(age, 6);
  });

  it('of no sets is none, and says what is missing', () => {
    const nothing = judge([], []);
    expect(nothing).toEqual({ day: null, week: null });
    const [line] = replayLines({ from: '2025-10-01', to: '2025-10-07', ...nothing });
    expect(line).toContain('Poll daily-papers for a while');
  });

  it('gives differences with their standard errors, where there is more than one set', () => {
    expect(estimate([1, 3])).toEqual({ mean: 2, se: 1 });
    expect(estimate([1])).toEqual({ mean: 1, se: null });
  });
});

describe('the recorded listing', () => {
  const papers = readWithHour();

  it.skipIf(papers.length === 0)('gives the figures that the ranking page shows', () => {
    const { days, weeks } = setsOf(papers);
    const { day, week } = judge(days, weeks);
    expect(day!.ndcg).toBeCloseTo(RECORDED_REPLAY.day!.ndcg, 4);
    expect(week!.ndcg).toBeCloseTo(RECORDED_REPLAY.week!.ndcg, 4);
    const differences = (of: typeof week) =>
      of!.references.map(({ difference }) => difference.mean);
    for (const [i, value] of differences(week).entries()) {
      expect(value).toBeCloseTo(differences(RECORDED_REPLAY.week)[i]!, 4);
    }
  });

  it.skipIf(papers.length === 0)('is foreseen within a day no worse than by raw upvotes', () => {
    const { day } = judge(setsOf(papers).days, []);
    expect(day!.references[0]!.difference.mean).toBeGreaterThanOrEqual(0);
  });
});
