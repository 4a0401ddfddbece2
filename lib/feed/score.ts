import { dayName } from '@/lib/calendar/day-names';
import { DAY_MS, HOUR_MS, startOfDay } from '@/lib/calendar/days';
import { type LatestReading, latestReadings, SIGNAL_UNITS, type SourcedReading } from './signals';
import { EPOCH, RANKING, type RankingNumbers } from './weights';

/** Everything a score is computed from. */
export interface Standing {
  /** Upvotes, or those that a place on a listing stands for, and what readers here add. */
  votes: number;
  /** Of them, what readers here add. */
  readerVotes: number;
  /** Where they come from; null where nobody counted. */
  reading: LatestReading | null;
  /** When the paper's clock started: the day of its last listing, else as `feedAt`. */
  clockAt: Date;
  /** When on that day the paper was listed, where its source told the hour. */
  listedAt: Date | null;
  /** The date the feed files the paper under. */
  feedAt: Date;
}

/** One summand of a score. */
interface ScorePart {
  key: string;
  label: string;
  /** Where the number comes from, in words. */
  detail: string;
  value: number;
}

/** Why a paper stands where it stands: `parts` add up to `score`, to the last digit shown. */
export interface Explanation {
  score: number;
  parts: ScorePart[];
  /** What was reported and does not count, in words. */
  remarks: string[];
}

interface RankedFacts {
  publishedAt: Date | null;
  firstSeenAt: Date;
  readings: readonly SourcedReading[];
}

/** What a paper's readings and dates come to at a moment. */
export function standingOf(paper: RankedFacts, now: Date): Standing {
  const latest = latestReadings(paper.readings, now);
  const upvotes = latest.find(({ kind }) => kind === 'upvotes');
  const place = latest.find(({ kind }) => kind === 'listing-place');
  const reading = upvotes ?? place ?? null;
  const readerVotes = latest.find(({ kind }) => kind === 'reader-weight')?.value ?? 0;
  return { votes: votesOf(reading) + readerVotes, readerVotes, reading, ...datesOf(paper, now) };
}

/** A place says less than a count, and so only stands in for one. */
function votesOf(reading: LatestReading | null): number {
  if (reading === null) return 0;
  if (reading.kind === 'upvotes') return Math.max(0, reading.value);
  return RANKING.firstPlaceVotes / Math.sqrt(Math.max(1, reading.value));
}

/** When a paper is filed, and when its clock starts: see `Standing`. */
function datesOf(
  { publishedAt, firstSeenAt, readings }: RankedFacts,
  now: Date,
): Pick<Standing, 'feedAt' | 'clockAt' | 'listedAt'> {
  const past = readings.filter(({ seenAt }) => seenAt <= now);
  const momentsOf = (...kinds: string[]) =>
    past.filter(({ kind }) => kinds.includes(kind)).map(({ seenAt }) => seenAt.getTime());
  const listings = momentsOf('listing-place', 'listed');
  if (listings.length > 0) {
    const feedAt = startOfDay(new Date(Math.min(...listings)));
    const clockAt = startOfDay(new Date(Math.max(...listings)));
    // The time of a place is when the page was read.
    const listedAt = new Date(Math.max(...momentsOf('listed')));
    return { feedAt, clockAt, listedAt: listedAt >= clockAt ? listedAt : null };
  }
  // A date in the future is a source's mistake and would hold the top of the feed until then.
  const known = new Date(Math.min((publishedAt ?? firstSeenAt).getTime(), now.getTime()));
  return { feedAt: known, clockAt: known, listedAt: null };
}

/** Whether nobody knew of a paper yet: it was not published, and no source had told of it. */
export function isToCome(paper: RankedFacts, now: Date): boolean {
  const known = [paper.publishedAt, paper.firstSeenAt, ...paper.readings.map((r) => r.seenAt)];
  return known.every((date) => date === null || date > now);
}

/** Signals of papers filed from here on are fresh: it moves once a day, as windows do. */
export function freshSince(now: Date): Date {
  return new Date(startOfDay(now).getTime() - RANKING.halfLifeDays * DAY_MS);
}

/**
 * How much of the time that counts have gathered in a paper had: less than 1 where it was listed late
 * in the day. The older the count, the less that matters.
 */
export function shareOfTime(
  { reading, listedAt, clockAt }: Standing,
  { dayHours, latestHour }: RankingNumbers = RANKING,
): number {
  if (reading?.kind !== 'upvotes' || listedAt === null) return 1;
  const late = Math.min(latestHour, hoursBetween(clockAt, listedAt));
  return 1 - late / Math.max(dayHours, hoursBetween(clockAt, reading.seenAt));
}

/** The votes that a paper would have, had it been listed at the start of its day. */
export function expectedVotes(standing: Standing, numbers: RankingNumbers = RANKING): number {
  return (standing.votes + numbers.priorVotes) / shareOfTime(standing, numbers);
}

/**
 * log2(start + expected votes) + days / half-life. Reddit's shape: it orders papers the same way at
 * every moment, so it can stand in an index.
 */
export function scoreOf(standing: Standing, numbers: RankingNumbers = RANKING): number {
  return (
    Math.log2(numbers.startVotes + expectedVotes(standing, numbers)) +
    daysSinceEpoch(standing.clockAt) / numbers.halfLifeDays
  );
}

/** What is less is no number to show. */
const SHOWN = 0.005;

/** The summands of the score, rounded to hundredths so that they still add up. */
export function explain(paper: RankedFacts, now: Date): Explanation {
  const standing = standingOf(paper, now);
  const { votes, readerVotes, reading, listedAt, clockAt } = standing;
  const { startVotes, priorVotes, halfLifeDays } = RANKING;
  const share = shareOfTime(standing);
  const start = startVotes + priorVotes;
  const withVotes = Math.log2(start + votes);
  const counted = votes - readerVotes;
  const withCounted = Math.log2(start + counted);
  const parts: ScorePart[] = [
    {
      key: 'start',
      label: 'Every paper',
      detail: `log₂ (${startVotes} + ${priorVotes})`,
      value: Math.log2(start),
    },
  ];
  if (reading) {
    parts.push({
      key: reading.kind,
      label: reading.kind === 'upvotes' ? 'Upvotes' : 'Place on a listing',
      detail: `${votesInWords(reading, counted)}, seen ${dayName(reading.seenAt)}: log₂ ${decimal(start + counted)} in place of log₂ ${start}`,
      value: withCounted - Math.log2(start),
    });
  }
  if (readerVotes > 0) {
    parts.push({
      key: 'readers',
      label: 'Readers here',
      detail: `votes and saves that weigh ${hundredths(readerVotes)}: log₂ ${hundredths(start + votes)} in place of log₂ ${hundredths(start + counted)}`,
      value: withVotes - withCounted,
    });
  }
  const expected = expectedVotes(standing);
  const gain = Math.log2(startVotes + expected) - withVotes;
  if (listedAt && gain >= SHOWN) {
    const hours = decimal(hoursBetween(clockAt, listedAt));
    const divisor = Number(share.toFixed(3));
    parts.push({
      key: 'time',
      label: 'Time on the list',
      detail: `listed ${hours} hours into its day, so ${percent(share)} of the time until it was seen: ${decimal(votes + priorVotes)} ÷ ${divisor} = ${decimal(expected)}, log₂ ${decimal(startVotes + expected)} in place of log₂ ${decimal(start + votes)}`,
      value: gain,
    });
  }
  const days = daysSinceEpoch(clockAt);
  parts.push({
    key: 'date',
    label: 'Date',
    detail: `${dayName(clockAt)}, ${decimal(days)} days after ${dayName(EPOCH)}, ÷ ${halfLifeDays}`,
    value: days / halfLifeDays,
  });
  return { ...roundParts(parts, scoreOf(standing)), remarks: remarksOf(paper, standing, now) };
}

/** They count, by weight. */
const OF_READERS = new Set<string>(['votes', 'saves', 'reader-weight']);

/** Counts that stand beside the paper, and that a reader may think its place comes from. */
function remarksOf(paper: RankedFacts, { reading }: Standing, now: Date): string[] {
  const others = latestReadings(paper.readings, now)
    .filter(({ kind, value }) => kind !== reading?.kind && !OF_READERS.has(kind) && value > 0)
    .filter(({ kind }) => SIGNAL_UNITS[kind])
    .map(({ kind, value }) => count(value, SIGNAL_UNITS[kind]!));
  return others.length > 0 ? [`Shown, but without weight: ${others.join(', ')}.`] : [];
}

/** Largest-remainder rounding: what is shown adds up to the score that is shown. */
function roundParts(parts: ScorePart[], total: number): { score: number; parts: ScorePart[] } {
  const cents = parts.map((part) => Math.floor(part.value * 100));
  const target = Math.round(total * 100);
  const byRemainder = parts
    .map((part, i) => ({ i, remainder: part.value * 100 - cents[i]! }))
    .sort((a, b) => b.remainder - a.remainder);
  let missing = target - cents.reduce((sum, value) => sum + value, 0);
  for (const { i } of byRemainder) {
    if (missing <= 0) break;
    cents[i]! += 1;
    missing -= 1;
  }
  return {
    score: target / 100,
    parts: parts.map((part, i) => ({ ...part, value: cents[i]! / 100 })),
  };
}

const hoursBetween = (from: Date, to: Date) => (to.getTime() - from.getTime()) / HOUR_MS;
const daysSinceEpoch = (date: Date) => (date.getTime() - EPOCH.getTime()) / DAY_MS;
const number = (value: number) => Math.round(value).toLocaleString('en-GB');
const percent = (share: number) => `${Math.round(share * 100)} %`;
const decimal = (value: number) => (Math.round(value * 10) / 10).toLocaleString('en-GB');
const hundredths = (value: number) => (Math.round(value * 100) / 100).toLocaleString('en-GB');
const count = (value: number, [one, many]: readonly [string, string]) =>
  `${number(value)} ${Math.round(value) === 1 ? one : many}`;

function votesInWords(reading: LatestReading, votes: number): string {
  const unit = SIGNAL_UNITS[reading.kind];
  return unit
    ? count(reading.value, unit)
    : `place ${number(reading.value)}, which stands for ${decimal(votes)} upvotes`;
}
