import { Temporal } from 'temporal-polyfill';

/** arXiv announces new papers at 20:00 in New York, Sunday to Thursday, but not before these days. */
const ZONE = 'America/New_York';
const HOUR = 20;

/** The last announcement at or before `now`, holidays apart. */
export function lastAnnouncement(now: Date): Date {
  let at = lastEvening(now);
  while (!isAnnouncementDay(at)) at = at.subtract({ days: 1 });
  return new Date(at.epochMilliseconds);
}

/** Why nothing was announced on the last evening, where that was to be expected. */
export function pauseReason(now: Date): string | null {
  const evening = lastEvening(now);
  if (isAnnouncementDay(evening)) return null;
  const holiday = holidayName(evening.toPlainDate());
  return holiday ? `arXiv pauses on ${holiday}` : 'arXiv announces Sunday to Thursday';
}

/** The weekday of an announcement, in New York. */
export function weekdayOf(announcement: Date): string {
  return announcement.toLocaleDateString('en', { weekday: 'long', timeZone: ZONE });
}

/** The hour of announcements, the last time that it came. */
function lastEvening(now: Date): Temporal.ZonedDateTime {
  const moment = Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(ZONE);
  const today = moment.startOfDay().with({ hour: HOUR });
  return Temporal.ZonedDateTime.compare(today, moment) > 0 ? today.subtract({ days: 1 }) : today;
}

/** Friday and Saturday evenings bring nothing, nor do arXiv's holidays. */
function isAnnouncementDay(day: Temporal.ZonedDateTime): boolean {
  return day.dayOfWeek !== 5 && day.dayOfWeek !== 6 && holidayName(day.toPlainDate()) === null;
}

/**
 * Days on whose evening nothing is announced: United States holidays on which arXiv does not, as its
 * availability page has listed them for years. A guess for years to come, used only to explain silence.
 */
function holidayName(day: Temporal.PlainDate): string | null {
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
