import { fullDayName, isoDay, longDayName, monthName } from '@/lib/calendar/day-names';
import { DAY_MS, startOfDay, utcDate } from '@/lib/calendar/days';
import { isoWeekOf, mondayOfIsoWeek } from '@/lib/calendar/iso-week';

/** Windows back from now, and calendar periods with a page of their own. All dates are UTC. */

export const WINDOWS = ['day', 'week', 'month', 'year', 'all'] as const;
export type Window = (typeof WINDOWS)[number];

export type PeriodUnit = 'day' | 'week' | 'month';

/** A calendar day, ISO week or month. `value` is its address: `2025-03-12`, `2025-w11`, `2025-03`. */
export interface Period {
  unit: PeriodUnit;
  value: string;
}

/** From the first moment on, up to but without the second. */
export interface DateRange {
  from: Date;
  to: Date;
}

const DAYS: Record<Exclude<Window, 'all'>, number> = { day: 1, week: 7, month: 30, year: 365 };

/**
 * The first moment of a window: midnight, so many days ago, because sources often give dates without
 * a time, and so that the window moves once a day. Null for all time.
 */
export function windowStart(window: Window, now: Date): Date | null {
  if (window === 'all') return null;
  return new Date(startOfDay(now).getTime() - DAYS[window] * DAY_MS);
}

/** The next wider window; null for all time. */
export function widerWindow(window: Window): Window | null {
  return WINDOWS[WINDOWS.indexOf(window) + 1] ?? null;
}

/** Reads `2025-03-12`, `2025-w11` or `2025-03`; null for anything else, impossible dates included. */
export function parsePeriod(text: string): Period | null {
  const unit = /^\d{4}-\d\d-\d\d$/.test(text)
    ? 'day'
    : /^\d{4}-w\d\d$/.test(text)
      ? 'week'
      : /^\d{4}-\d\d$/.test(text)
        ? 'month'
        : null;
  if (!unit) return null;
  const period: Period = { unit, value: text };
  const { from } = periodRange(period);
  return Number.isFinite(from.getTime()) && periodOf(unit, from).value === text ? period : null;
}

/** The period of that unit in which a moment lies. */
export function periodOf(unit: PeriodUnit, date: Date): Period {
  const day = isoDay(date);
  if (unit === 'day') return { unit, value: day };
  if (unit === 'month') return { unit, value: day.slice(0, 7) };
  const { year, week } = isoWeekOf(date);
  return { unit, value: `${year}-w${String(week).padStart(2, '0')}` };
}

export function periodRange(period: Period): DateRange {
  const year = Number(period.value.slice(0, 4));
  if (period.unit === 'day') {
    const from = new Date(`${period.value}T00:00:00Z`);
    return { from, to: new Date(from.getTime() + DAY_MS) };
  }
  if (period.unit === 'month') {
    const month = Number(period.value.slice(5));
    return { from: utcDate(year, month, 1), to: utcDate(year, month + 1, 1) };
  }
  const from = mondayOfIsoWeek({ year, week: Number(period.value.slice(6)) });
  return { from, to: new Date(from.getTime() + 7 * DAY_MS) };
}

/** Whether some of a period lies between two moments. */
export function isWithin(period: Period, { from, to }: DateRange): boolean {
  const range = periodRange(period);
  return range.from <= to && range.to > from;
}

/** The periods before and after; null where they lie outside of the catalogue's span. */
export function neighbours(
  period: Period,
  span: DateRange,
): { previous: Period | null; next: Period | null } {
  const { from, to } = periodRange(period);
  return {
    previous: from > span.from ? periodOf(period.unit, new Date(from.getTime() - 1)) : null,
    next: to <= span.to ? periodOf(period.unit, to) : null,
  };
}

/** "Wednesday 12 March 2025", "Week 11 of 2025 (from 10 March 2025)", "March 2025". */
export function periodName(period: Period): string {
  const { from } = periodRange(period);
  if (period.unit === 'day') return fullDayName(from);
  if (period.unit === 'month') return monthName(from);
  const [year, week] = period.value.split('-w');
  return `Week ${Number(week)} of ${year} (from ${longDayName(from)})`;
}
