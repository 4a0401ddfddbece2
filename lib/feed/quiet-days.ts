import { type Period, periodRange, startOfDay, type Window } from './periods';

const DAY = 86_400_000;
const NO_ANNOUNCEMENT = 'arXiv announces no new papers on';

/**
 * Why a day may well have no papers: arXiv announces from Sunday to Thursday evening (New York time),
 * which reaches readers from Monday to Friday, and pauses on some holidays of the United States. Null
 * for an ordinary day.
 */
export function quietDay(date: Date): string | null {
  const weekday = date.getUTCDay();
  if (weekday === 6) return `${NO_ANNOUNCEMENT} Friday evenings, so Saturdays are quiet.`;
  if (weekday === 0) return `${NO_ANNOUNCEMENT} Saturdays, so Sundays are quiet.`;
  const holiday = holidayName(date);
  return holiday && `${NO_ANNOUNCEMENT} ${holiday}, a holiday.`;
}

/** Why a window has no papers, as far as the calendar tells; longer ones than a day always have days for some. */
export function quietWindow(window: Window, now: Date): string | null {
  if (window !== 'day') return null;
  return quietDay(now) ?? quietDay(new Date(now.getTime() - DAY));
}

/** Why a period has no papers, as far as the calendar tells; only days have a reason of their own. */
export function quietPeriod(period: Period, now: Date): string | null {
  if (period.unit !== 'day') return null;
  const { from } = periodRange(period);
  if (startOfDay(now).getTime() === from.getTime()) {
    return quietDay(from) ?? 'It is still going on: the day’s papers may not have come in yet.';
  }
  return quietDay(from);
}

function holidayName(date: Date): string | null {
  const year = date.getUTCFullYear();
  const holidays: [name: string, month: number, day: number][] = [
    ['Martin Luther King Day', 1, nthWeekday(year, 1, 1, 3)],
    ['Memorial Day', 5, lastMonday(year, 5)],
    ['Labor Day', 9, nthWeekday(year, 9, 1, 1)],
    ['Thanksgiving', 11, nthWeekday(year, 11, 4, 4)],
    ['the day after Thanksgiving', 11, nthWeekday(year, 11, 4, 4) + 1],
    ['Christmas Eve', 12, 24],
    ['New Year’s Eve', 12, 31],
    ...FEDERAL,
  ];
  const nameOf = (day: Date, among: typeof holidays) =>
    among.find(([, m, d]) => m === day.getUTCMonth() + 1 && d === day.getUTCDate())?.[0] ?? null;
  const name = nameOf(date, holidays);
  if (name) return name;
  // One on a Saturday is kept the day before, one on a Sunday the day after.
  const shift = { 5: DAY, 1: -DAY }[date.getUTCDay()] ?? 0;
  const observed = shift && nameOf(new Date(date.getTime() + shift), FEDERAL);
  return observed ? `the day off for ${observed}` : null;
}

/** Holidays with a date of their own, which the weekend therefore may fall on. */
const FEDERAL: [name: string, month: number, day: number][] = [
  ['New Year’s Day', 1, 1],
  ['Juneteenth', 6, 19],
  ['Independence Day', 7, 4],
  ['Christmas Day', 12, 25],
];

/** Day of the month of the `n`th `weekday` (0 is Sunday). */
function nthWeekday(year: number, month: number, weekday: number, n: number): number {
  const first = new Date(Date.UTC(year, month - 1, 1)).getUTCDay();
  return 1 + ((weekday - first + 7) % 7) + (n - 1) * 7;
}

function lastMonday(year: number, month: number): number {
  const last = new Date(Date.UTC(year, month, 1) - DAY);
  return last.getUTCDate() - ((last.getUTCDay() + 6) % 7);
}
