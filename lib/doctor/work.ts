import { HOUR_MS } from '../calendar/days';
import type { ModelDb } from '../db/sql';
import { queueState } from '../digest/queue-store';
import { JOBS, type Job } from '../jobs/schedule';
import { type JobState, jobStates } from '../jobs/store';
import { duration } from '../sources/status/describe';
import { type SourceReport, sourceReports } from '../sources/status/query';
import { type Finding, ok, problem, warning } from './finding';

/** Two calls may be missed (a restart, a run that was long): the third is no accident. */
const MISSED_CALLS = 3;
const SLACK_MS = 5 * 60_000;

/** Whether everything that should happen by itself does. */
export async function jobs(db: ModelDb, settings: Clock, now: Date): Promise<Finding[]> {
  const states = await jobStates(db);
  if (states.size === 0) {
    return [warning('no job has run yet', howToRun(settings))];
  }
  const found = JOBS.flatMap((job) => judgeJob(job, states.get(job.name), settings, now));
  return found.length > 0 ? found : [ok(`all ${JOBS.length} run as they should`)];
}

interface Clock {
  clock: boolean;
}

function howToRun({ clock }: Clock): string {
  return clock
    ? 'Is the server running (npm start)?'
    : 'CLOCK is off: something must call /api/cron (npm run cli -- setup prints a crontab).';
}

export function judgeJob(
  job: Job,
  state: JobState | undefined,
  settings: Clock,
  now: Date,
): Finding[] {
  const endedAt = state?.endedAt ?? null;
  if (state?.error) {
    return [problem(`${job.name} failed: ${state.error}`, 'It is tried again at its next turn.')];
  }
  if (state && state.until > now) return [];
  const patience = job.everyMinutes * 60_000 * MISSED_CALLS + SLACK_MS;
  // One that is new to this installation comes with its first turn.
  if (endedAt === null || now.getTime() - endedAt.getTime() < patience) return [];
  const age = duration(now.getTime() - endedAt.getTime());
  const cadence = duration(job.everyMinutes * 60_000);
  return [
    problem(`${job.name} last ran ${age} ago; it should every ${cadence}`, howToRun(settings)),
  ];
}

export async function sources(db: ModelDb, now: Date): Promise<Finding[]> {
  return judgeSources(await sourceReports(db, now));
}

export function judgeSources(reports: readonly SourceReport[]): Finding[] {
  const on = reports.filter((report) => report.on);
  if (on.length === 0) return [ok('none is on: npm run cli -- sources on')];
  return on.map(({ name, mood, words }) => {
    const says = `${name}: ${words}`;
    if (mood === 'failing') return problem(says, `Try it: npm run cli -- sources run ${name}`);
    return mood === 'late' ? warning(says, 'See /status and the jobs above.') : ok(says);
  });
}

/** By then a digest that could leave has waited for too many runs of the job. */
const OVERDUE_MS = HOUR_MS;

/** Digests that should have left, and domains that take none now. */
export async function deliveries(db: ModelDb, now: Date): Promise<Finding[]> {
  const { ready, waiting, oldestReadyAt, pausedDomains } = await queueState(db, now);
  const found = pausedDomains.map(({ domain, until, reason }) => {
    const why = reason ?? 'no reason given';
    const time = until.toISOString();
    return domain === '*'
      ? problem(`all mail is paused until ${time}: ${why}`, 'Ask the mail service; then wait.')
      : warning(
          `no mail to ${domain} until ${time}: ${why}`,
          'It goes on by itself. If it comes again, ask their postmaster; see MAIL_PER_DOMAIN.',
        );
  });
  if (oldestReadyAt && now.getTime() - oldestReadyAt.getTime() > OVERDUE_MS) {
    const age = duration(now.getTime() - oldestReadyAt.getTime());
    found.push(
      problem(
        `${ready} digests could leave, the oldest for ${age}`,
        'npm run cli -- digest sends them now and says what is wrong.',
      ),
    );
  }
  return found.length > 0 ? found : [ok(`none overdue, ${waiting} waiting for another try`)];
}
