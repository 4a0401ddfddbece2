import { describe, expect, test } from 'vitest';
import { DEFAULT_PREFERENCES, type Timetable } from '@/lib/subscribers/preferences';
import {
  issueName,
  localPeriod,
  nextPeriodStart,
  nextRun,
  periodOfDate,
  periodStart,
  plan,
  retryDelay,
  staleAt,
  timetableWords,
} from '@/lib/subscribers/timetable';

const timetable = (changes: Partial<Timetable>): Timetable => ({
  ...DEFAULT_PREFERENCES,
  ...changes,
});
const iso = (date: Date) => date.toISOString().slice(0, 16);
const at = (text: string) => new Date(text);

/** Confirmed at a moment, and planned by the clock's next turn, at most five minutes later. */
describe('the first digest takes the period in which it was confirmed, and the regular one follows', () => {
  test.each<[string, Partial<Timetable>, string, string, string]>([
    [
      'daily, before its hour',
      { cadence: 'daily' },
      '2026-11-29T06:02',
      '2026-11-29',
      '2026-11-30T08:00',
    ],
    [
      'daily, after its hour',
      { cadence: 'daily' },
      '2026-11-29T21:30',
      '2026-11-29',
      '2026-11-30T08:00',
    ],
    [
      'daily, just before its hour',
      { cadence: 'daily' },
      '2026-11-29T07:58',
      '2026-11-29',
      '2026-11-30T08:00',
    ],
    ['weekly, on the day before', {}, '2026-11-29T21:30', '2026-W48', '2026-11-30T08:00'],
    ['weekly, on its day, before its hour', {}, '2026-11-30T06:02', '2026-W49', '2026-12-07T08:00'],
    ['weekly, in mid-week', {}, '2026-12-02T12:00', '2026-W49', '2026-12-07T08:00'],
    ['weekly, over midnight', { hour: 0 }, '2026-11-29T23:58', '2026-W49', '2026-12-07T00:00'],
    [
      'monthly, before its day',
      { cadence: 'monthly', monthday: 15 },
      '2026-11-03T12:00',
      '2026-11',
      '2026-12-15T08:00',
    ],
    [
      'monthly, after its day',
      { cadence: 'monthly' },
      '2026-11-29T12:00',
      '2026-11',
      '2026-12-01T08:00',
    ],
  ])('%s', (_, changes, confirmed, period, next) => {
    const confirmedAt = at(`${confirmed}Z`);
    const turn = new Date(Math.floor(+confirmedAt / 300_000 + 1) * 300_000);
    const planned = plan(timetable(changes), confirmedAt, turn);
    expect([planned.period, iso(planned.nextRunAt)]).toEqual([period, next]);
  });
});

describe('the next run', () => {
  test.each<[string, Partial<Timetable>, string, string]>([
    ['daily, later today', { cadence: 'daily' }, '2026-11-23T07:59Z', '2026-11-23T08:00'],
    ['daily, strictly after', { cadence: 'daily' }, '2026-11-23T08:00Z', '2026-11-24T08:00'],
    ['weekly', { weekday: 3 }, '2026-11-23T12:00Z', '2026-11-25T08:00'],
    ['weekly, over the year', { weekday: 1 }, '2026-12-28T09:00Z', '2027-01-04T08:00'],
    [
      'in the reader’s own zone',
      { cadence: 'daily', timezone: 'Asia/Tokyo' },
      '2026-11-23T00:00Z',
      '2026-11-23T23:00',
    ],
    [
      'zones with odd offsets',
      { cadence: 'daily', timezone: 'Asia/Kathmandu' },
      '2026-11-23T00:00Z',
      '2026-11-23T02:15',
    ],
    [
      '31st in February',
      { cadence: 'monthly', monthday: 31 },
      '2027-01-31T09:00Z',
      '2027-02-28T08:00',
    ],
    [
      '31st in a leap February',
      { cadence: 'monthly', monthday: 31 },
      '2028-01-31T09:00Z',
      '2028-02-29T08:00',
    ],
    [
      '31st again in March',
      { cadence: 'monthly', monthday: 31 },
      '2027-02-28T08:00Z',
      '2027-03-31T08:00',
    ],
    [
      'skipped hour: the one after it',
      { cadence: 'daily', hour: 2, timezone: 'Europe/Berlin' },
      '2026-03-28T12:00Z',
      '2026-03-29T01:00',
    ],
    [
      'doubled hour: its first time',
      { cadence: 'daily', hour: 2, timezone: 'Europe/Berlin' },
      '2026-10-24T12:00Z',
      '2026-10-25T00:00',
    ],
    [
      'doubled hour is not run twice',
      { cadence: 'daily', hour: 2, timezone: 'Europe/Berlin' },
      '2026-10-25T00:00Z',
      '2026-10-26T01:00',
    ],
    [
      'a day whose midnight is skipped',
      { cadence: 'daily', hour: 0, timezone: 'Africa/Cairo' },
      '2026-04-23T12:00Z',
      '2026-04-23T22:00',
    ],
  ])('%s', (_, changes, after, expected) => {
    expect(iso(nextRun(timetable(changes), at(after)))).toBe(expected);
  });

  test('comes after the last period the reader already has', () => {
    const weekly = timetable({ weekday: 3 });
    expect(iso(nextRun(weekly, at('2026-11-24T12:00Z'), '2026-W48'))).toBe('2026-12-02T08:00');
    expect(iso(nextRun(weekly, at('2026-11-24T12:00Z'), '2026-W47'))).toBe('2026-11-25T08:00');
  });

  test('over ten years each cadence has exactly one run a period, in every kind of zone', () => {
    for (const timezone of ['UTC', 'Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe']) {
      for (const [cadence, runs] of [
        ['daily', 3652],
        ['weekly', 521],
        ['monthly', 120],
      ] as const) {
        const table = timetable({ cadence, timezone, hour: 2, monthday: 31, weekday: 7 });
        const periods = new Set<string>();
        let run = at('2025-12-31T23:59Z');
        let count = 0;
        for (;;) {
          run = nextRun(table, run);
          if (run >= at('2036-01-01T00:00Z')) break;
          count++;
          periods.add(localPeriod(table, run));
        }
        expect(periods.size).toBe(count);
        expect(Math.abs(count - runs)).toBeLessThanOrEqual(1);
      }
    }
  });
});

describe('planning', () => {
  test('weeks are ISO weeks, week 53 included', () => {
    expect(localPeriod(timetable({}), at('2026-12-31T12:00Z'))).toBe('2026-W53');
    expect(localPeriod(timetable({}), at('2027-01-03T12:00Z'))).toBe('2026-W53');
    expect(localPeriod(timetable({}), at('2027-01-04T12:00Z'))).toBe('2027-W01');
    expect(periodStart('weekly', '2026-W53')!.toString()).toBe('2026-12-28');
    expect(periodStart('weekly', '2027-W53')).toBeNull();
  });

  test.each([
    ['daily', '2026-02-30'],
    ['monthly', '2026-13'],
    ['weekly', '2026-W00'],
    ['weekly', 'in 2026-W48'],
    ['weekly', '2026-W480'],
    ['weekly', '2026-11-23'],
    ['monthly', 'soon'],
  ] as const)('no %s period is called %s', (cadence, period) => {
    expect(periodStart(cadence, period)).toBeNull();
  });

  test.each([
    ['daily', '2026-12-31', '2027-01-01'],
    ['weekly', '2026-W53', '2027-W01'],
    ['monthly', '2026-12', '2027-01'],
    ['monthly', '2027-02', '2027-03'],
  ] as const)('%s periods follow each other without a gap: %s, %s', (cadence, period, next) => {
    const end = nextPeriodStart(cadence, periodStart(cadence, period)!);
    expect(end.toString()).toBe(periodStart(cadence, next)!.toString());
    expect(periodOfDate(cadence, end)).toBe(next);
    expect(periodOfDate(cadence, end.subtract({ days: 1 }))).toBe(period);
  });

  test('a late cron call plans the period that was due, not the one it runs in', () => {
    const late = plan(
      timetable({ cadence: 'daily', hour: 23 }),
      at('2026-11-23T23:00Z'),
      at('2026-11-24T01:00Z'),
    );
    expect(late.period).toBe('2026-11-23');
    expect(iso(late.nextRunAt)).toBe('2026-11-24T23:00');
  });

  test('after days of outage only the latest digest is due', () => {
    const { period, nextRunAt } = plan(
      timetable({ cadence: 'daily' }),
      at('2026-11-19T08:00Z'),
      at('2026-11-23T07:00Z'),
    );
    expect(period).toBe('2026-11-22');
    expect(iso(nextRunAt)).toBe('2026-11-23T08:00');
  });

  test.each(['2026-11-23T08:00Z', '2026-11-23T15:00Z'])(
    'after days of outage today’s digest is the latest once its hour has come (%s)',
    (now) => {
      const daily = timetable({ cadence: 'daily' });
      const { period, nextRunAt } = plan(daily, at('2026-11-19T08:00Z'), at(now));
      expect(period).toBe('2026-11-23');
      expect(iso(nextRunAt)).toBe('2026-11-24T08:00');
    },
  );

  test('the first digest takes its period: the next one comes in the period after it', () => {
    const { period, nextRunAt } = plan(
      timetable({ cadence: 'daily' }),
      at('2026-11-23T06:00Z'),
      at('2026-11-23T06:01Z'),
    );
    expect(period).toBe('2026-11-23');
    expect(iso(nextRunAt)).toBe('2026-11-24T08:00');
  });

  test('moving from Tokyo to Los Angeles after today’s mail does not bring a second one', () => {
    const tokyo = timetable({ cadence: 'daily', timezone: 'Asia/Tokyo' });
    const { period } = plan(tokyo, at('2026-11-22T23:00Z'), at('2026-11-22T23:00Z'));
    expect(period).toBe('2026-11-23');
    const angeles = { ...tokyo, timezone: 'America/Los_Angeles' };
    const next = nextRun(angeles, at('2026-11-23T01:00Z'), period);
    expect(localPeriod(angeles, next)).toBe('2026-11-24');
  });

  test('moving from Los Angeles to Tokyo loses no day', () => {
    const angeles = timetable({ cadence: 'daily', timezone: 'America/Los_Angeles' });
    const { period } = plan(angeles, at('2026-11-23T16:00Z'), at('2026-11-23T16:00Z'));
    const tokyo = { ...angeles, timezone: 'Asia/Tokyo' };
    expect(localPeriod(tokyo, nextRun(tokyo, at('2026-11-23T17:00Z'), period))).toBe('2026-11-24');
  });

  test('a changed cadence starts with its own periods', () => {
    const weekly = timetable({});
    const { period } = plan(weekly, at('2026-11-23T08:00Z'), at('2026-11-23T08:00Z'));
    expect(period).toBe('2026-W48');
    const daily = { ...weekly, cadence: 'daily' as const };
    expect(iso(nextRun(daily, at('2026-11-23T09:00Z')))).toBe('2026-11-24T08:00');
    expect(iso(nextRun(weekly, at('2026-11-25T09:00Z'), period))).toBe('2026-11-30T08:00');
  });
});

test('a daily digest is stale after 18 hours, a weekly one after 72', () => {
  const planned = at('2026-11-23T08:00Z');
  expect(iso(staleAt('daily', planned))).toBe('2026-11-24T02:00');
  expect(iso(staleAt('weekly', planned))).toBe('2026-11-26T08:00');
});

test('retries wait longer each time, with jitter, four hours at most', () => {
  expect(retryDelay(1, () => 0.5)).toBe(300_000);
  expect(retryDelay(2, () => 0.5)).toBe(600_000);
  expect(retryDelay(1, () => 0)).toBe(240_000);
  expect(retryDelay(50, () => 1)).toBe(4 * 3_600_000 * 1.2);
});

test.each([
  ['daily', '2026-11-23', 'Monday, 23 November 2026'],
  ['weekly', '2026-W48', 'Week 48, 2026'],
  ['weekly', '2027-W01', 'Week 1, 2027'],
  ['monthly', '2026-11', 'November 2026'],
] as const)('an issue is called as readers call its period: %s %s, %s', (cadence, period, name) => {
  expect(issueName(cadence, period)).toBe(name);
});

test.each([
  [{ cadence: 'daily' }, 'every day at 08:00 (UTC)'],
  [{ cadence: 'weekly', weekday: 7, hour: 17 }, 'every Sunday at 17:00 (UTC)'],
  [
    { cadence: 'monthly', monthday: 31, timezone: 'Asia/Tokyo' },
    'on day 31 of every month at 08:00 (Asia/Tokyo)',
  ],
] as const)('a reader can read when digests come: %o', (changes, words) => {
  expect(timetableWords(timetable(changes))).toBe(words);
});
