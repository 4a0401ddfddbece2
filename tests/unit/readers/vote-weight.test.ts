import { expect, it } from 'vitest';
import { READER_WEIGHTS } from '@/lib/feed/weights';
import { voteWeight } from '@/lib/readers/vote-weight';

const now = new Date('2026-11-23T12:00:00Z');
const daysAgo = (days: number) => new Date(now.getTime() - days * 86_400_000);
const weight = (days: number, papers: number, before = 0) =>
  voteWeight({ since: daysAgo(days), papers, before }, now);

it('makes ten fresh addresses worth less than one reader, from one network or from ten', () => {
  const apart = Array.from({ length: 10 }, () => weight(0, 0));
  const together = Array.from({ length: 10 }, (_, before) => weight(0, 0, before));
  const sum = (all: number[]) => all.reduce((a, b) => a + b, 0);
  expect(sum(apart)).toBeLessThan(1);
  expect(sum(together)).toBeLessThan(sum(apart) / 2);
  expect(weight(30, 20)).toBe(1);
});

it('grows with age and activity, by the lesser of both', () => {
  expect(weight(365, 0)).toBe(READER_WEIGHTS.fresh);
  expect(weight(0, 500)).toBe(READER_WEIGHTS.fresh);
  expect(weight(15, 500)).toBe(weight(365, 10));
  expect(weight(10, 20)).toBeLessThan(weight(20, 20));
});

it('is never less than nothing for somebody whose clock is behind', () => {
  expect(weight(-5, 3)).toBe(READER_WEIGHTS.fresh);
});
