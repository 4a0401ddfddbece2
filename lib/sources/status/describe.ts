import { lastAnnouncement, lastPause, weekdayOf } from '@/lib/calendar/arxiv-days';
import { HOUR_MS } from '@/lib/calendar/days';
import type { RunCounts } from '@/lib/ingest/run-store';

/** What is known about a source, for saying in words how it is. */
export interface SourceHealth {
  enabled: boolean;
  fromArxiv: boolean;
  everyHours: number;
  succeededAt: Date | null;
  /** What the last poll that came to its end brought, with the calls that it took. */
  counts: RunCounts | null;
  /** Papers that a poll under way has read so far. */
  underWay: number | null;
  newsAt: Date | null;
  failures: number;
  problem: string | null;
}

export type Mood = 'off' | 'good' | 'waiting' | 'late' | 'failing';

/** An announcement takes so long to reach arXiv's interfaces at most. */
const IN_WITHIN_HOURS = 6;

/** How a source is and since when: in order, late, on holiday or failing, and what it brought. */
export function describeSource(source: SourceHealth, now: Date): { mood: Mood; words: string } {
  const { enabled, succeededAt, failures, problem, underWay } = source;
  const success = succeededAt ? successOf(succeededAt, source.counts, now) : 'no success yet';
  if (!enabled)
    return { mood: 'off', words: succeededAt ? `turned off; ${success}` : 'turned off' };
  if (failures > 0) {
    const tries = failures === 1 ? 'the last poll failed' : `the last ${failures} polls failed`;
    return { mood: 'failing', words: `${tries}: ${problem ?? 'reason unknown'}; ${success}` };
  }
  if (underWay !== null) {
    const which = succeededAt ? 'a poll' : 'the first poll';
    const words = `${which} is under way, ${plural(underWay, 'paper')} so far`;
    return { mood: succeededAt ? 'good' : 'waiting', words: `${words}; ${success}` };
  }
  if (!succeededAt) return { mood: 'waiting', words: 'turned on, first poll to come' };
  const late = now.getTime() - succeededAt.getTime() - source.everyHours * HOUR_MS;
  if (late > Math.max(HOUR_MS, (source.everyHours * HOUR_MS) / 2)) {
    return {
      mood: 'late',
      words: `${duration(late)} late; ${success}: is the clock or the cron job running?`,
    };
  }
  const silence = source.fromArxiv ? silenceOf({ ...source, succeededAt }, now) : null;
  if (!silence) return { mood: 'good', words: success };
  return { mood: silence.late ? 'late' : 'good', words: `${success}; ${silence.words}` };
}

/** In words, where arXiv's last announcement is missing or a pause is why there was none. */
export function silenceOf(
  { newsAt, succeededAt }: { newsAt: Date | null; succeededAt: Date },
  now: Date,
): { late: boolean; words: string } | null {
  const announced = lastAnnouncement(now);
  if (newsAt === null || newsAt < announced) {
    const day = weekdayOf(announced);
    const askedAfter = (succeededAt.getTime() - announced.getTime()) / HOUR_MS;
    if (askedAfter < 0)
      return { late: false, words: `the announcement of ${day} comes with the next poll` };
    if (newsAt === null) return { late: false, words: 'nothing new yet' };
    if (askedAfter < IN_WITHIN_HOURS)
      return { late: false, words: `the announcement of ${day} was not in yet` };
    const age = duration(now.getTime() - announced.getTime());
    return {
      late: true,
      words: `nothing from the announcement of ${day}, ${age} ago: late, or a failure at arXiv`,
    };
  }
  const pause = lastPause(now);
  if (pause === null) return null;
  const why =
    'holiday' in pause ? `arXiv pauses on ${pause.holiday}` : 'arXiv announces Sunday to Thursday';
  return { late: false, words: `nothing announced since, as expected: ${why}` };
}

function successOf(succeededAt: Date, counts: RunCounts | null, now: Date): string {
  const when = `last success ${ago(succeededAt, now)}`;
  if (!counts) return when;
  return `${when} (${countsInWords(counts)})`;
}

const COUNTED = ['new', 'updated', 'unchanged', 'rejected'] as const;

/** `3,000 new, 1 rejected`: what there was none of is left out. */
export function countsInWords(counts: Partial<RunCounts>): string {
  const some = COUNTED.filter((kind) => (counts[kind] ?? 0) > 0);
  if (some.length === 0) return 'no papers';
  return some.map((kind) => `${counts[kind]!.toLocaleString('en-GB')} ${kind}`).join(', ');
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
