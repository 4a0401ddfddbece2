import type { Temporal } from 'temporal-polyfill';

const MLK = 'Martin Luther King Day';
const WINTER = 'a day of its winter break';
const STAFF = 'a staff day';

/** By year, what arXiv lists on info.arxiv.org/help/availability. A new year is added here. */
const LISTED: Readonly<Record<number, Readonly<Record<string, string>>>> = {
  2023: {
    '01-16': MLK,
    '06-14': STAFF,
    '06-19': 'Juneteenth',
    '07-04': 'Independence Day',
    '08-17': STAFF,
    '09-04': 'Labor Day',
    '11-23': 'Thanksgiving',
    '12-25': 'Christmas Day',
    '12-27': WINTER,
  },
  2024: {
    '01-15': MLK,
    '05-22': STAFF,
    '06-19': 'Juneteenth',
    '07-04': 'Independence Day',
    '09-02': 'Labor Day',
    '10-08': STAFF,
    '11-28': 'Thanksgiving',
    '12-25': 'Christmas Day',
    '12-26': WINTER,
    '12-31': WINTER,
  },
  2025: {
    '01-01': 'New Year’s Day',
    '01-20': MLK,
    '06-19': 'Juneteenth',
    '07-04': 'Independence Day',
    '09-01': 'Labor Day',
    '11-27': 'Thanksgiving',
    '12-25': 'Christmas Day',
    '12-30': WINTER,
  },
  2026: {
    '01-01': 'New Year’s Day',
    '01-19': MLK,
    '06-19': 'Juneteenth',
    '07-03': 'Independence Day',
    '09-07': 'Labor Day',
    '11-26': 'Thanksgiving',
    '12-25': 'Christmas Day',
    '12-29': WINTER,
    '12-31': WINTER,
  },
};

const FIXED: Readonly<Record<string, string>> = {
  '01-01': 'New Year’s Day',
  '06-19': 'Juneteenth',
  '07-04': 'Independence Day',
  '12-25': 'Christmas Day',
};

const [MONDAY, THURSDAY, FRIDAY] = [1, 4, 5];

/** The holiday on which arXiv neither takes papers in nor announces any; null for other days. */
export function holidayName(day: Temporal.PlainDate): string | null {
  const listed = LISTED[day.year];
  return listed ? (listed[monthAndDay(day)] ?? null) : usualHoliday(day);
}

/** A guess for a year that is not listed: what the lists have in common. It only explains silence. */
function usualHoliday(day: Temporal.PlainDate): string | null {
  const { month, day: date, dayOfWeek } = day;
  const nth = Math.ceil(date / 7);
  if (month === 1 && dayOfWeek === MONDAY && nth === 3) return MLK;
  if (month === 9 && dayOfWeek === MONDAY && nth === 1) return 'Labor Day';
  if (month === 11 && dayOfWeek === THURSDAY && nth === 4) return 'Thanksgiving';
  // A holiday on a Saturday is kept the day before, one on a Sunday the day after.
  const shift = dayOfWeek === FRIDAY ? 1 : dayOfWeek === MONDAY ? -1 : 0;
  const fixed = FIXED[monthAndDay(day)] ?? FIXED[monthAndDay(day.add({ days: shift }))];
  // Some days after Christmas are free; which, only the year's list tells.
  return fixed ?? (month === 12 && date > 25 ? WINTER : null);
}

/** "12-25". */
function monthAndDay(day: Temporal.PlainDate): string {
  return day.toString().slice(5);
}
