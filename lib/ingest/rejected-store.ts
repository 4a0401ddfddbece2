import { createHash } from 'node:crypto';
import { JsonRows } from '@/lib/db/json-rows';
import { type Db, type ModelDb, sql } from '@/lib/db/sql';
import { allStorable } from '@/lib/db/storable';

/** Records that could not be stored, kept with the reason until they can be. */

/** The format of a rejected record whose `raw` is a `PaperRecord` as JSON. */
export const RECORD = 'record';

/** The format of a rejected record of which only the beginning was kept: nothing reads it again. */
export const BEGINNING = 'beginning';

export interface Rejection {
  /** The reader that can read `raw` again; `RECORD` and `BEGINNING` have none. */
  format: string;
  input: string | null;
  place: string;
  reason: string;
  raw: string;
}

export interface RejectedRecord extends Rejection {
  id: number;
  seenAt: Date;
}

/** The latest are kept; without a limit a broken source would fill the disk. */
const MOST_KEPT = 10_000;

/** Keeps each record once, however often it was rejected: the latest place and reason count. */
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
      select id from rejected_record order by id desc offset ${MOST_KEPT} limit 1)`);
}

/** The latest first. */
export async function latestRejected(db: ModelDb, limit: number): Promise<RejectedRecord[]> {
  return db.rejectedRecord.findMany({ orderBy: { id: 'desc' }, take: limit });
}

/** The next ones with ids above `after` and up to `upTo`, in the order of ids. */
export async function rejectedAfter(
  db: ModelDb,
  { after, upTo, limit }: { after: number; upTo: number; limit: number },
): Promise<RejectedRecord[]> {
  return db.rejectedRecord.findMany({
    where: { id: { gt: after, lte: upTo } },
    orderBy: { id: 'asc' },
    take: limit,
  });
}

export async function rejectedById(db: ModelDb, id: number): Promise<RejectedRecord | null> {
  return db.rejectedRecord.findUnique({ where: { id } });
}

export async function countRejected(db: ModelDb): Promise<number> {
  return db.rejectedRecord.count();
}

/** Those with ids up to `upTo` that nothing has rejected again since `seenBefore`. */
export async function removeRejected(db: Db, upTo: number, seenBefore: Date): Promise<void> {
  await db.$executeRaw(sql`
    delete from rejected_record where id <= ${upTo} and seen_at < ${seenBefore}`);
}

/** Gives how many there were. */
export async function clearRejected(db: ModelDb): Promise<number> {
  return (await db.rejectedRecord.deleteMany()).count;
}
