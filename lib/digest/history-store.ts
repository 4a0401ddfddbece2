import { type ModelDb, sql } from '@/lib/db/sql';
import type { Timetable } from '@/lib/subscribers/preferences';
import type { StoryEntry } from './store';

/** What the operator looks up: who is due, how deliveries stand, what became of each. */

export interface DueReader extends Timetable {
  id: number;
  nextRunAt: Date;
}

export async function dueReaders(
  db: ModelDb,
  now: Date,
  limit: number,
): Promise<{ total: number; due: DueReader[] }> {
  const where = { status: { in: ['active', 'paused'] }, nextRunAt: { lte: now } };
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
  return { total: await db.subscription.count({ where }), due: due as DueReader[] };
}

export async function countByStatus(
  db: ModelDb,
  since: Date,
): Promise<{ status: string; count: number }[]> {
  return db.$queryRaw(sql`
    select status, count(*)::int as count from delivery where planned_at >= ${since}
    group by status order by count desc, status`);
}

export interface DeliveryStory {
  id: number;
  email: string;
  cadence: string;
  localPeriod: string;
  status: string;
  reason: string | null;
  papers: number;
  story: StoryEntry[];
}

/** The latest deliveries to one address, newest first, with all that happened to them. */
export async function storiesOf(
  db: ModelDb,
  emailKey: string,
  limit: number,
): Promise<DeliveryStory[]> {
  return db.$queryRaw(sql`
    select d.id, s.email, d.cadence, d.local_period as "localPeriod", d.status, d.reason,
      cardinality(d.paper_ids) as papers, d.story
    from delivery d join subscription s on s.id = d.subscription_id
    where s.email_key = ${emailKey} order by d.id desc limit ${limit}`);
}

/** Deliveries that did not go well lately, newest first. */
export async function troubles(db: ModelDb, since: Date, limit: number): Promise<DeliveryStory[]> {
  return db.$queryRaw(sql`
    select d.id, s.email, d.cadence, d.local_period as "localPeriod", d.status, d.reason,
      cardinality(d.paper_ids) as papers, d.story
    from delivery d join subscription s on s.id = d.subscription_id
    where d.planned_at >= ${since} and d.status in ('deferred', 'failed', 'uncertain')
    order by d.id desc limit ${limit}`);
}
