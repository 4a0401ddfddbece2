import { isoDay } from '@/lib/calendar/day-names';
import { DAY_MS, startOfDay } from '@/lib/calendar/days';
import { mondayOf } from '@/lib/calendar/iso-week';
import type { Db } from '@/lib/db/sql';
import type { ReplaySet } from './outcome';
import type { DateRange } from './periods';
import { byPeriod, judge, LEAST_PAPERS, type Replay } from './replay';
import { countedPapers, saveReplay } from './replay-store';
import { standingOf } from './score';
import { latestReadings } from './signals';
import type { RankInput } from './store';

/** Counts are taken to have settled when so many days are over. */
const SETTLED_DAYS = 7;

/** The first moment whose papers are too young to be judged. */
export function settledUntil(now: Date): Date {
  return new Date(startOfDay(now).getTime() - SETTLED_DAYS * DAY_MS);
}

/**
 * How well the order at the end of each day, and of each whole week, of a range foresaw the upvotes that
 * its papers have come to by `now`. Keeps the result, if there is one, for the ranking page.
 */
export async function replayHistory(
  db: Db,
  range: DateRange,
  { now, progress = () => {} }: { now: Date; progress?: (done: number, total: number) => void },
): Promise<Replay> {
  const days: ReplaySet[] = [];
  const weeks: ReplaySet[] = [];
  const mondays: number[] = [];
  for (let week = mondayOf(range.from).getTime(); week < range.to.getTime(); week += 7 * DAY_MS) {
    mondays.push(week);
  }
  for (const [i, monday] of mondays.entries()) {
    const from = new Date(Math.max(monday, range.from.getTime()));
    const to = new Date(Math.min(monday + 7 * DAY_MS, range.to.getTime()));
    const papers = await countedPapers(db, { from, to });
    const periods = byPeriod(papers, (paper) => standingOf(paper, now).feedAt);
    for (const [day, filed] of periods.days) {
      days.push(...setOf(filed, new Date(day + DAY_MS), now));
    }
    const isWhole = to.getTime() - from.getTime() === 7 * DAY_MS;
    if (isWhole) weeks.push(...setOf(papers, to, now));
    progress(i + 1, mondays.length);
  }
  const last = new Date(range.to.getTime() - DAY_MS);
  const replay = { from: isoDay(range.from), to: isoDay(last), ...judge(days, weeks) };
  if (replay.day || replay.week) await saveReplay(db, now, replay);
  return replay;
}

/** Nothing where too few had been counted by then, or nobody counted again later. */
function setOf(papers: readonly RankInput[], at: Date, now: Date): ReplaySet[] {
  const upvotes = (paper: RankInput, moment: Date) =>
    latestReadings(paper.readings, moment).find(({ kind }) => kind === 'upvotes');
  const counted = papers.filter((paper) => upvotes(paper, at));
  const isCountedAgain = counted.some((paper) => upvotes(paper, now)!.seenAt > at);
  if (counted.length < LEAST_PAPERS || !isCountedAgain) return [];
  return [
    {
      at,
      papers: papers.map((paper) => ({
        standing: standingOf(paper, at),
        later: Math.max(0, upvotes(paper, now)!.value),
      })),
    },
  ];
}
