import type { ModelDb } from '../db/sql';
import { analyzeGrown, vacuumWorn } from '../db/upkeep';
import { forgetOldMail, sendMail } from '../digest/job';
import { rankDamped, rankOutdated, rankStaleWeeks } from '../feed/rank';
import { forgetLimits } from '../http/rate-limit';
import { retagStale } from '../ingest/retag';
import { foldWords, settleIndex } from '../search/index/lexicon';
import { indexStale } from '../search/index/store';
import { enrichDue, ingestDue } from '../sources/run';

/** What a job did, as JSON for whoever called it. */
export type JobReport = Record<string, unknown>;

export interface JobContext {
  now: Date;
  /** Stop starting new work after this; what remains is for the next call. */
  budgetMs: number;
}

export interface Job {
  name: string;
  /** How often the built-in clock calls it. */
  everyMinutes: number;
  /** One at a time over all processes. A job that shares its work by itself says false. */
  exclusive: boolean;
  run(db: ModelDb, context: JobContext): Promise<JobReport>;
}

/** Everything that happens by itself, and how often. */
export const JOBS: readonly Job[] = [
  {
    name: 'digest',
    everyMinutes: 5,
    exclusive: false,
    run: async (db, context) => ({ ...(await sendMail(db, context)) }),
  },
  { name: 'ingest', everyMinutes: 15, exclusive: true, run: ingestDue },
  { name: 'enrich', everyMinutes: 60, exclusive: true, run: enrichDue },
  {
    name: 'rank',
    everyMinutes: 5,
    exclusive: true,
    run: async (db, { now, budgetMs }) => {
      const end = Date.now() + budgetMs;
      return {
        ...(await rankDamped(db, now)),
        ...(await rankOutdated(db, { now, budgetMs })),
        ...(await rankStaleWeeks(db, { now, budgetMs: end - Date.now() })),
      };
    },
  },
  {
    // Catches up after a new version or a change of the taxonomy; else there is nothing to do.
    name: 'tags',
    everyMinutes: 60,
    exclusive: true,
    run: async (db, { now, budgetMs }) => ({
      ...(await retagStale(db, { now, signal: AbortSignal.timeout(budgetMs) })),
    }),
  },
  {
    // After a new version it first indexes anew what the old one indexed by other rules.
    name: 'lexicon',
    everyMinutes: 60,
    exclusive: true,
    run: async (db, { budgetMs }) => {
      const indexed = await indexStale(db, AbortSignal.timeout(budgetMs));
      const { folded } = await foldWords(db, { onlyWhenDue: false });
      await settleIndex(db);
      return { ...indexed, folded, ...(await analyzeGrown(db)) };
    },
  },
  {
    name: 'cleanup',
    everyMinutes: 60,
    exclusive: true,
    run: async (db, { now }) => ({
      limitsForgotten: await forgetLimits(db, new Date(now.getTime() - 2 * 86_400_000)),
      ...(await forgetOldMail(db, now)),
      ...(await vacuumWorn(db)),
    }),
  },
];

export function jobByName(name: string): Job | undefined {
  return JOBS.find((job) => job.name === name);
}
