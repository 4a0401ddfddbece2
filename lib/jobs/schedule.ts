import { DAY_MS, HOUR_MS } from '@/lib/calendar/days';
import type { ModelDb } from '../db/sql';
import { analyzeGrown, vacuumWorn } from '../db/upkeep';
import { forgetOldMail, sendMail } from '../digest/job';
import { forgetEndedWalks, rankOutdated } from '../feed/rank';
import { forgetLimits } from '../http/rate-limit';
import { retagStale } from '../ingest/retag';
import { countStale } from '../readers/interest-signals';
import { forgetSessions } from '../readers/session-store';
import { forgetSignIns } from '../readers/sign-in-store';
import { mergeLexicon } from '../search/index/lexicon-changes';
import { flushPendingList, indexStale } from '../search/index/store';
import { renewVectors } from '../search/vectors/renew';
import { findRisingWhereDue } from './find-rising';
import { scheduledBackup } from './scheduled-backup';
import { enrichPapers, pollSources } from './sources';

/** What a job did, as JSON for whoever called it. */
export type JobReport = Record<string, unknown>;

export interface JobContext {
  now: Date;
  /** Stop starting new work after this; what remains is for the next call. */
  budgetMs: number;
}

export interface Job {
  name: string;
  /** A divisor of 60. */
  everyMinutes: number;
  /** Its first minute of the hour, so that not all jobs begin at once. */
  fromMinute: number;
  /** One at a time over all processes. A job that shares its work by itself says false. */
  exclusive: boolean;
  /** How long it may hold its lease, where that is not told by the budget. */
  longestMs?: number;
  run(db: ModelDb, context: JobContext): Promise<JobReport>;
}

/**
 * Everything that happens by itself, and how often: for the built-in clock, and for the schedules that
 * `vercel.json` and the README's crontab repeat (a test compares them).
 */
export const JOBS: readonly Job[] = [
  {
    name: 'digest',
    everyMinutes: 5,
    fromMinute: 0,
    exclusive: false,
    run: async (db, context) => ({ ...(await sendMail(db, context)) }),
  },
  { name: 'ingest', everyMinutes: 15, fromMinute: 7, exclusive: true, run: pollSources },
  { name: 'enrich', everyMinutes: 60, fromMinute: 45, exclusive: true, run: enrichPapers },
  {
    name: 'rank',
    everyMinutes: 5,
    fromMinute: 2,
    exclusive: true,
    run: async (db, { now, budgetMs }) => ({
      ...(await rankOutdated(db, { now, budgetMs })),
      ...(await countStale(db, now)),
      ...(await forgetEndedWalks(db, now)),
    }),
  },
  {
    // Catches up after a new version or a change of the taxonomy; else there is nothing to do.
    name: 'tags',
    everyMinutes: 60,
    fromMinute: 40,
    exclusive: true,
    run: async (db, { now, budgetMs }) => ({
      ...(await retagStale(db, { now, signal: AbortSignal.timeout(budgetMs) })),
    }),
  },
  {
    // After a new version it first indexes anew what the old one indexed by other rules.
    name: 'lexicon',
    everyMinutes: 60,
    fromMinute: 35,
    exclusive: true,
    run: async (db, { budgetMs }) => {
      const indexed = await indexStale(db, AbortSignal.timeout(budgetMs));
      const { merged } = await mergeLexicon(db, { onlyWhenDue: false });
      await flushPendingList(db);
      return { ...indexed, merged, ...(await analyzeGrown(db)) };
    },
  },
  {
    name: 'vectors',
    everyMinutes: 60,
    fromMinute: 55,
    exclusive: true,
    run: async (db, { budgetMs }) => ({
      ...(await renewVectors(db, AbortSignal.timeout(budgetMs))),
    }),
  },
  {
    // Once a day by itself, and sooner where many papers came: it reads those of a year.
    name: 'rising',
    everyMinutes: 60,
    fromMinute: 50,
    exclusive: true,
    run: findRisingWhereDue,
  },
  {
    name: 'cleanup',
    everyMinutes: 60,
    fromMinute: 25,
    exclusive: true,
    run: async (db, { now }) => ({
      limitsForgotten: await forgetLimits(db, new Date(now.getTime() - 2 * DAY_MS)),
      ...(await forgetOldMail(db, now)),
      sessionsForgotten: await forgetSessions(db, now),
      signInsForgotten: await forgetSignIns(db, new Date(now.getTime() - DAY_MS)),
      ...(await vacuumWorn(db)),
    }),
  },
  {
    // Once a day; asked every hour, so that one that failed is tried again.
    name: 'backup',
    everyMinutes: 60,
    fromMinute: 15,
    exclusive: true,
    longestMs: 6 * HOUR_MS,
    run: (_db, { now }) => scheduledBackup(now),
  },
];

/** As a crontab writes it: `2-59/5 * * * *`. */
export function cronExpression({ everyMinutes, fromMinute }: Job): string {
  if (everyMinutes === 60) return `${fromMinute} * * * *`;
  return `${fromMinute === 0 ? '*' : `${fromMinute}-59`}/${everyMinutes} * * * *`;
}

export function jobByName(name: string): Job | undefined {
  return JOBS.find((job) => job.name === name);
}
