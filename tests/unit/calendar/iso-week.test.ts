import { Temporal } from 'temporal-polyfill';
import { expect, it } from 'vitest';
import { DAY_MS } from '@/lib/calendar/days';
import { isoWeekOf, mondayOf, mondayOfIsoWeek } from '@/lib/calendar/iso-week';

it.each([
  ['2026-12-31', 2026, 53],
  ['2027-01-03', 2026, 53],
  ['2027-01-04', 2027, 1],
  ['2024-12-30', 2025, 1],
  ['2021-01-03', 2020, 53],
  ['2025-12-29', 2026, 1],
])('%s lies in week %i-W%i', (day, year, week) => {
  expect(isoWeekOf(new Date(`${day}T23:59:59Z`))).toEqual({ year, week });
});

it('agrees with Temporal on every day of thirty years, there and back', () => {
  for (let at = Date.UTC(2010, 0, 1); at < Date.UTC(2040, 0, 1); at += DAY_MS) {
    const date = new Date(at);
    const judge = Temporal.PlainDate.from(date.toISOString().slice(0, 10));
    const week = isoWeekOf(date);
    expect(week).toEqual({ year: judge.yearOfWeek, week: judge.weekOfYear });
    expect(mondayOfIsoWeek(week)).toEqual(mondayOf(date));
  }
});
