import { randomUUID } from 'node:crypto';
import type { JsonInput, ModelDb } from '../db/sql';
import type { Job, JobContext, JobReport } from './schedule';
import { endLease, takeLease } from './store';

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
  if (job.exclusive || ifDue) {
    const taken = await takeLease(db, job.name, owner, {
      now,
      until: new Date(now.getTime() + (job.exclusive ? budgetMs + LEASE_SLACK_MS : 0)),
      endedBefore: ifDue ? new Date(now.getTime() - cadenceMs) : now,
    });
    if (!taken) return { skipped: ifDue ? 'not due, or already running' : 'already running' };
  }
  const started = Date.now();
  const end = (outcome: JobReport) =>
    endLease(db, job.name, owner, {
      now: new Date(now.getTime() + Date.now() - started),
      outcome: outcome as JsonInput,
    });
  try {
    const report = await job.run(db, { now, budgetMs });
    await end(report);
    return report;
  } catch (error) {
    await end({ error: error instanceof Error ? error.message : String(error) });
    throw error;
  }
}
