import type { SuppressionReason } from '@/lib/db/generated/enums';
import { type Db, sql } from '@/lib/db/sql';

/** Addresses that are never written to. */

export async function isSuppressed(db: Db, addressHash: string): Promise<boolean> {
  const rows = await db.$queryRaw<unknown[]>(
    sql`select 1 from suppression where address_hash = ${addressHash}`,
  );
  return rows.length > 0;
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
    select address_hash, ${reason}::suppression_reason, ${note}, ${now} from ended
    on conflict do nothing`);
}
