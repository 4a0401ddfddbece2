import type { SuppressionReason } from '@/lib/db/generated/enums';
import { type Db, sql } from '@/lib/db/sql';

/** Addresses that are never written to. */

/** Which of the hashes are suppressed. */
export async function suppressedAmong(db: Db, hashes: readonly string[]): Promise<Set<string>> {
  const rows = await db.$queryRaw<{ hash: string }[]>(sql`
    select address_hash as hash from suppression
    where address_hash = any(${[...hashes]}::text[]) and lifted_at is null`);
  return new Set(rows.map(({ hash }) => hash));
}

/** @param hashes of one address: `addressHashes` */
export async function isSuppressed(db: Db, hashes: readonly string[]): Promise<boolean> {
  return (await suppressedAmong(db, hashes)).size > 0;
}

/** Suppresses a hash anew where the operator had lifted it. Goes on from a `select`. */
const AGAIN = sql`on conflict (address_hash) do update
  set reason = excluded.reason, note = excluded.note, at = excluded.at, lifted_at = null,
    lifted_why = null
  where suppression.lifted_at is not null`;

/** What remains of a reader who is erased. */
export async function suppressErased(db: Db, readerId: number, now: Date): Promise<void> {
  await db.$executeRaw(sql`
    insert into suppression (address_hash, reason, at)
    select address_hash, 'erased', ${now} from reader where id = ${readerId} ${AGAIN}`);
}

/**
 * The operator lets mail go to an address again, and says why. Gives the reason for which it was
 * suppressed; null where it was not.
 */
export async function liftSuppression(
  db: Db,
  hashes: readonly string[],
  why: string,
  now: Date,
): Promise<SuppressionReason | null> {
  const rows = await db.$queryRaw<{ reason: SuppressionReason }[]>(sql`
    update suppression set lifted_at = ${now}, lifted_why = ${why}
    where address_hash = any(${[...hashes]}::text[]) and lifted_at is null returning reason`);
  return rows[0]?.reason ?? null;
}

/** Never writes to a reader's address again: it does not exist, or its owner called us spam. */
export async function suppressReader(
  db: Db,
  readerId: number,
  note: string,
  now: Date,
  reason: SuppressionReason = 'hard_bounce',
): Promise<void> {
  await db.$executeRaw(sql`
    with ended as (
      update reader set status = 'suppressed', ended_at = ${now}
      where id = ${readerId} and status <> 'suppressed'
      returning id, address_hash
    ), undue as (
      update subscription s set next_run_at = null, paused_until = null
      from ended where s.reader_id = ended.id
    ), consent as (
      insert into consent_event (reader_id, kind, at, wording)
      select id, 'suppressed', ${now}, ${note} from ended
    )
    insert into suppression (address_hash, reason, note, at)
    select address_hash, ${reason}::suppression_reason, ${note}, ${now} from ended ${AGAIN}`);
}
