import { createHash } from 'node:crypto';
import type { SourceRunOutcome } from '@/lib/db/generated/enums';
import { JsonRows } from '@/lib/db/json-rows';
import { type Db, type JsonInput, type ModelDb, sql } from '@/lib/db/sql';
import { allStorable, storable } from '@/lib/db/storable';

/** Runs, rejected records and cursors: what is remembered about reading, beside the papers themselves. */

export interface RunCounts {
  read: number;
  new: number;
  updated: number;
  unchanged: number;
  rejected: number;
}

export type RunOutcome = Exclude<SourceRunOutcome, 'running'>;

export async function startRun(
  db: Db,
  { source, input, now }: { source: string; input: string | null; now: Date },
): Promise<number> {
  const [run] = await db.$queryRaw<[{ id: number }]>(sql`
    insert into source_run (source, input, started_at, active_at, outcome)
    values (${source}, ${input}, ${now}, ${now}, 'running') returning id`);
  return run.id;
}

export async function noteProgress(db: Db, runId: number, counts: RunCounts, now: Date) {
  await db.$executeRaw(sql`
    update source_run set counts = ${JSON.stringify(counts)}::jsonb, active_at = ${now}
    where id = ${runId}`);
}

export async function endRun(
  db: Db,
  runId: number,
  {
    outcome,
    counts,
    message,
    now,
  }: { outcome: RunOutcome; counts: RunCounts; message: string | null; now: Date },
): Promise<void> {
  await db.$executeRaw(sql`
    update source_run set outcome = ${outcome}, counts = ${JSON.stringify(counts)}::jsonb,
      message = ${message && storable(message)}, active_at = ${now}, ended_at = ${now}
    where id = ${runId}`);
}

/** The format of a rejection whose `raw` is a `PaperRecord` as JSON. */
export const RECORD = 'record';

/** The format of a rejection of which only the beginning was kept: nothing reads it again. */
export const BEGINNING = 'beginning';

export interface Rejection {
  /** The reader that can read `raw` again; `RECORD` and `BEGINNING` have none. */
  format: string;
  input: string | null;
  place: string;
  reason: string;
  raw: string;
}

/** The latest are kept; beyond that a broken source would fill the disk. */
const MOST_REJECTED = 10_000;

export async function keepRejected(
  db: Db,
  rejections: readonly Rejection[],
  now: Date,
): Promise<void> {
  const rows = rejections
    .filter(({ raw }) => raw.trim() !== '')
    .map(allStorable)
    .map((rejection) => ({
      ...rejection,
      fingerprint: createHash('sha256')
        .update(`${rejection.format}\n${rejection.raw}`)
        .digest('hex'),
    }));
  if (rows.length === 0) return;
  const distinct = [...new Map(rows.map((row) => [row.fingerprint, row])).values()];
  await db.$executeRaw(sql`
    insert into rejected_record (fingerprint, format, input, place, reason, raw, seen_at)
    select r.fingerprint, r.format, r.input, r.place, r.reason, r.raw, ${now}
    from json_to_recordset(${new JsonRows(distinct).parameter()}::json)
      as r(fingerprint text, format text, input text, place text, reason text, raw text)
    on conflict (fingerprint) do update set input = excluded.input, place = excluded.place,
      reason = excluded.reason, seen_at = excluded.seen_at`);
  await db.$executeRaw(sql`
    delete from rejected_record where id <= (
      select id from rejected_record order by id desc offset ${MOST_REJECTED} limit 1)`);
}

export async function importCursor(db: Db, inputKey: string): Promise<number> {
  const rows = await db.$queryRaw<{ items: number }[]>(sql`
    select items from import_cursor where input_key = ${inputKey}`);
  return rows[0]?.items ?? 0;
}

export async function setImportCursor(db: Db, inputKey: string, items: number, now: Date) {
  await db.$executeRaw(sql`
    insert into import_cursor (input_key, items, at) values (${inputKey}, ${items}, ${now})
    on conflict (input_key) do update set items = excluded.items, at = excluded.at`);
}

export async function clearImportCursor(db: Db, inputKey: string): Promise<void> {
  await db.$executeRaw(sql`delete from import_cursor where input_key = ${inputKey}`);
}

export interface SourceStateRow {
  name: string;
  enabled: boolean;
  cursor: unknown;
  dueAt: Date | null;
  succeededAt: Date | null;
  newsAt: Date | null;
  failures: number;
  problem: string | null;
}

export async function sourceStates(db: ModelDb): Promise<Map<string, SourceStateRow>> {
  const rows = await db.sourceState.findMany();
  return new Map(rows.map((row) => [row.name, row]));
}

/** Switched on, a source is due at once. */
export async function enableSource(db: ModelDb, name: string, enabled: boolean): Promise<void> {
  await db.sourceState.upsert({
    where: { name },
    create: { name, enabled },
    update: { enabled, dueAt: null, failures: 0, problem: null },
  });
}

export async function updateSource(
  db: ModelDb,
  name: string,
  change: Partial<Omit<SourceStateRow, 'name' | 'cursor'>> & { cursor?: JsonInput },
): Promise<void> {
  await db.sourceState.upsert({ where: { name }, create: { name, ...change }, update: change });
}
