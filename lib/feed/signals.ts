import type { SignalReading } from '@/lib/papers/paper';
import { GROWTH, isSignalKind, JUMP_FACTOR, SIGNAL_KINDS, type SignalKindKey } from './weights';

/** A stored reading and who reported it; its kind may be one that only a newer version knows. */
export interface SourcedReading extends Omit<SignalReading, 'kind'> {
  kind: string;
  source: string;
}

/** What a kind of signal comes to, all its readings and sources considered. */
export interface CountedSignal {
  kind: SignalKindKey;
  source: string;
  /** The latest value, as reported. */
  reported: number;
  /** The value that counts: less than reported while an implausible jump is not yet believed. */
  counted: number;
  /** When the latest value was seen. */
  seenAt: Date;
  /** Units gained in the last week on record; null unless the kind's growth counts and is known. */
  growth: number | null;
}

const DAY = 86_400_000;

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
  const best = new Map<SignalKindKey, CountedSignal>();
  for (const history of histories.values()) {
    const signal = countHistory(history.sort((a, b) => a.seenAt.getTime() - b.seenAt.getTime()));
    const other = best.get(signal.kind);
    if (!other || outranks(signal, other)) best.set(signal.kind, signal);
  }
  return (Object.keys(SIGNAL_KINDS) as SignalKindKey[]).flatMap((kind) => best.get(kind) ?? []);
}

/** Later places and listings replace earlier ones; of counts the highest is taken. */
function outranks(a: CountedSignal, b: CountedSignal): boolean {
  if (SIGNAL_KINDS[a.kind].dailyLimit === null && a.seenAt.getTime() !== b.seenAt.getTime()) {
    return a.seenAt > b.seenAt;
  }
  if (a.kind === 'listing-place' && a.counted !== b.counted) return a.counted < b.counted;
  if (a.counted !== b.counted) return a.counted > b.counted;
  return a.source < b.source;
}

function countHistory(history: SourcedReading[]): CountedSignal {
  const last = history.at(-1)!;
  const kind = last.kind as SignalKindKey;
  const { dailyLimit } = SIGNAL_KINDS[kind];
  const believed = dailyLimit === null ? history.map((r) => r.value) : believe(history, dailyLimit);
  return {
    kind,
    source: last.source,
    reported: last.value,
    counted: believed.at(-1)!,
    seenAt: last.seenAt,
    growth: kind === GROWTH.of ? weeklyGrowth(history, believed) : null,
  };
}

/**
 * Each value as far as it is believed. A count starts with its first reading and then grows by at
 * most a day's plausible growth for each day that passed; so a real success is believed in full a
 * few days later, and a bought one is of no use on the day that it is for. Falls are believed at once.
 */
function believe(history: readonly SourcedReading[], dailyLimit: number): number[] {
  const believed: number[] = [];
  for (const [i, reading] of history.entries()) {
    const value = Math.max(0, reading.value);
    const before = believed[i - 1];
    if (before === undefined) {
      believed.push(value);
      continue;
    }
    const days = Math.max(1, (reading.seenAt.getTime() - history[i - 1]!.seenAt.getTime()) / DAY);
    const limit = before + Math.max(dailyLimit, JUMP_FACTOR * before) * days;
    believed.push(Math.min(value, limit));
  }
  return believed;
}

/** Gain over the last week on record, from believed values; null with less than a day on record. */
function weeklyGrowth(
  history: readonly SourcedReading[],
  believed: readonly number[],
): number | null {
  const end = history.at(-1)!.seenAt.getTime();
  const from = end - GROWTH.days * DAY;
  // The last reading at or before a week ago, else the first there is.
  let start = 0;
  for (let i = 0; i < history.length; i++) if (history[i]!.seenAt.getTime() <= from) start = i;
  const days = (end - history[start]!.seenAt.getTime()) / DAY;
  if (days < 1) return null;
  return Math.max(0, ((believed.at(-1)! - believed[start]!) / days) * GROWTH.days);
}
