import { describe, expect, it } from 'vitest';
import { lastAnnouncement, lastPause, pauseBefore } from '@/lib/calendar/arxiv-days';
import { DAY_MS } from '@/lib/calendar/days';
import { quietDay } from '@/lib/feed/quiet-days';
import { silenceOf } from '@/lib/sources/status/describe';

const noon = (day: string) => new Date(`${day}T12:00:00Z`);

describe('arXiv’s announcements', () => {
  it.each([
    ['2026-12-24', null],
    ['2026-12-25', { holiday: 'Christmas Eve' }],
    ['2026-12-26', { holiday: 'Christmas Day' }],
    ['2026-12-27', { weekday: 'Saturday' }],
    ['2026-12-28', null],
    ['2026-12-29', null],
    ['2026-12-30', null],
    ['2026-12-31', null],
    ['2027-01-01', { holiday: 'New Year’s Eve' }],
    ['2027-01-02', { holiday: 'New Year’s Day' }],
    ['2027-01-03', { weekday: 'Saturday' }],
    ['2027-01-04', null],
    ['2026-11-27', { holiday: 'Thanksgiving' }],
    ['2026-11-28', { holiday: 'the day after Thanksgiving' }],
    ['2026-06-20', { holiday: 'Juneteenth' }],
    ['2026-05-26', { holiday: 'Memorial Day' }],
    ['2026-01-20', { holiday: 'Martin Luther King Day' }],
    ['2026-09-08', { holiday: 'Labor Day' }],
    ['2026-07-04', { holiday: 'the day off for Independence Day' }],
    ['2022-12-27', { holiday: 'the day off for Christmas Day' }],
    ['2023-01-03', { holiday: 'the day off for New Year’s Day' }],
  ])('bring papers to %s, or pause on the evening before: %j', (day, pause) => {
    expect(pauseBefore(noon(day))).toEqual(pause);
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
