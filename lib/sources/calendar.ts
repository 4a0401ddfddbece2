import { Temporal } from 'temporal-polyfill';

/** arXiv announces new papers at 20:00 in New York, Sunday to Thursday, but not before these days. */
const ZONE = 'America/New_York';
const HOUR = 20;

/** The last announcement at or before `now`, holidays apart. */
export function lastAnnouncement(now: Date): Date {
  const moment = Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(ZONE);
  let at = moment.startOfDay().with({ hour: HOUR });
  while (Temporal.ZonedDateTime.compare(at, moment) > 0 || !isAnnouncementDay(at)) {
    at = at.subtract({ days: 1 });
  }
  return new Date(at.epochMilliseconds);
}

/** Friday and Saturday evenings bring nothing, nor do arXiv's holidays. */
export function isAnnouncementDay(day: Temporal.ZonedDateTime): boolean {
  return day.dayOfWeek !== 5 && day.dayOfWeek !== 6 && holidayName(day.toPlainDate()) === null;
}

/**
 * Days on whose evening nothing is announced: United States holidays on which arXiv does not, as its
 * availability page has listed them for years. A guess for years to come, used only to explain silence.
 */
export function holidayName(day: Temporal.PlainDate): string | null {
  const { month, day: date, dayOfWeek } = day;
  const nth = Math.ceil(date / 7);
  if (month === 1 && date === 1) return 'New Year’s Day';
  if (month === 1 && dayOfWeek === 1 && nth === 3) return 'Martin Luther King Day';
  if (month === 5 && dayOfWeek === 1 && date > 24) return 'Memorial Day';
  if (month === 6 && date === 19) return 'Juneteenth';
  if (month === 7 && date === 4) return 'Independence Day';
  if (month === 9 && dayOfWeek === 1 && nth === 1) return 'Labor Day';
  if (month === 11 && dayOfWeek === 4 && nth === 4) return 'Thanksgiving';
  if (month === 11 && dayOfWeek === 5 && date >= 23 && date <= 29)
    return 'the day after Thanksgiving';
  if (month === 12 && date >= 24) return 'the end of the year';
  return null;
}
