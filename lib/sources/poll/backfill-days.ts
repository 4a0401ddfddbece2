import { isoDay } from '@/lib/calendar/day-names';
import { DAY_MS } from '@/lib/calendar/days';

/** Days that a backfill has asked a source about, each with the day on which it did. */
export type AskedDays = Readonly<Record<string, string>>;

/** arXiv announces within days, and upvotes gather most in the first: younger days are asked again. */
const SETTLED_AFTER_DAYS = 4;

/**
 * The days back from today that are still to be asked, the newest first. Left out are those that were
 * asked today, and those that were over for some days when they were asked.
 */
export function daysToAsk(now: Date, days: number, asked: AskedDays): string[] {
  const wanted = Array.from({ length: days }, (_, back) =>
    isoDay(new Date(now.getTime() - back * DAY_MS)),
  );
  return wanted.filter((day) => {
    const on = asked[day];
    if (on === undefined) return true;
    const age = (Date.parse(on) - Date.parse(day)) / DAY_MS;
    return on !== isoDay(now) && age < SETTLED_AFTER_DAYS;
  });
}
