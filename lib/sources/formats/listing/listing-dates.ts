/** The year is null where a page gives none. */
export interface PageDate {
  year: number | null;
  month: number;
  day: number;
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
// Whole names: "Marigold 2" and "Decoder 3" are titles.
const WEEKDAY =
  '(?:(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|mon|tues?|wed|thu|thurs?|fri|sat|sun)\\.?,?\\s+)?';
const MONTH =
  '(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\\.?';
const MONTH_DAY = new RegExp(
  `^${WEEKDAY}${MONTH}\\s+(\\d{1,2})(?:st|nd|rd|th)?(?:,?\\s+(\\d{4}))?$`,
  'i',
);
const DAY_MONTH = new RegExp(
  `^${WEEKDAY}(\\d{1,2})(?:st|nd|rd|th)?\\s+${MONTH}(?:,?\\s+(\\d{4}))?$`,
  'i',
);

/** A date as `dateLine` reads it, for a pattern that finds one among other facts. */
export const DATE_SOURCE =
  `${WEEKDAY}(?:${MONTH}\\s+\\d{1,2}(?:st|nd|rd|th)?|\\d{1,2}(?:st|nd|rd|th)?\\s+${MONTH})(?:,?\\s+\\d{4})?|\\d{4}-\\d{2}-\\d{2}`.replaceAll(
    '(jan',
    '(?:jan',
  );

/** A line that is only a date. */
export function dateLine(line: string): PageDate | null {
  const text = line.trim();
  const iso = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (iso) return valid(Number(iso[1]), Number(iso[2]), Number(iso[3]));
  const first = MONTH_DAY.exec(text);
  if (first) return valid(yearOf(first[3]), monthOf(first[1]!), Number(first[2]));
  const second = DAY_MONTH.exec(text);
  if (second) return valid(yearOf(second[3]), monthOf(second[2]!), Number(second[1]));
  return null;
}

/** The latest such day that is not after `today` (both in UTC), at midnight. */
export function datedNotAfter({ year, month, day }: PageDate, today: Date): Date {
  if (year !== null) return new Date(Date.UTC(year, month - 1, day));
  for (let candidate = today.getUTCFullYear(); ; candidate--) {
    const date = new Date(Date.UTC(candidate, month - 1, day));
    // 29 February exists in some years only.
    if (date.getUTCDate() === day && date <= today) return date;
  }
}

function yearOf(text: string | undefined): number | null {
  return text === undefined ? null : Number(text);
}

function monthOf(text: string): number {
  return MONTHS.indexOf(text.slice(0, 3).toLowerCase()) + 1;
}

function valid(year: number | null, month: number, day: number) {
  const date = new Date(Date.UTC(year ?? 2024, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day
    ? { year, month, day }
    : null;
}
