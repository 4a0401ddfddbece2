import type { DeliveryStatus, ReaderStatus, SuppressionReason } from '@/lib/db/generated/enums';
import { type ModelDb, sql } from '@/lib/db/sql';
import type { Cadence } from '@/lib/subscribers/preferences';
import type { DigestContent } from './select';

/**
 * The queue of digests, whose states README.md draws. Every change after a claim names the lease's owner
 * and attempt: a worker that lost its lease changes nothing.
 */

/** Which lease it is. */
export interface Lease {
  id: number;
  attempt: number;
}

export interface ClaimedDelivery extends Lease {
  /** Random: what links and headers name. */
  key: string;
  subscriptionId: number;
  cadence: Cadence;
  localPeriod: string;
  domain: string;
  refusals: number;
  staleAt: Date;
  /** Null until the first attempt has composed it. */
  content: DigestContent | null;
}

/** What is added to a delivery's log. */
export const entry = (now: Date, status: DeliveryStatus, note: string) =>
  sql`jsonb_build_array(jsonb_build_object('at', ${now.toISOString()}::text, 'status', ${status}::text, 'note', ${note}::text))`;

/**
 * Of a delivery `d` that is found by its id. A `case`, so that it cannot be proven to fit an index of
 * the leased ones: while a run is going on, nearly all that such an index holds is dead.
 */
const LEASED = sql`case d.status when 'leased' then true else false end`;
const UNDER_WAY = sql`case when d.status in ('leased', 'transmitting') then true else false end`;

/**
 * Leases up to `limit` deliveries until `until`, oldest first, leaving out paused domains. A reader
 * with two digests due (of two subscriptions, or of a changed cadence) gets them one after the other,
 * so that the second knows what was in the first.
 */
export async function claim(
  db: ModelDb,
  owner: string,
  limit: number,
  now: Date,
  until: Date,
): Promise<ClaimedDelivery[]> {
  return db.$queryRaw<ClaimedDelivery[]>(sql`
    update delivery d set status = 'leased', lease_owner = ${owner}, lease_until = ${until},
      attempt = d.attempt + 1, reason = null
    from (
      select q.id from delivery q
      where q.status in ('planned', 'deferred') and q.not_before <= ${now}
        and not exists (select 1 from mail_domain m
          where m.domain = q.domain and m.paused_until > ${now})
        and not exists (select 1 from subscription s join subscription t on t.reader_id = s.reader_id
            join delivery o on o.subscription_id = t.id
          where s.id = q.subscription_id and o.id <> q.id
            and case when o.status in ('leased', 'transmitting') then true
              when o.status in ('planned', 'deferred') then o.not_before <= ${now} and o.id < q.id
              else false end)
      order by q.not_before, q.id limit ${limit}
      for update of q skip locked
    ) c
    where d.id = c.id
    returning d.id, d.key, d.attempt, d.subscription_id as "subscriptionId", d.cadence,
      d.local_period as "localPeriod", d.domain, d.refusals, d.stale_at as "staleAt", d.content`);
}

export interface Composed extends Lease {
  editionId: number | null;
  paperIds: number[];
  content: DigestContent;
}

/**
 * Freezes what is in the claimed deliveries and reserves its papers for them. Gives the ids of those
 * whose lease still stands.
 */
export async function freeze(
  db: ModelDb,
  owner: string,
  rows: Composed[],
  now: Date,
): Promise<Set<number>> {
  if (rows.length === 0) return new Set();
  const kept = await db.$queryRaw<{ id: number }[]>(sql`
    with kept as (
      update delivery d set content = r.content, paper_ids = r."paperIds",
        edition_id = coalesce(r."editionId", d.edition_id)
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(
        id int, attempt int, "editionId" int, "paperIds" int[], content jsonb)
      where d.id = r.id and d.attempt = r.attempt and d.lease_owner = ${owner} and ${LEASED}
      returning d.id, d.subscription_id, d.paper_ids
    ), mailed as (
      insert into mailed_paper (reader_id, paper_id, delivery_id, mailed_at, version, withdrawn)
      select s.reader_id, p.id, k.id, ${now}, p.version, p.withdrawn_at is not null
      from kept k join subscription s on s.id = k.subscription_id
        join paper p on p.id = any(k.paper_ids)
      on conflict (reader_id, paper_id) do nothing
    )
    select id from kept`);
  return new Set(kept.map(({ id }) => id));
}

/**
 * The last moment before messages leave: commits `transmitting`, until the lease's new end, for those
 * of the leases that still stand, whose reader still wants the digest, and none of whose papers the
 * reader got meanwhile. May be repeated for what waited since. Gives the ids of those that may leave.
 */
export async function beginTransmission(
  db: ModelDb,
  owner: string,
  leases: Lease[],
  now: Date,
  until: Date,
): Promise<Set<number>> {
  const begun = await db.$queryRaw<{ id: number }[]>(sql`
    update delivery d set status = 'transmitting', lease_until = ${until},
      log = d.log || ${entry(now, 'transmitting', 'handed to the mail server')}
    from unnest(${leases.map(({ id }) => id)}::int[], ${leases.map(({ attempt }) => attempt)}::int[])
      as l(id, attempt), subscription s, reader r
    where d.id = l.id and d.attempt = l.attempt and d.lease_owner = ${owner}
      and ${UNDER_WAY} and d.lease_until > ${now}
      and s.id = d.subscription_id and s.paused_until is null
      and r.id = s.reader_id and r.status = 'active'
      and not exists (select 1 from suppression x
        where x.address_hash = r.address_hash and x.lifted_at is null)
      and not exists (select 1 from mailed_paper m where m.reader_id = r.id
        and m.paper_id = any(d.paper_ids) and m.delivery_id is distinct from d.id)
    returning d.id`);
  return new Set(begun.map(({ id }) => id));
}

/** Why nothing may be sent for a subscription as it stands; null where it may. */
export function whyUnwanted(status: ReaderStatus, paused: boolean): string | null {
  if (status !== 'active') return `the subscription is ${status}`;
  return paused ? 'the subscription is paused' : null;
}

/** Why the reader's digest may not leave; null when it is not the reader. */
export async function whyNotBegun(db: ModelDb, subscriptionId: number): Promise<string | null> {
  const [row] = await db.$queryRaw<
    { status: ReaderStatus; paused: boolean; reason: SuppressionReason | null }[]
  >(sql`
    select r.status, s.paused_until is not null as paused, x.reason
    from subscription s join reader r on r.id = s.reader_id
    left join suppression x on x.address_hash = r.address_hash and x.lifted_at is null
    where s.id = ${subscriptionId}`);
  if (!row) return 'the subscription was removed';
  const unwanted = whyUnwanted(row.status, row.paused);
  if (unwanted !== null || row.reason === null) return unwanted;
  return `the address is suppressed: ${row.reason.replace('_', ' ')}`;
}

/** What became of one delivery. */
export interface Outcome extends Lease {
  status: 'sent' | 'deferred' | 'failed' | 'uncertain' | 'suppressed' | 'skipped' | 'planned';
  reason: string;
  code: number | null;
  text: string | null;
  /** Of `deferred` and `planned`: not before this. */
  notBefore: Date | null;
  /** Whether this was a refusal that counts towards longer delays. */
  refused: boolean;
  /** Compose it anew at the next attempt. */
  recompose: boolean;
}

/**
 * Records outcomes, fenced by owner and attempt. What was sent, or may have been, moves the subscription's
 * `covered_until` and the known versions of revised papers; what was not gives its papers back.
 */
export async function finish(
  db: ModelDb,
  owner: string,
  outcomes: Outcome[],
  now: Date,
): Promise<number> {
  const [done] = await db.$queryRaw<{ count: number }[]>(sql`
    with done as (
      update delivery d set status = r.status, reason = r.reason, smtp_code = r.code,
        smtp_text = r.text, not_before = coalesce(r."notBefore", d.not_before),
        refusals = d.refusals + r.refused::int, lease_owner = null, lease_until = null,
        ended_at = case when r.status in ('deferred', 'planned') then null else ${now}::timestamptz end,
        content = case when r.recompose then null else d.content end,
        paper_ids = case when r.recompose then '{}' else d.paper_ids end,
        log = d.log || jsonb_build_array(jsonb_build_object('at', ${now.toISOString()}::text,
          'status', r.status, 'note', r.reason))
      from jsonb_to_recordset(${JSON.stringify(outcomes)}::jsonb) as r(
        id int, attempt int, status delivery_status, reason text, code int, text text,
        "notBefore" timestamptz, refused boolean, recompose boolean)
      where d.id = r.id and d.attempt = r.attempt and d.lease_owner = ${owner}
        and ${UNDER_WAY}
      returning d.id, d.subscription_id, d.status, d.content
    ), covered as (
      update subscription s set covered_until = greatest(s.covered_until,
        (done.content->>'until')::timestamptz)
      from done where s.id = done.subscription_id and done.status in ('sent', 'uncertain')
    ), told as (
      update mailed_paper m set version = p.version, withdrawn = p.withdrawn_at is not null
      from done cross join jsonb_array_elements(done.content->'revised') as x(item)
        join paper p on p.id = (x.item->>'paperId')::int
      where done.status in ('sent', 'uncertain')
        and m.reader_id = (select s.reader_id from subscription s where s.id = done.subscription_id)
        and m.paper_id = p.id
    ), returned as (
      delete from mailed_paper m using done
      where done.status in ('failed', 'suppressed', 'skipped', 'planned') and m.delivery_id = done.id
    )
    select count(*)::int as count from done`);
  return done!.count;
}

export interface DeliveryLogEntry {
  at: string;
  status: DeliveryStatus;
  note: string;
}

/** What was in a reader's delivery; null where there is none of theirs by that key. */
export async function contentOf(
  db: ModelDb,
  deliveryKey: string,
  readerId: number,
): Promise<DigestContent | null> {
  const row = await db.delivery.findFirst({
    where: { key: deliveryKey, subscription: { readerId } },
    select: { content: true },
  });
  return (row?.content as unknown as DigestContent | null) ?? null;
}
