import { expect, test } from 'vitest';
import { progressLine } from '@/lib/cli/progress';

test('progress shows count, share, rate, elapsed time and an estimate', () => {
  expect(progressLine({ done: 12_000, total: 96_000, unit: 'papers', startedAt: 0 }, 14_000)).toBe(
    '12,000 of 96,000 papers (12 %), 857/s, 0:14, about 1:38 to go',
  );
});

test('without a total there is no estimate', () => {
  expect(progressLine({ done: 50, unit: 'papers', startedAt: 0 }, 3_661_000)).toBe(
    '50 papers, 0/s, 1:01:01',
  );
});

test('a total that proves too small is not shown', () => {
  expect(progressLine({ done: 50, total: 10, unit: 'rows', startedAt: 0 }, 1_000)).toBe(
    '50 rows, 50/s, 0:01',
  );
});
