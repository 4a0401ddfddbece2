import { longDayName } from '@/lib/calendar/day-names';
import { DAY_MS, startOfDay } from '@/lib/calendar/days';
import type { SignalKind } from '@/lib/papers/paper';
import { capitalised, countInUnits } from './labels';
import type { LatestReading } from './signals';

/** Within so many days a count is told with the time that it took. */
const RECENT_DAYS = 13;
const NUMBERS = 'two three four five six seven eight nine ten eleven twelve thirteen'.split(' ');

/**
 * Why a paper ranks here, in a sentence: "45 upvotes in two days, top 10% of its day; 1st on the list of
 * 12 March 2026." The numbers that add up stand in its explanation.
 */
export function reasonOf(
  {
    signals,
    bornAt,
    feedAt,
    dayShare,
  }: {
    signals: readonly LatestReading[];
    /** Published, or first seen. */
    bornAt: Date;
    feedAt: Date;
    dayShare: number | null;
  },
  now: Date,
): string {
  const reported = (kind: SignalKind) => signals.find((signal) => signal.kind === kind);
  const upvotes = reported('upvotes')?.value ?? 0;
  const place = reported('listing-place');
  const parts: string[] = [];
  if (upvotes > 0) parts.push(countInUnits('upvotes', upvotes) + timeTaken(bornAt, now));
  if (dayShare !== null && dayShare > 0.5) {
    parts.push(`top ${Math.max(1, Math.round((1 - dayShare) * 100))}% of its day`);
  }
  const listed = place && `${ordinal(place.value)} on the list of ${longDayName(place.seenAt)}`;
  const reason = [parts.join(', '), listed].filter(Boolean).join('; ');
  if (reason) return `${capitalised(reason)}.`;
  const day = longDayName(feedAt);
  if (daysBetween(feedAt, now) === 0) return 'New today; no upvotes yet.';
  return `From ${day}; no upvotes yet.`;
}

function timeTaken(bornAt: Date, now: Date): string {
  const days = daysBetween(bornAt, now);
  if (days < 0 || days > RECENT_DAYS) return '';
  if (days === 0) return ' today';
  return days === 1 ? ' in a day' : ` in ${NUMBERS[days - 2]} days`;
}

function daysBetween(from: Date, to: Date): number {
  return (startOfDay(to).getTime() - startOfDay(from).getTime()) / DAY_MS;
}

/** "1st", "22nd", "13th". */
export function ordinal(value: number): string {
  const ending = { one: 'st', two: 'nd', few: 'rd', other: 'th', zero: 'th', many: 'th' };
  return `${value}${ending[PLURALS.select(value)]}`;
}

const PLURALS = new Intl.PluralRules('en', { type: 'ordinal' });
