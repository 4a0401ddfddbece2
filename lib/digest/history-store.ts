import type { DeliveryStatus } from '@/lib/db/generated/enums';
import { type ModelDb, sql } from '@/lib/db/sql';
import type { Cadence, Timetable } from '@/lib/subscribers/preferences';
import type { DeliveryLogEntry } from './store';

/** What the operator looks up: who is due, how deliveries stand, what became of each. */

export interface DueSubscription extends Timetable {
  id: number;
  nextRunAt: Date;
}

export async function dueSubscriptions(
  db: ModelDb,
  now: Date,
  limit: number,
): Promise<{ total: number; due: DueSubscription[] }> {
  const where = { reader: { status: 'active' as const }, nextRunAt: { lte: now } };
  const due = await db.subscription.findMany({
    where,
    orderBy: [{ nextRunAt: 'asc' }, { id: 'asc' }],
    take: limit,
    select: {
      id: true,
      cadence: true,
      weekday: true,
      monthday: true,
      hour: true,
      timezone: true,
      nextRunAt: true,
    },
  });
  return { total: await db.subscription.count({ where }), due: due as DueSubscription[] };
}

export async function countByStatus(
  db: ModelDb,
  since: Date,
): Promise<{ status: DeliveryStatus; count: number }[]> {
  return db.$queryRaw(sql`
    select status, count(*)::int as count from delivery where planned_at >= ${since}
    group by status order by count desc, status`);
}

export interface DeliveryHistory {
  id: number;
  email: string;
  cadence: Cadence;
  localPeriod: string;
  status: DeliveryStatus;
  reason: string | null;
  papers: number;
  log: DeliveryLogEntry[];
}

const HISTORY = sql`d.id, r.email, d.cadence, d.local_period as "localPeriod", d.status, d.reason,
  cardinality(d.paper_ids) as papers, d.log
  from delivery d join subscription s on s.id = d.subscription_id join reader r on r.id = s.reader_id`;

/** The latest deliveries to one address, newest first, with all that happened to them. */
export async function historyOf(
  db: ModelDb,
  emailKey: string,
  limit: number,
): Promise<DeliveryHistory[]> {
  return db.$queryRaw(sql`
    select ${HISTORY} where r.email_key = ${emailKey} order by d.id desc limit ${limit}`);
}

/** Deliveries that did not go well lately, newest first. */
export function troubles(db: ModelDb, since: Date, limit: number): Promise<DeliveryHistory[]> {
  return latestWith(db, ['deferred', 'failed', 'uncertain'], since, limit);
}

/** Digests that waited for more papers lately, or had none, newest first. */
export function waits(db: ModelDb, since: Date, limit: number): Promise<DeliveryHistory[]> {
  return latestWith(db, ['skipped'], since, limit);
}

async function latestWith(
  db: ModelDb,
  statuses: DeliveryStatus[],
  since: Date,
  limit: number,
): Promise<DeliveryHistory[]> {
  return db.$queryRaw(sql`
    select ${HISTORY}
    where d.planned_at >= ${since} and d.status::text = any(${statuses}::text[])
    order by d.id desc limit ${limit}`);
}
