import { Temporal } from 'temporal-polyfill';
import { isoDay } from '@/lib/calendar/day-names';
import type { ModelDb } from '@/lib/db/sql';
import { latestUpvotes } from '@/lib/feed/store';
import type { Paper } from '@/lib/papers/paper';
import { getPapers } from '@/lib/papers/store';
import { plainMaths } from '@/lib/papers/tex/plain-text';
import { CADENCES, type Cadence } from '@/lib/subscribers/preferences';
import { issueName, nextPeriodStart, periodOfDate, periodStart } from '../subscribers/timetable';
import { editionDays, lastEditionIn, newBetween } from './edition-store';
import { headedParts } from './personal-digest';
import type { DigestContent } from './select';
import { type IssueWords, issueWords } from './words';

/** Past digests on the web. */

const PUBLIC_PAPERS = 30;

export interface PublicIssue {
  cadence: Cadence;
  period: string;
  /** Still growing: its period is not over. */
  open: boolean;
  /** What it says of itself. */
  words: IssueWords;
  papers: { paper: Paper; upvotes: number | null }[];
  previous: string;
  next: string | null;
}

/** The address of a period: `2026-11-23`, `2026-w48`, `2026-11`. */
export function issuePath(cadence: Cadence, period: string): string {
  return `/digests/${cadence}/${period.toLowerCase()}`;
}

function dayOf(now: Date): Temporal.PlainDate {
  return Temporal.PlainDate.from(isoDay(now));
}

/**
 * Reads the two parts of an issue's address. A day stands for the week or month that it lies in; null
 * for what is no issue, the future included.
 */
export function readIssueAddress(
  cadence: string,
  date: string,
  now: Date,
): { cadence: Cadence; period: string } | null {
  const known = CADENCES.find((each) => each === cadence);
  if (!known) return null;
  const day = /^\d{4}-\d\d-\d\d$/.test(date) ? periodStart('daily', date) : null;
  const period = day ? periodOfDate(known, day) : date.toUpperCase();
  const start = periodStart(known, period);
  if (!start || Temporal.PlainDate.compare(start, dayOf(now)) > 0) return null;
  return { cadence: known, period };
}

/** The periods of the issues that were made, the latest first, for the page that lists them. */
export async function madeIssues(db: ModelDb, now: Date): Promise<Record<Cadence, string[]>> {
  const made = await editionDays(db, now);
  const of = (cadence: Cadence) => {
    const days = made.filter((edition) => edition.cadence === cadence);
    return [...new Set(days.map(({ day }) => periodOfDate(cadence, Temporal.PlainDate.from(day))))];
  };
  return { daily: of('daily'), weekly: of('weekly'), monthly: of('monthly') };
}

/** The issue that was made last, by its first paper; null before the first one, and of an empty one. */
export async function latestIssue(
  db: ModelDb,
  now: Date,
): Promise<{ name: string; path: string; title: string; papers: number } | null> {
  const [last] = await editionDays(db, now);
  if (!last) return null;
  const { cadence, day } = last;
  const period = periodOfDate(cadence, Temporal.PlainDate.from(day));
  const { papers } = await publicIssue(db, cadence, period, now);
  if (papers.length === 0) return null;
  return {
    name: issueName(cadence, period),
    path: issuePath(cadence, period),
    title: plainMaths(papers[0]!.paper.title),
    papers: papers.length,
  };
}

const moment = (date: Temporal.PlainDate) => new Date(`${date.toString()}T00:00:00Z`);

/**
 * The public issue of a period (UTC): what was mailed to readers without choices of their own, or
 * where nobody was mailed, what would have been.
 */
export async function publicIssue(
  db: ModelDb,
  cadence: Cadence,
  period: string,
  now: Date,
): Promise<PublicIssue> {
  const start = periodStart(cadence, period)!;
  const end = nextPeriodStart(cadence, start);
  const open = moment(end) > now;
  const until = open ? now : moment(end);
  const frozen = await lastEditionIn(db, cadence, moment(start), moment(end));
  const fresh = (frozen?.ranked ?? []).filter(({ newAt }) => newAt > moment(start).getTime());
  const ranked = fresh.length > 0 ? fresh : await newBetween(db, moment(start), until);
  const ids = ranked.slice(0, PUBLIC_PAPERS).map(({ id }) => id);
  const [papers, upvotes] = await Promise.all([getPapers(db, ids), latestUpvotes(db, ids, now)]);
  return {
    cadence,
    period,
    open,
    words: issueWords({
      cadence,
      timezone: 'UTC',
      since: moment(start),
      // Of a period that is over, its last day.
      until: open ? now : new Date(until.getTime() - 1),
      count: papers.length,
      forYou: 0,
      among: ranked.length,
      topics: [],
      authors: [],
      hasSearches: false,
      window: '',
    }),
    papers: papers.map((paper) => ({ paper, upvotes: upvotes.get(paper.id) ?? null })),
    previous: periodOfDate(cadence, start.subtract({ days: 1 })),
    next: open ? null : periodOfDate(cadence, end),
  };
}

/** A reader's own issue, as it was sent; what was hidden since is left out. */
export async function ownIssue(db: ModelDb, content: DigestContent) {
  const parts = headedParts(content);
  const ids = parts.flatMap(({ items }) => items.map(({ paperId }) => paperId));
  const papers = new Map((await getPapers(db, ids)).map((paper) => [paper.id, paper]));
  return parts
    .map(({ heading, items }) => ({
      heading,
      papers: items.flatMap(({ paperId, why, upvotes = null }) => {
        const paper = papers.get(paperId);
        return paper ? [{ paper, why, upvotes }] : [];
      }),
    }))
    .filter(({ papers }) => papers.length > 0);
}
