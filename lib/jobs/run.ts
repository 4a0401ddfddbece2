import { randomUUID } from 'node:crypto';
import type { JsonInput, ModelDb } from '../db/sql';
import type { Job, JobContext, JobReport } from './schedule';
import { endLease, recordEnd, takeLease } from './store';

/** How much longer than its budget a job may hold its lease before it counts as dead. */
const LEASE_SLACK_MS = 120_000;

/**
 * Runs a job now, unless it is exclusive and runs elsewhere. With `ifDue`, as clocks call, also
 * unless any process ran it within its cadence. The report says where it did not run.
 */
export async function runJob(
  db: ModelDb,
  job: Job,
  { now, budgetMs, ifDue }: JobContext & { ifDue: boolean },
): Promise<JobReport> {
  const owner = randomUUID();
  // A little less than the cadence: clocks do not tick to the millisecond.
  const cadenceMs = job.everyMinutes * 60_000 * 0.9;
  const longestMs = job.longestMs ?? budgetMs + LEASE_SLACK_MS;
  const hasLease = job.exclusive || ifDue;
  if (hasLease) {
    const taken = await takeLease(db, job.name, owner, {
      now,
      until: new Date(now.getTime() + (job.exclusive ? longestMs : 0)),
      endedBefore: ifDue ? new Date(now.getTime() - cadenceMs) : now,
    });
    if (!taken) return { skipped: ifDue ? 'not due, or already running' : 'already running' };
  }
  const started = Date.now();
  const end = (report: JobReport) => {
    const ended = {
      now: new Date(now.getTime() + Date.now() - started),
      outcome: report as JsonInput,
    };
    return hasLease
      ? endLease(db, job.name, owner, ended)
      : recordEnd(db, job.name, { ...ended, startedAt: now });
  };
  try {
    const report = await job.run(db, { now, budgetMs });
    await end(report);
    return report;
  } catch (error) {
    await end({ error: error instanceof Error ? error.message : String(error) });
    throw error;
  }
}
