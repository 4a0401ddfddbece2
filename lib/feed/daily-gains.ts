import { DAY_MS, startOfDay } from '@/lib/calendar/days';
import type { SourcedReading } from './signals';

/** Upvotes that came on each of the last days, the last of them today. */
export interface DailyGains {
  days: readonly number[];
  /** The day of the first of them. */
  from: Date;
}

const DAYS = 7;
/** A paper's first count counts as gained on that day where it is no older than this. */
const NEW_MS = 4 * DAY_MS;

/**
 * What one source's counts say about the last seven days; null where they say nothing of them. A first
 * count of an older paper is where counting begins, not a gain.
 */
export function dailyGains(
  readings: readonly SourcedReading[],
  { source, bornAt, now }: { source: string; bornAt: Date; now: Date },
): DailyGains | null {
  const from = new Date(startOfDay(now).getTime() - (DAYS - 1) * DAY_MS);
  const history = readings
    .filter((r) => r.kind === 'upvotes' && r.source === source && r.seenAt <= now)
    .sort((a, b) => a.seenAt.getTime() - b.seenAt.getTime());
  const first = history[0];
  if (!first) return null;
  const isNew = first.seenAt.getTime() - bornAt.getTime() <= NEW_MS;
  const telling = isNew ? history : history.slice(1);
  if (!telling.some(({ seenAt }) => seenAt >= from)) return null;
  const countAt = (time: number) =>
    history.findLast(({ seenAt }) => seenAt.getTime() < time)?.value ?? (isNew ? 0 : first.value);
  const days = Array.from({ length: DAYS }, (_, i) => {
    const start = from.getTime() + i * DAY_MS;
    return Math.max(0, Math.round(countAt(start + DAY_MS) - countAt(start)));
  });
  return { days, from };
}
