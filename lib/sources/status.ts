import { Temporal } from 'temporal-polyfill';
import { holidayName, isAnnouncementDay, lastAnnouncement } from '@/lib/sources/calendar';

/** What is known about a source, for saying in words how it is. */
export interface SourceHealth {
  enabled: boolean;
  fromArxiv: boolean;
  everyHours: number;
  dueAt: Date | null;
  succeededAt: Date | null;
  newsAt: Date | null;
  failures: number;
  problem: string | null;
}

export type Mood = 'off' | 'good' | 'waiting' | 'late' | 'failing';

const HOUR = 3_600_000;

/** How a source is, and since when: in order, late, on holiday or failing. */
export function describeSource(source: SourceHealth, now: Date): { mood: Mood; words: string } {
  const { enabled, succeededAt, failures, problem } = source;
  const success = succeededAt ? `last success ${ago(succeededAt, now)}` : 'no success yet';
  if (!enabled)
    return { mood: 'off', words: succeededAt ? `turned off; ${success}` : 'turned off' };
  if (failures > 0) {
    const tries = failures === 1 ? 'the last visit failed' : `the last ${failures} visits failed`;
    return { mood: 'failing', words: `${tries}: ${problem ?? 'reason unknown'}; ${success}` };
  }
  if (!succeededAt) return { mood: 'waiting', words: 'turned on, first visit to come' };
  const late = now.getTime() - succeededAt.getTime() - source.everyHours * HOUR;
  if (late > Math.max(HOUR, (source.everyHours * HOUR) / 2)) {
    return {
      mood: 'late',
      words: `${duration(late)} late; ${success}: is the clock or the cron job running?`,
    };
  }
  const silence = source.fromArxiv ? silenceReason(source.newsAt, now) : null;
  return { mood: 'good', words: silence ? `${success}; ${silence}` : success };
}

/** Why there is nothing new from arXiv since its last announcement, where there is not. */
export function silenceReason(newsAt: Date | null, now: Date): string | null {
  const announced = lastAnnouncement(now);
  if (newsAt !== null && newsAt >= announced) return null;
  const today = Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(
    'America/New_York',
  );
  const yesterday = today.subtract({ days: 1 });
  for (const day of [today, yesterday]) {
    const holiday = holidayName(day.toPlainDate());
    if (holiday) return `nothing new, which is expected: arXiv pauses on ${holiday}`;
  }
  if (!isAnnouncementDay(yesterday))
    return 'nothing new, which is expected: arXiv announces Sunday to Thursday';
  if (newsAt === null) return 'nothing new yet';
  const hours = (now.getTime() - announced.getTime()) / HOUR;
  return hours < 6
    ? 'the last announcement is not in yet'
    : 'nothing from the last announcement: late, or a failure at arXiv';
}

export function ago(date: Date, now: Date): string {
  return `${duration(now.getTime() - date.getTime())} ago`;
}

export function duration(milliseconds: number): string {
  const minutes = Math.max(0, Math.round(milliseconds / 60_000));
  if (minutes < 1) return 'less than a minute';
  if (minutes < 120) return plural(minutes, 'minute');
  return minutes < 72 * 60
    ? plural(Math.round(minutes / 60), 'hour')
    : plural(Math.round(minutes / 1_440), 'day');
}

function plural(count: number, unit: string): string {
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}
