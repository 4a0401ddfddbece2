import { DAY_MS } from '@/lib/calendar/days';
import type { ModelDb } from '@/lib/db/sql';
import { countByStatus } from '@/lib/digest/history-store';
import { queueState } from '@/lib/digest/queue-store';
import type { Finding } from '@/lib/doctor/finding';
import { disk } from '@/lib/doctor/machine';
import { judgeJob } from '@/lib/doctor/work';
import { countRejected } from '@/lib/ingest/rejected-store';
import { JOBS } from '@/lib/jobs/schedule';
import { jobStates } from '@/lib/jobs/store';
import { type Actor, authoriseAdmin } from '@/lib/readers/actor';
import { sourceReports } from '@/lib/sources/status/query';
import { databaseSize, deliveriesByDay, failureReasons, papersByDay } from './overview-query';

const DAYS = 30;
/** How far back the counts of digests go. */
export const DIGEST_DAYS = 7;
const REASONS = 8;
const TABLES = 8;

interface Place {
  clock: boolean;
  dataDir: string;
  backupDir: string | null;
}

export interface JobRow {
  name: string;
  everyMinutes: number;
  endedAt: Date | null;
  /** Of the last run that ended; null where it did not tell. */
  tookMs: number | null;
  isRunning: boolean;
  /** Why it failed, or how late it is; empty where it is well. */
  findings: Finding[];
}

/** Everything that the first page for admins shows. */
export async function overview(db: ModelDb, actor: Actor, place: Place, now: Date) {
  authoriseAdmin(actor, 'admin:read');
  const since = new Date(now.getTime() - (DAYS - 1) * DAY_MS);
  const week = new Date(now.getTime() - DIGEST_DAYS * DAY_MS);
  const folders = [
    { setting: 'DATA_DIR', path: place.dataDir },
    ...(place.backupDir ? [{ setting: 'BACKUP_DIR', path: place.backupDir }] : []),
  ];
  const [queue, statuses, failures, deliveries, papers, sources, states, size, rejected, room] =
    await Promise.all([
      queueState(db, now),
      countByStatus(db, week),
      failureReasons(db, week, REASONS),
      deliveriesByDay(db, since, now),
      papersByDay(db, since, now),
      sourceReports(db, now),
      jobStates(db),
      databaseSize(db, TABLES),
      countRejected(db),
      disk(folders),
    ]);
  const jobs = JOBS.map((job): JobRow => {
    const state = states.get(job.name);
    const { startedAt = null, endedAt = null } = state ?? {};
    const took = startedAt && endedAt ? endedAt.getTime() - startedAt.getTime() : -1;
    return {
      name: job.name,
      everyMinutes: job.everyMinutes,
      endedAt,
      tookMs: took >= 0 ? took : null,
      isRunning: state !== undefined && state.until > now,
      findings: judgeJob(job, state, place, now),
    };
  });
  return { queue, statuses, failures, deliveries, papers, sources, jobs, size, rejected, room };
}

export type Overview = Awaited<ReturnType<typeof overview>>;
