import { describe, expect, it } from 'vitest';
import {
  neighbours,
  parsePeriod,
  periodName,
  periodOf,
  periodRange,
  widerWindow,
  windowStart,
} from '@/lib/feed/periods';

const now = new Date('2026-11-23T16:00:00Z');

describe('periods', () => {
  it.each([
    ['2025-03-12', '2025-03-12', '2025-03-13'],
    ['2024-02-29', '2024-02-29', '2024-03-01'],
    ['2025-12', '2025-12-01', '2026-01-01'],
    ['2025-w11', '2025-03-10', '2025-03-17'],
    ['2020-w53', '2020-12-28', '2021-01-04'],
    ['2025-w01', '2024-12-30', '2025-01-06'],
  ])('%s runs from %s up to %s', (value, from, to) => {
    const range = periodRange(parsePeriod(value)!);
    expect([range.from, range.to].map((d) => d.toISOString())).toEqual([
      `${from}T00:00:00.000Z`,
      `${to}T00:00:00.000Z`,
    ]);
  });

  it('files the days around New Year in the ISO week of their Thursday', () => {
    const week = (day: string) => periodOf('week', new Date(`${day}T12:00:00Z`)).value;
    expect(week('2021-01-03')).toBe('2020-w53');
    expect(week('2024-12-30')).toBe('2025-w01');
    expect(week('2026-11-23')).toBe('2026-w48');
  });

  it('leads from every week to the next and back, over eight years', () => {
    let period = parsePeriod('2019-w01')!;
    for (let i = 0; i < 420; i++) {
      const next = neighbours(period, now).next;
      if (!next) break;
      expect(neighbours(next, now).previous).toEqual(period);
      period = next;
    }
    expect(period.value).toBe('2026-w48');
  });

  it('offers no page of the future', () => {
    expect(neighbours(parsePeriod('2026-11-23')!, now).next).toBeNull();
    expect(neighbours(parsePeriod('2026-11-22')!, now).next?.value).toBe('2026-11-23');
    expect(neighbours(parsePeriod('2026-11')!, now).next).toBeNull();
  });

  it('names them for people', () => {
    expect(periodName(parsePeriod('2025-03-12')!)).toBe('Wednesday 12 March 2025');
    expect(periodName(parsePeriod('2025-w11')!)).toBe('Week 11 of 2025 (from 10 March 2025)');
    expect(periodName(parsePeriod('2025-03')!)).toBe('March 2025');
  });
});

describe('windows', () => {
  it('begin at midnight, so that papers dated without a time are not cut off', () => {
    expect(windowStart('day', now)?.toISOString()).toBe('2026-11-22T00:00:00.000Z');
    expect(windowStart('week', now)?.toISOString()).toBe('2026-11-16T00:00:00.000Z');
    expect(windowStart('all', now)).toBeNull();
  });

  it('widen step by step to all time', () => {
    expect(widerWindow('day')).toBe('week');
    expect(widerWindow('year')).toBe('all');
    expect(widerWindow('all')).toBeNull();
  });
});
