import { expect, it } from 'vitest';
import { dailyGains } from '@/lib/feed/daily-gains';
import { ordinal, reasonOf } from '@/lib/feed/reason';
import type { LatestReading } from '@/lib/feed/signals';
import type { SignalKind } from '@/lib/papers/paper';

const now = new Date('2026-03-12T18:00:00Z');
const day = (text: string) => new Date(`2026-03-${text}T09:00:00Z`);
const signal = (kind: SignalKind, value: number, seenAt = now): LatestReading => ({
  kind,
  source: 'daily-papers',
  value,
  seenAt,
});

it.each([
  [
    { signals: [signal('upvotes', 45), signal('listing-place', 1, day('12'))], dayShare: 0.9 },
    '45 upvotes in two days, top 10% of its day; 1st on the list of 12 March 2026.',
  ],
  [{ signals: [signal('upvotes', 1)], bornAt: day('12'), dayShare: 0.5 }, '1 upvote today.'],
  [{ signals: [signal('upvotes', 182)], bornAt: new Date('2021-05-01') }, '182 upvotes.'],
  [{ signals: [signal('github-stars', 2100)] }, 'From 10 March 2026; no upvotes yet.'],
  [{ signals: [signal('upvotes', 0)], dayShare: 0.99 }, 'Top 1% of its day.'],
  [{ feedAt: day('12') }, 'New today; no upvotes yet.'],
  [{ feedAt: day('03') }, 'From 3 March 2026; no upvotes yet.'],
])('the reason %# is one sentence', (given, sentence) => {
  const paper = { signals: [], bornAt: day('10'), feedAt: day('10'), dayShare: null, ...given };
  expect(reasonOf(paper, now)).toBe(sentence);
});

it('places are told as people tell them', () => {
  expect([1, 2, 3, 4, 11, 12, 13, 21, 112].map(ordinal)).toEqual([
    '1st',
    '2nd',
    '3rd',
    '4th',
    '11th',
    '12th',
    '13th',
    '21st',
    '112th',
  ]);
});

const reading = (text: string, value: number, source = 'daily-papers') => ({
  kind: 'upvotes',
  source,
  value,
  seenAt: day(text),
});
const gains = (readings: ReturnType<typeof reading>[], bornAt = day('09')) =>
  dailyGains(readings, { source: 'daily-papers', bornAt, now })?.days;

it('upvotes of a day are what its last count has more than the one before', () => {
  expect(gains([reading('09', 4), reading('10', 15), reading('12', 23)])).toEqual([
    0, 0, 0, 4, 11, 0, 8,
  ]);
  // Counts of another source, and those that fall, are no gains.
  expect(gains([reading('09', 4), reading('11', 3), reading('12', 90, 'listing')])).toEqual([
    0, 0, 0, 4, 0, 0, 0,
  ]);
});

it('a first count of an older paper is where counting begins', () => {
  const old = new Date('2024-01-01T00:00:00Z');
  expect(gains([reading('12', 400)], old)).toBeUndefined();
  expect(gains([reading('10', 400), reading('12', 404)], old)).toEqual([0, 0, 0, 0, 0, 0, 4]);
});

it('without a count in seven days there are no bars', () => {
  expect(gains([])).toBeUndefined();
  expect(gains([reading('01', 4)], day('01'))).toBeUndefined();
});
