import type { DeliveryStatus } from '../db/generated/enums';
import { type Db, sql } from '../db/sql';

interface Amounts {
  papers: number;
  active: number;
  pending: number;
}

/** How much there is. */
export async function amounts(db: Db): Promise<Amounts> {
  const [row] = await db.$queryRaw<Amounts[]>(sql`
    select (select count(*)::int from paper where hidden_at is null) as papers,
      (select count(*)::int from subscription s join reader r on r.id = s.reader_id
        where r.status = 'active' and s.paused_until is null) as active,
      (select count(*)::int from reader where status = 'pending') as pending`);
  return row!;
}

/** Deliveries that did not end, and those that ended within a day. */
export async function deliveryCounts(
  db: Db,
  now: Date,
): Promise<{ status: DeliveryStatus; count: number }[]> {
  return db.$queryRaw(sql`
    select status, count(*)::int as count from delivery
    where status in ('planned', 'deferred', 'leased', 'transmitting')
      or ended_at > ${now}::timestamptz - interval '1 day'
    group by status`);
}
