import { DAY_MS, startOfDay, utcDate } from '@/lib/calendar/days';

/** A week of ISO 8601: it begins on Monday and belongs to the year of its Thursday. */
export interface IsoWeek {
  year: number;
  /** From 1 to 52 or 53. */
  week: number;
}

/** The Monday, at midnight UTC, of the week of a moment. */
export function mondayOf(date: Date): Date {
  return new Date(startOfDay(date).getTime() - ((date.getUTCDay() + 6) % 7) * DAY_MS);
}

export function isoWeekOf(date: Date): IsoWeek {
  const thursday = new Date(mondayOf(date).getTime() + 3 * DAY_MS);
  const year = thursday.getUTCFullYear();
  const days = (thursday.getTime() - utcDate(year, 1, 1).getTime()) / DAY_MS;
  return { year, week: Math.floor(days / 7) + 1 };
}

/** The Monday of a week. Weeks beyond the year's last run on into the next year. */
export function mondayOfIsoWeek({ year, week }: IsoWeek): Date {
  // 4 January is always in week 1.
  return new Date(mondayOf(utcDate(year, 1, 4)).getTime() + (week - 1) * 7 * DAY_MS);
}
