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
    insert into job_lease as l (name, owner, until) values (${name}, ${owner}, ${until})
    on conflict (name) do update set owner = ${owner}, until = ${until}
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
