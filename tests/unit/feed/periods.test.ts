import { describe, expect, it } from 'vitest';
import {
  isWithin,
  neighbours,
  parsePeriod,
  periodName,
  periodOf,
  periodRange,
  widerWindow,
  windowStart,
} from '@/lib/feed/periods';

const now = new Date('2026-11-23T16:00:00Z');
const reach = { from: new Date('2018-12-31T09:00:00Z'), to: now };

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
      const next = neighbours(period, reach).next;
      if (!next) break;
      expect(neighbours(next, reach).previous).toEqual(period);
      period = next;
    }
    expect(period.value).toBe('2026-w48');
  });

  it('offers no page of the future', () => {
    expect(neighbours(parsePeriod('2026-11-23')!, reach).next).toBeNull();
    expect(neighbours(parsePeriod('2026-11-22')!, reach).next?.value).toBe('2026-11-23');
    expect(neighbours(parsePeriod('2026-11')!, reach).next).toBeNull();
  });

  it('offers no page from before the first paper', () => {
    expect(neighbours(parsePeriod('2019-01-01')!, reach).previous?.value).toBe('2018-12-31');
    expect(neighbours(parsePeriod('2018-12-31')!, reach).previous).toBeNull();
    expect(neighbours(parsePeriod('2018-12')!, reach).previous).toBeNull();
  });

  it.each([
    ['2018-12', true],
    ['2018-12-30', false],
    ['2026-11-23', true],
    ['2026-w48', true],
    ['2026-11-24', false],
    ['0000-01-01', false],
    ['9999-12', false],
  ])('%s within the catalogue: %s', (value, expected) => {
    expect(isWithin(parsePeriod(value)!, reach)).toBe(expected);
  });

  it('names them for people', () => {
    expect(periodName(parsePeriod('2025-03-12')!)).toBe('Wednesday, 12 March 2025');
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
