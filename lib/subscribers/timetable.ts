import { Temporal } from 'temporal-polyfill';
import { isoDay, monthName } from '@/lib/calendar/day-names';
import { HOUR_MS } from '@/lib/calendar/days';
import { isoWeekOf, mondayOfIsoWeek } from '@/lib/calendar/iso-week';
import type { Cadence, Timetable } from '@/lib/subscribers/preferences';

/**
 * When digests are due. Every due digest has a local period: the local date, ISO week or month it
 * belongs to in the reader's own calendar. A reader gets at most one digest of a cadence and period,
 * so neither a clock change nor a moved timezone nor a second cron call makes another one.
 *
 * Periods of one cadence sort as text: `2026-11-23`, `2026-W48`, `2026-11`.
 */
export type LocalPeriod = string;

const pad = (value: number) => String(value).padStart(2, '0');

export function periodOfDate(cadence: Cadence, date: Temporal.PlainDate): LocalPeriod {
  if (cadence === 'daily') return date.toString();
  if (cadence === 'monthly') return `${date.year}-${pad(date.month)}`;
  const { year, week } = isoWeekOf(new Date(`${date}T00:00:00Z`));
  return `${year}-W${pad(week)}`;
}

/** First day of a period; null when the text is not a period of the cadence. */
export function periodStart(cadence: Cadence, period: LocalPeriod): Temporal.PlainDate | null {
  try {
    let start: Temporal.PlainDate;
    if (cadence === 'daily') start = Temporal.PlainDate.from(period);
    else if (cadence === 'monthly') start = Temporal.PlainDate.from(`${period}-01`);
    else {
      const [, year, week] = /^(\d{4})-W(\d{2})$/.exec(period) ?? [];
      if (!year) return null;
      const monday = mondayOfIsoWeek({ year: Number(year), week: Number(week) });
      start = Temporal.PlainDate.from(isoDay(monday));
    }
    return periodOfDate(cadence, start) === period ? start : null;
  } catch {
    return null;
  }
}

/** The first day of the period after the one that starts at `start`. */
export function nextPeriodStart(cadence: Cadence, start: Temporal.PlainDate): Temporal.PlainDate {
  if (cadence === 'daily') return start.add({ days: 1 });
  if (cadence === 'weekly') return start.add({ weeks: 1 });
  return start.with({ day: 1 }).add({ months: 1 });
}

function local(at: Date, timezone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(timezone);
}

/** The reader's day at a moment, as midnight UTC: the names of days are made in UTC. */
export function localDay(at: Date, timezone: string): Date {
  return new Date(`${local(at, timezone).toPlainDate()}T00:00:00Z`);
}

/** The reader's period at a moment. */
export function localPeriod(timetable: Timetable, at: Date): LocalPeriod {
  return periodOfDate(timetable.cadence, local(at, timetable.timezone).toPlainDate());
}

/** The moment at which the digest of the period that starts at `start` is due. */
function runOf(timetable: Timetable, start: Temporal.PlainDate): Date {
  let day = start;
  if (timetable.cadence === 'weekly') day = start.add({ days: timetable.weekday - 1 });
  // `with` constrains: the 31st becomes the 28th, 29th or 30th in shorter months.
  if (timetable.cadence === 'monthly') day = start.with({ day: timetable.monthday });
  // An hour that the clocks skip moves to the one after it; one that comes twice means the first.
  const at = day.toPlainDateTime({ hour: timetable.hour }).toZonedDateTime(timetable.timezone, {
    disambiguation: 'compatible',
  });
  return new Date(at.epochMilliseconds);
}

/**
 * The first moment after `after` at which a digest is due whose period comes after `lastPeriod`, the
 * latest period of this cadence that the reader already has.
 */
export function nextRun(timetable: Timetable, after: Date, lastPeriod?: LocalPeriod | null): Date {
  const { cadence } = timetable;
  let start = periodStart(cadence, localPeriod(timetable, after))!;
  const last = lastPeriod ? periodStart(cadence, lastPeriod) : null;
  if (last && Temporal.PlainDate.compare(last, start) >= 0) start = nextPeriodStart(cadence, last);
  let run = runOf(timetable, start);
  while (run <= after) {
    start = nextPeriodStart(cadence, start);
    run = runOf(timetable, start);
  }
  return run;
}

/** The latest moment not after `now` at which a digest was due. */
function latestRun(timetable: Timetable, now: Date): Date {
  const { cadence } = timetable;
  const start = periodStart(cadence, localPeriod(timetable, now))!;
  const run = runOf(timetable, start);
  if (run <= now) return run;
  return runOf(
    timetable,
    periodStart(cadence, periodOfDate(cadence, start.subtract({ days: 1 })))!,
  );
}

/**
 * What to plan for a subscription whose `nextRunAt` has come, possibly long ago: the digest's period
 * and the run after it. After an outage of days only the latest digest is due, not each missed one.
 */
export function plan(
  timetable: Timetable,
  nextRunAt: Date,
  now: Date,
): { period: LocalPeriod; nextRunAt: Date } {
  const latest = latestRun(timetable, now);
  const period = localPeriod(timetable, latest > nextRunAt ? latest : nextRunAt);
  return { period, nextRunAt: nextRun(timetable, now, period) };
}

const STALE_HOURS: Record<Cadence, number> = { daily: 18, weekly: 72, monthly: 168 };

/** After this moment a digest that could not be delivered is old news and is given up. */
export function staleAt(cadence: Cadence, plannedAt: Date): Date {
  return new Date(plannedAt.getTime() + STALE_HOURS[cadence] * HOUR_MS);
}

/**
 * The delay before another attempt after a temporary refusal: 5 minutes, doubled each time up to four
 * hours, and spread by a fifth either way so that a thousand refused mails do not come back at once.
 */
export function retryDelay(attempt: number, random: () => number): number {
  const base = Math.min(5 * 60_000 * 2 ** (attempt - 1), 4 * HOUR_MS);
  return Math.round(base * (0.8 + 0.4 * random()));
}

/** What a period's issue is called: `Monday, 23 November 2026`, `Week 48, 2026`, `November 2026`. */
export function issueName(cadence: Cadence, period: LocalPeriod): string {
  if (cadence === 'weekly') return `Week ${Number(period.slice(6))}, ${period.slice(0, 4)}`;
  const start = periodStart(cadence, period)!;
  const month = monthName(new Date(`${start.toString()}T00:00:00Z`));
  // Not `dateStyle: 'full'`: versions of Node differ in the comma.
  return cadence === 'monthly' ? month : `${WEEKDAYS[start.dayOfWeek - 1]}, ${start.day} ${month}`;
}

/** Weekday 1 is the first. */
export const WEEKDAYS = [
  'Monday',
  'Tuesday',
  'Wednesday',
  'Thursday',
  'Friday',
  'Saturday',
  'Sunday',
] as const;

/** In words: `every Monday at 08:00 (Europe/Berlin)`. */
export function timetableWords(timetable: Timetable): string {
  const time = `at ${pad(timetable.hour)}:00 (${timetable.timezone})`;
  if (timetable.cadence === 'daily') return `every day ${time}`;
  if (timetable.cadence === 'weekly') return `every ${WEEKDAYS[timetable.weekday - 1]} ${time}`;
  return `on day ${timetable.monthday} of every month ${time}`;
}
