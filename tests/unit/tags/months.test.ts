import { describe, expect, it } from 'vitest';
import {
  axisEnd,
  haveShares,
  lastMonths,
  latestShare,
  monthsInWords,
  percent,
  sharesOf,
} from '@/lib/tags/months';

const now = new Date('2026-11-20T12:00:00Z');

/** Up to the month of `now`, of 1,000 papers each. */
function months(papers: readonly number[], all = 1_000) {
  const names = lastMonths(papers.length, now);
  return papers.map((count, i) => ({ month: names[i]!, papers: count, all }));
}

describe('months', () => {
  it('go over the turn of the year and keep to UTC', () => {
    expect(lastMonths(3, new Date('2026-01-01T00:30:00+01:00'))).toEqual([
      '2025-10',
      '2025-11',
      '2025-12',
    ]);
    expect(lastMonths(2, new Date('2026-03-31T12:00:00Z'))).toEqual(['2026-02', '2026-03']);
  });

  it('with too few papers have no share', () => {
    expect(sharesOf([...months([27]), ...months([3], 19)])).toEqual([0.027, null]);
    expect(haveShares(months([1, 2, 3, 4, 5, 6]))).toBe(true);
    expect(haveShares([...months([1, 2, 3, 4, 5]), ...months([6], 19)])).toBe(false);
  });

  it('are told in words: shares, or counts where there are no shares', () => {
    expect(monthsInWords('PEFT', months([20, 27, 0, 4, 5, 133]))).toBe(
      'Share of PEFT among all papers by month of publication, June 2026 to November 2026: 2%, 2.7%, 0%, 0.4%, 0.5%, 13%',
    );
    expect(monthsInWords('PEFT', months([1200, 30], 5))).toBe(
      'Papers on PEFT by month of publication, October 2026 to November 2026: 1,200, 30',
    );
  });
});

describe('the latest share', () => {
  const told = (papers: number[]) => {
    const { of, how } = latestShare(months(papers), now);
    return of + how;
  };

  it('is told as the most or the least since when', () => {
    expect(told([30, 40, 10, 10, 12, 27])).toBe(
      '2.7% of this month’s papers, the most since July 2026',
    );
    expect(told([10, 40, 30, 30, 30, 20])).toBe(
      '2% of this month’s papers, the least since June 2026',
    );
    expect(told([10, 11, 12, 13, 14, 20])).toBe('2% of this month’s papers, the most in 6 months');
  });

  it('is no record after a few months', () => {
    expect(told([10, 11, 30, 13, 14, 20])).toBe('2% of this month’s papers');
  });

  it('is that of the last month with papers enough', () => {
    const list = [...months([10, 12, 20, 10, 15, 14]).slice(0, 5), ...months([1], 3)];
    expect(latestShare(list, now).of).toBe('1.5% of the papers of October 2026');
  });
});

describe('an axis', () => {
  it.each([
    [0.029, 0.04],
    [0.01, 0.01],
    [0.000_31, 0.0004],
    [7, 8],
    [97, 100],
    [0, 1],
  ])('that has to show %d ends at %d', (most, end) => {
    expect(axisEnd(most)).toBeCloseTo(end, 10);
  });

  it('says small and large shares shortly', () => {
    expect([0.04, 0.000_4, 0.005, 0.125, 1].map(percent)).toEqual([
      '4%',
      '0.04%',
      '0.5%',
      '13%',
      '100%',
    ]);
  });
});
