import { Temporal } from 'temporal-polyfill';
import { holidayName } from '@/lib/calendar/arxiv-holidays';
import { isoDay } from '@/lib/calendar/day-names';

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
  const date = Temporal.PlainDate.from(isoDay(day));
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

/** Never on Friday and Saturday, nor on a holiday. A Sunday announces what came in up to Friday. */
function whyNoAnnouncement(evening: Temporal.PlainDate): Pause | null {
  if (evening.dayOfWeek === 5) return { weekday: 'Friday' };
  if (evening.dayOfWeek === 6) return { weekday: 'Saturday' };
  if (evening.dayOfWeek === 7) {
    const friday = holidayName(evening.subtract({ days: 2 }));
    return friday ? { holiday: `the Sunday after ${friday}` } : null;
  }
  const holiday = holidayName(evening);
  return holiday ? { holiday } : null;
}
