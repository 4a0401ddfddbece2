import { Temporal } from 'temporal-polyfill';

/** arXiv announces new papers at 20:00 in New York, Sunday to Thursday, apart from its holidays. */
const ZONE = 'America/New_York';
const HOUR = 20;

/** The last announcement at or before `now`. */
export function lastAnnouncement(now: Date): Date {
  let at = lastEvening(now);
  while (whyNoAnnouncement(at.toPlainDate())) at = at.subtract({ days: 1 });
  return new Date(at.epochMilliseconds);
}

/** An evening without an announcement: because of a holiday, or of the weekday, by its name. */
export type Pause = { holiday: string } | { weekday: 'Friday' | 'Saturday' };

/** Why nothing was announced on the last evening before `now`; null where something was. */
export function lastPause(now: Date): Pause | null {
  return whyNoAnnouncement(lastEvening(now).toPlainDate());
}

/**
 * Why nothing new comes in on a day, by UTC: nothing was announced on the evening before in New York,
 * which is the first hour of the day. Null for an ordinary day.
 */
export function pauseBefore(day: Date): Pause | null {
  const date = Temporal.PlainDate.from(day.toISOString().slice(0, 10));
  return whyNoAnnouncement(date.subtract({ days: 1 }));
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

function whyNoAnnouncement(evening: Temporal.PlainDate): Pause | null {
  const holiday = holidayName(evening);
  if (holiday) return { holiday };
  if (evening.dayOfWeek === 5) return { weekday: 'Friday' };
  if (evening.dayOfWeek === 6) return { weekday: 'Saturday' };
  return null;
}

/** Holidays with a date of their own, by month and day. */
const DATED: Record<string, string> = {
  '1-1': 'New Year’s Day',
  '6-19': 'Juneteenth',
  '7-4': 'Independence Day',
  '12-25': 'Christmas Day',
};

/** Evenings that arXiv leaves out besides, never moved to another day. */
const EVES: Record<string, string> = { '12-24': 'Christmas Eve', '12-31': 'New Year’s Eve' };

/**
 * Holidays on whose evening arXiv announces nothing, as its page on availability lists them year by
 * year. For years to come it is a guess; it only ever explains silence.
 */
function holidayName(day: Temporal.PlainDate): string | null {
  const { month, day: date, dayOfWeek } = day;
  const nth = Math.ceil(date / 7);
  if (month === 1 && dayOfWeek === 1 && nth === 3) return 'Martin Luther King Day';
  if (month === 5 && dayOfWeek === 1 && date > 24) return 'Memorial Day';
  if (month === 9 && dayOfWeek === 1 && nth === 1) return 'Labor Day';
  if (month === 11 && dayOfWeek === 4 && nth === 4) return 'Thanksgiving';
  if (month === 11 && dayOfWeek === 5 && date >= 23 && date <= 29)
    return 'the day after Thanksgiving';
  const dated = (on: Temporal.PlainDate) => DATED[`${on.month}-${on.day}`];
  const own = dated(day) ?? EVES[`${month}-${date}`];
  if (own) return own;
  // A holiday on a Saturday is kept the day before, one on a Sunday the day after.
  const moved =
    dayOfWeek === 5 ? day.add({ days: 1 }) : dayOfWeek === 1 ? day.subtract({ days: 1 }) : null;
  const observed = moved && dated(moved);
  return observed ? `the day off for ${observed}` : null;
}
