import { describe, expect, it } from 'vitest';
import { lastAnnouncement, lastPause, type Pause, pauseBefore } from '@/lib/calendar/arxiv-days';
import { DAY_MS } from '@/lib/calendar/days';
import { quietDay } from '@/lib/feed/quiet-days';
import { silenceOf } from '@/lib/sources/status/describe';

const noon = (day: string) => new Date(`${day}T12:00:00Z`);

describe('arXiv’s announcements', () => {
  it.each<[evening: string, pause: Pause | null]>([
    // An ordinary week.
    ['2026-11-15', null],
    ['2026-11-16', null],
    ['2026-11-19', null],
    ['2026-11-20', { weekday: 'Friday' }],
    ['2026-11-21', { weekday: 'Saturday' }],
    // Thanksgiving; the Friday after it is no holiday of arXiv's.
    ['2026-11-25', null],
    ['2026-11-26', { holiday: 'Thanksgiving' }],
    ['2026-11-27', { weekday: 'Friday' }],
    ['2026-11-29', null],
    // The turn of the year, as listed.
    ['2026-12-23', null],
    ['2026-12-24', null],
    ['2026-12-25', { weekday: 'Friday' }],
    ['2026-12-26', { weekday: 'Saturday' }],
    ['2026-12-27', { holiday: 'the Sunday after Christmas Day' }],
    ['2026-12-28', null],
    ['2026-12-29', { holiday: 'a day of its winter break' }],
    ['2026-12-30', null],
    ['2026-12-31', { holiday: 'a day of its winter break' }],
    ['2027-01-01', { weekday: 'Friday' }],
    ['2027-01-02', { weekday: 'Saturday' }],
    ['2027-01-03', { holiday: 'the Sunday after New Year’s Day' }],
    ['2027-01-04', null],
    // Juneteenth, on a Thursday and on a Friday, which silences the Sunday.
    ['2025-06-19', { holiday: 'Juneteenth' }],
    ['2026-06-18', null],
    ['2026-06-21', { holiday: 'the Sunday after Juneteenth' }],
    ['2026-06-22', null],
    // Independence Day on a Saturday is kept on the Friday before.
    ['2026-07-02', null],
    ['2026-07-05', { holiday: 'the Sunday after Independence Day' }],
    ['2025-07-06', { holiday: 'the Sunday after Independence Day' }],
    // Holidays of the United States that arXiv does not keep, and free days of its own.
    ['2026-05-25', null],
    ['2026-02-16', null],
    ['2024-01-01', null],
    ['2024-10-08', { holiday: 'a staff day' }],
    ['2026-01-19', { holiday: 'Martin Luther King Day' }],
    ['2026-09-07', { holiday: 'Labor Day' }],
    // Years without a list: the usual holidays, Saturday's on Friday and Sunday's on Monday.
    ['2022-06-20', { holiday: 'Juneteenth' }],
    ['2027-01-18', { holiday: 'Martin Luther King Day' }],
    ['2027-06-20', { holiday: 'the Sunday after Juneteenth' }],
    ['2027-07-04', null],
    ['2027-07-05', { holiday: 'Independence Day' }],
    ['2027-11-25', { holiday: 'Thanksgiving' }],
    ['2027-12-23', null],
    ['2027-12-26', { holiday: 'the Sunday after Christmas Day' }],
    ['2027-12-29', { holiday: 'a day of its winter break' }],
  ])('the evening of %s: %j', (evening, pause) => {
    const day = new Date(noon(evening).getTime() + DAY_MS);
    expect(pauseBefore(day)).toEqual(pause);
    expect(lastPause(day)).toEqual(pause);
    const sinceMidnight = day.getTime() - lastAnnouncement(day).getTime() <= DAY_MS / 2;
    expect(sinceMidnight).toBe(pause === null);
  });

  it('are one calendar for the status page and the feed, on every day of three years', () => {
    for (let at = noon('2025-01-01'); at < noon('2028-01-01'); at = new Date(+at + DAY_MS)) {
      const pause = lastPause(at);
      expect(pauseBefore(at)).toEqual(pause);
      expect(quietDay(at) === null).toBe(pause === null);
      const silence = silenceOf({ newsAt: lastAnnouncement(at), succeededAt: at }, at);
      expect(silence === null).toBe(pause === null);
    }
  });
});
