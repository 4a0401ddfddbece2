import { type JsonInput, type ModelDb, sql } from '../db/sql';

/**
 * Takes the lease of a job until `until`. False where somebody else has it, or where it last ended
 * after `endedBefore` (so that several clocks do the work once).
 */
export async function takeLease(
  db: ModelDb,
  name: string,
  owner: string,
  { now, until, endedBefore }: { now: Date; until: Date; endedBefore: Date },
): Promise<boolean> {
  const rows = await db.$queryRaw<unknown[]>(sql`
    insert into job_lease as l (name, owner, until, started_at)
    values (${name}, ${owner}, ${until}, ${now})
    on conflict (name) do update set owner = ${owner}, until = ${until}, started_at = ${now}
    where l.until <= ${now} and (l.ended_at is null or l.ended_at <= ${endedBefore})
    returning name`);
  return rows.length > 0;
}

/** Gives the lease back with what the job said. Does nothing where somebody else has it by now. */
export async function endLease(
  db: ModelDb,
  name: string,
  owner: string,
  { now, outcome }: { now: Date; outcome: JsonInput },
): Promise<void> {
  await db.jobLease.updateMany({
    where: { name, owner },
    data: { until: now, endedAt: now, outcome },
  });
}

/** The same for a job that needs no lease. */
export async function recordEnd(
  db: ModelDb,
  name: string,
  { startedAt, now, outcome }: { startedAt: Date; now: Date; outcome: JsonInput },
): Promise<void> {
  await db.$executeRaw(sql`
    insert into job_lease as l (name, owner, until, started_at, ended_at, outcome)
    values (${name}, '', ${now}, ${startedAt}, ${now}, ${JSON.stringify(outcome)}::jsonb)
    on conflict (name) do update set started_at = excluded.started_at, ended_at = excluded.ended_at,
      outcome = excluded.outcome`);
}

export interface JobState {
  /** When its lease ends, or ended. */
  until: Date;
  /** Of the run under way where it is later than `endedAt`; null where no run has said so yet. */
  startedAt: Date | null;
  endedAt: Date | null;
  /** Why its last run failed; null where it did not. */
  error: string | null;
}

/** How the jobs that ever ran are, by name. */
export async function jobStates(db: ModelDb): Promise<Map<string, JobState>> {
  const leases = await db.jobLease.findMany();
  return new Map(
    leases.map(({ name, until, startedAt, endedAt, outcome }) => {
      const { error } = (outcome ?? {}) as { error?: unknown };
      const state = { until, startedAt, endedAt };
      return [name, { ...state, error: typeof error === 'string' ? error : null }];
    }),
  );
}
