import { DAY_MS } from '@/lib/calendar/days';
import {
  isSignalKind,
  SIGNAL_KINDS,
  type SignalKind,
  type SignalReading,
} from '@/lib/papers/paper';
import { GROWTH, JUMP_FACTOR, SIGNAL_WEIGHTS } from './weights';

/** A stored reading and who reported it; its kind may be one that only a newer version knows. */
export interface SourcedReading extends Omit<SignalReading, 'kind'> {
  kind: string;
  source: string;
}

/** What a kind of signal comes to, from all its readings and sources. */
export interface CountedSignal {
  kind: SignalKind;
  source: string;
  /** The latest value, as reported. */
  reported: number;
  /** The value that counts: less than reported while an implausible jump is not yet believed. */
  counted: number;
  /** When the latest value was seen. */
  seenAt: Date;
  /** When more of an implausible jump will count, if only by one of its sources; else null. */
  moreAt: Date | null;
  /** Units gained in the last week on record; null unless the kind's growth counts and is known. */
  growth: number | null;
}

/**
 * The readings up to `now`, one entry a kind, in the order of `SIGNAL_KINDS`. Where several sources
 * report the same kind, the one that counts highest is taken: they mostly report the same thing.
 * Kinds that are not known (from a newer version, say) are passed over.
 */
export function countSignals(readings: readonly SourcedReading[], now: Date): CountedSignal[] {
  const histories = new Map<string, SourcedReading[]>();
  for (const reading of readings) {
    if (reading.seenAt > now || !isSignalKind(reading.kind) || !Number.isFinite(reading.value)) {
      continue;
    }
    const key = `${reading.kind} ${reading.source}`;
    const history = histories.get(key);
    if (history) history.push(reading);
    else histories.set(key, [reading]);
  }
  const best = new Map<SignalKind, CountedSignal>();
  for (const history of histories.values()) {
    history.sort((a, b) => a.seenAt.getTime() - b.seenAt.getTime());
    const signal = countHistory(history, now);
    const other = best.get(signal.kind);
    const better = !other || outranks(signal, other) ? signal : other;
    best.set(signal.kind, { ...better, moreAt: earliest([signal.moreAt, other?.moreAt]) });
  }
  return SIGNAL_KINDS.flatMap((kind) => best.get(kind) ?? []);
}

/** When more of these signals will count; null where they count in full, or change only with news. */
export function moreCountsAt(signals: readonly CountedSignal[]): Date | null {
  return earliest(signals.map(({ moreAt }) => moreAt));
}

/** Later places and listings replace earlier ones; of counts the highest is taken. */
function outranks(a: CountedSignal, b: CountedSignal): boolean {
  if (SIGNAL_WEIGHTS[a.kind].dailyLimit === null && a.seenAt.getTime() !== b.seenAt.getTime()) {
    return a.seenAt > b.seenAt;
  }
  if (a.kind === 'listing-place' && a.counted !== b.counted) return a.counted < b.counted;
  if (a.counted !== b.counted) return a.counted > b.counted;
  return a.source < b.source;
}

function countHistory(history: readonly SourcedReading[], now: Date): CountedSignal {
  const last = history.at(-1)!;
  const kind = last.kind as SignalKind;
  const { dailyLimit } = SIGNAL_WEIGHTS[kind];
  const countedAt = (at: Date) =>
    dailyLimit === null ? last.value : believedAt(at.getTime(), history, dailyLimit);
  const counted = countedAt(now);
  return {
    kind,
    source: last.source,
    reported: last.value,
    counted,
    seenAt: last.seenAt,
    moreAt: counted < last.value ? nextDayOfAReading(history, now) : null,
    growth: kind === GROWTH.of ? weeklyGrowth(history, counted, countedAt) : null,
  };
}

/**
 * How much of a count is believed: what is reported, but no more than any earlier day's count and the
 * plausible growth since. It does not matter how often a count is read, and falls are believed at once.
 */
function believedAt(time: number, history: readonly SourcedReading[], dailyLimit: number): number {
  const reportedBefore = (days: number) => {
    const seen = history.findLast(({ seenAt }) => seenAt.getTime() <= time - days * DAY_MS);
    return Math.max(0, (seen ?? history[0]!).value);
  };
  const grown = (value: number, days: number): number =>
    days === 0 ? value : grown(value + Math.max(dailyLimit, JUMP_FACTOR * value), days - 1);
  let believed = reportedBefore(0);
  // Further back, even a count of 0 could have grown to as much by now.
  for (let days = 1; grown(0, days) < believed; days++) {
    believed = Math.min(believed, grown(reportedBefore(days), days));
  }
  return believed;
}

/** What is believed changes only when a reading gets one more whole day old. */
function nextDayOfAReading(history: readonly SourcedReading[], now: Date): Date {
  const untilThen = history.map(
    ({ seenAt }) => DAY_MS - ((now.getTime() - seenAt.getTime()) % DAY_MS),
  );
  return new Date(now.getTime() + Math.min(...untilThen));
}

/** Gain over the last week on record, as believed; null with less than a day on record. */
function weeklyGrowth(
  history: readonly SourcedReading[],
  counted: number,
  countedAt: (at: Date) => number,
): number | null {
  const end = history.at(-1)!.seenAt.getTime();
  const weekAgo = end - GROWTH.days * DAY_MS;
  const start = history.findLast(({ seenAt }) => seenAt.getTime() <= weekAgo) ?? history[0]!;
  const days = (end - start.seenAt.getTime()) / DAY_MS;
  if (days < 1) return null;
  return Math.max(0, ((counted - countedAt(start.seenAt)) / days) * GROWTH.days);
}

function earliest(dates: readonly (Date | null | undefined)[]): Date | null {
  const known = dates.filter((date) => date != null);
  return known.length > 0 ? new Date(Math.min(...known.map(Number))) : null;
}
