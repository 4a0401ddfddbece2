import { type Db, sql } from '@/lib/db/sql';
import type { Cadence } from '@/lib/subscribers/preferences';
import { plan, staleAt } from '../subscribers/timetable';
import { entry } from './store';

/** The queue as a whole: what comes into it, what leaves it unsent, and how it stands. */

const PLAN_BATCH = 10_000;
/** From so many new deliveries on, the database is told that there are so many. */
const ANALYZE_FROM = 1_000;
/** Distinct timetables worked out at once. */
const PLAN_GROUPS = 1_000;

interface DueGroup {
  cadence: Cadence;
  weekday: number;
  monthday: number;
  hour: number;
  timezone: string;
  next_run_at: Date;
}

/**
 * Turns every subscription of an active reader that is due into a delivery and moves it to its next run, both in one
 * statement a batch. Subscriptions share timetables, so the calendar is asked once a timetable.
 * Several planners may run at once. Gives the number of deliveries made.
 */
export async function planDue(db: Db, now: Date): Promise<number> {
  let planned = 0;
  for (;;) {
    const due = await db.$queryRaw<DueGroup[]>(sql`
      select cadence, weekday, monthday, hour, timezone, next_run_at
      from subscription s join reader r on r.id = s.reader_id
      where r.status = 'active' and s.next_run_at <= ${now}
      group by 1, 2, 3, 4, 5, 6 order by 6 limit ${PLAN_GROUPS}`);
    if (due.length === 0) break;
    const groups = due.map((group) => {
      const { period, nextRunAt } = plan(group, group.next_run_at, now);
      return { ...group, period, next: nextRunAt, stale_at: staleAt(group.cadence, now) };
    });
    const [done] = await db.$queryRaw<{ made: number; moved: number }[]>(sql`
      with due as (
        select s.id, s.cadence, r.email, g.period, g.next, g.stale_at
        from subscription s join reader r on r.id = s.reader_id
        join jsonb_to_recordset(${JSON.stringify(groups)}::jsonb) as g(
          cadence cadence, weekday smallint, monthday smallint, hour smallint, timezone text,
          next_run_at timestamptz, period text, next timestamptz, stale_at timestamptz)
        using (cadence, weekday, monthday, hour, timezone, next_run_at)
        where r.status = 'active' and s.next_run_at <= ${now}
        limit ${PLAN_BATCH}
        for update of s skip locked
      ), made as (
        insert into delivery (subscription_id, cadence, local_period, domain, not_before, stale_at,
          planned_at, log)
        select id, cadence, period, lower(split_part(email, '@', 2)), ${now}, stale_at, ${now},
          ${entry(now, 'planned', 'due')}
        from due
        on conflict do nothing
        returning 1
      ), moved as (
        update subscription s set next_run_at = due.next, paused_until = null
        from due where s.id = due.id
        returning 1
      )
      select (select count(*)::int from made) as made, (select count(*)::int from moved) as moved`);
    planned += done!.made;
    // What is locked is being planned by somebody else.
    if (done!.moved === 0) break;
  }
  // Else claims would sort the whole queue, as if it were short, in place of walking along its index.
  if (planned >= ANALYZE_FROM) await db.$executeRaw(sql`analyze delivery`);
  return planned;
}

/**
 * Puts leases that ran out back into order and gives up what is old news: a message that may have
 * left becomes `uncertain`, one that cannot have left is planned again.
 */
export async function sweep(db: Db, now: Date, resendUncertain: boolean): Promise<void> {
  const next = resendUncertain ? 'it is sent again' : 'so it is not sent again';
  const lost = `the worker that was sending it stopped; it may have arrived, ${next}`;
  await db.$executeRaw(sql`
    update delivery set status = ${resendUncertain ? 'planned' : 'uncertain'}::delivery_status, reason = ${lost},
      ended_at = ${resendUncertain ? null : now}, lease_owner = null, lease_until = null,
      log = log || ${entry(now, 'uncertain', lost)}
    where status = 'transmitting' and lease_until < ${now}`);
  await db.$executeRaw(sql`
    with back as (
      update delivery set status = 'planned', lease_owner = null, lease_until = null,
        log = log || ${entry(now, 'planned', 'the worker that held it stopped before sending')}
      where status = 'leased' and lease_until < ${now}
      returning id
    )
    delete from mailed_paper m using back where m.delivery_id = back.id`);
  await db.$executeRaw(sql`
    with gone as (
      update delivery set status = 'failed', ended_at = ${now},
        reason = 'given up as old news' || coalesce('; last answer: ' || smtp_text, ''),
        log = log || ${entry(now, 'failed', 'given up as old news')}
      where status in ('planned', 'deferred') and stale_at <= ${now}
      returning id
    )
    delete from mailed_paper m using gone where m.delivery_id = gone.id`);
}

export interface QueueState {
  /** Deliveries that could be claimed now. */
  ready: number;
  /** Since when the first of these could have been. */
  oldestReadyAt: Date | null;
  /** Waiting for a retry, a throttle or a paused domain. */
  waiting: number;
  inFlight: number;
  active: number;
  pending: number;
  nextRunAt: Date | null;
  pausedDomains: { domain: string; until: Date; reason: string | null }[];
}

/** How the queue stands, for reports. */
export async function queueState(db: Db, now: Date): Promise<QueueState> {
  const [row] = await db.$queryRaw<Omit<QueueState, 'pausedDomains'>[]>(sql`
    select
      (select count(*)::int from delivery where status in ('planned', 'deferred')
        and not_before <= ${now}) as ready,
      (select min(not_before) from delivery where status in ('planned', 'deferred')
        and not_before <= ${now}) as "oldestReadyAt",
      (select count(*)::int from delivery where status in ('planned', 'deferred')
        and not_before > ${now}) as waiting,
      (select count(*)::int from delivery where status in ('leased', 'transmitting')) as "inFlight",
      (select count(*)::int from subscription s join reader r on r.id = s.reader_id
        where r.status = 'active' and s.paused_until is null) as active,
      (select count(*)::int from reader where status = 'pending') as pending,
      (select min(next_run_at) from subscription) as "nextRunAt"`);
  const pausedDomains = await db.$queryRaw<QueueState['pausedDomains']>(sql`
    select domain, paused_until as until, reason from mail_domain where paused_until > ${now}
    order by paused_until`);
  return { ...row!, pausedDomains };
}
