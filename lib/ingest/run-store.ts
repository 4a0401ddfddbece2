import { type Db, sql } from '@/lib/db/sql';
import { storable } from '@/lib/db/storable';

/** Runs of ingest, one row each: what the status page shows. */

export interface RunCounts {
  read: number;
  new: number;
  updated: number;
  unchanged: number;
  rejected: number;
}

export async function startRun(
  db: Db,
  { source, input, now }: { source: string; input: string | null; now: Date },
): Promise<number> {
  const [run] = await db.$queryRaw<[{ id: number }]>(sql`
    insert into source_run (source, input, started_at, active_at, outcome)
    values (${source}, ${input}, ${now}, ${now}, 'running') returning id`);
  return run.id;
}

export async function noteProgress(
  db: Db,
  runId: number,
  counts: RunCounts,
  now: Date,
): Promise<void> {
  await db.$executeRaw(sql`
    update source_run set counts = ${JSON.stringify(counts)}::jsonb, active_at = ${now}
    where id = ${runId}`);
}

interface RunEnd {
  outcome: 'done' | 'failed' | 'interrupted';
  counts: RunCounts;
  message: string | null;
  now: Date;
}

export async function endRun(
  db: Db,
  runId: number,
  { outcome, counts, message, now }: RunEnd,
): Promise<void> {
  await db.$executeRaw(sql`
    update source_run set outcome = ${outcome}, counts = ${JSON.stringify(counts)}::jsonb,
      message = ${message && storable(message)}, active_at = ${now}, ended_at = ${now}
    where id = ${runId}`);
}
