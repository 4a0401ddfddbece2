import { expect, test } from 'vitest';
import { dayName, fullDayName, isoDay, longDayName, monthName } from '@/lib/calendar/day-names';
import { startOfDay } from '@/lib/calendar/days';
import { mondayOf } from '@/lib/calendar/iso-week';

const late = new Date('2025-03-12T23:59:59Z');

test('days are days in UTC, whatever the machine thinks', () => {
  expect(isoDay(late)).toBe('2025-03-12');
  expect(dayName(late)).toBe('12 Mar 2025');
  expect(longDayName(late)).toBe('12 March 2025');
  expect(fullDayName(late)).toBe('Wednesday, 12 March 2025');
  expect(monthName(late)).toBe('March 2025');
});

test.each([
  ['2025-03-12T23:59:59Z', '2025-03-12', '2025-03-10'],
  ['2025-03-10T00:00:00Z', '2025-03-10', '2025-03-10'],
  ['2025-03-16T12:00:00Z', '2025-03-16', '2025-03-10'],
  ['1969-12-31T12:00:00Z', '1969-12-31', '1969-12-29'],
  ['0050-06-01T12:00:00Z', '0050-06-01', '0050-05-30'],
])('the day and the week of %s begin on %s and %s', (moment, day, monday) => {
  expect(isoDay(startOfDay(new Date(moment)))).toBe(day);
  expect(isoDay(mondayOf(new Date(moment)))).toBe(monday);
});
