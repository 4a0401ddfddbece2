import type { ConsentKind, ReaderStatus } from '@/lib/db/generated/enums';
import { type Db, type ModelDb, sql, transaction } from '@/lib/db/sql';
import type { ReaderAddress } from './email-address';
import { byKind, oneByOne } from './follow';
import { addFollows, FOLLOW } from './follow-store';
import type { Preferences } from './preferences';
import { SUBSCRIPTION, subscriptionColumns } from './subscription-store';
import { suppressErased } from './suppression-store';
import type { Evidence, Reader, Subscriber } from './types';

/** Readers and the record of what they agreed to. */

const READER = { id: true, key: true, email: true, status: true, tokenEpoch: true } as const;
const SUBSCRIBER = {
  ...READER,
  subscriptions: { select: SUBSCRIPTION, orderBy: { id: 'asc' }, take: 1 },
  follows: { select: FOLLOW, orderBy: { id: 'asc' } },
} as const;

export function findReader(db: ModelDb, id: number): Promise<Subscriber | null> {
  return findBy(db, { id });
}

export function findByEmailKey(db: ModelDb, emailKey: string): Promise<Subscriber | null> {
  return findBy(db, { emailKey });
}

/** The person alone, whether they have a subscription or not. */
export function personById(db: ModelDb, id: number): Promise<Reader | null> {
  return db.reader.findUnique({ where: { id }, select: READER });
}

export function personByKey(db: ModelDb, key: string): Promise<Reader | null> {
  return db.reader.findUnique({ where: { key }, select: READER });
}

/** The reader with this id, where it was given by then: ids may be given again. */
export function personFrom(db: ModelDb, id: number, by: Date): Promise<Reader | null> {
  return db.reader.findUnique({ where: { id, createdAt: { lte: by } }, select: READER });
}

export function personByEmailKey(db: ModelDb, emailKey: string): Promise<Reader | null> {
  return db.reader.findUnique({ where: { emailKey }, select: READER });
}

async function findBy(
  db: ModelDb,
  where: { id: number } | { emailKey: string },
): Promise<Subscriber | null> {
  const row = await db.reader.findUnique({ where, select: SUBSCRIBER });
  if (!row) return null;
  const { subscriptions, follows, ...reader } = row;
  const [subscription] = subscriptions;
  return subscription ? { reader, subscription: { ...subscription, ...byKind(follows) } } : null;
}

export async function recordConsent(
  db: ModelDb,
  readerId: number,
  kind: ConsentKind,
  wording: string,
  { ip, userAgent }: Evidence,
  at: Date,
): Promise<void> {
  await db.consentEvent.create({
    data: { readerId, kind, at, ip, userAgent: userAgent?.slice(0, 300) ?? null, wording },
  });
}

/** The reader at an address, made where there is none. Locks the row: call it in a transaction. */
export function putReader(
  tx: ModelDb,
  { email, key }: ReaderAddress,
  addressHash: string,
  now: Date,
): Promise<Reader> {
  return tx.reader.upsert({
    where: { emailKey: key },
    create: { email, emailKey: key, addressHash, createdAt: now },
    update: { emailKey: key },
    select: READER,
  });
}

/** Whoever signed in has answered from the mailbox. It starts no digest. */
export async function noteSignedIn(db: Db, id: number, now: Date): Promise<void> {
  await db.$executeRaw(sql`
    update reader set seen_at = ${now},
      status = (case status when 'pending' then 'unsubscribed' else status::text end)::reader_status
    where id = ${id}`);
}

/**
 * A request for a digest at an address without an active reader. Of a reader who is known, nothing changes:
 * anybody can type an address. In a transaction: the reader's row is locked first, so that two requests at
 * once make one subscription. What it is to be about waits in the mail.
 */
export async function putPending(
  tx: ModelDb,
  address: ReaderAddress,
  addressHash: string,
  preferences: Preferences,
  now: Date,
): Promise<Reader> {
  const reader = await putReader(tx, address, addressHash, now);
  if ((await tx.subscription.count({ where: { readerId: reader.id } })) === 0) {
    await tx.subscription.create({
      data: { readerId: reader.id, ...subscriptionColumns(preferences), createdAt: now },
    });
  }
  return reader;
}

/**
 * The double opt-in's second half, with the address and the choices of the mail that was confirmed: what was
 * chosen there is followed from now on. The first digest is due at once.
 */
export async function activate(
  db: ModelDb,
  id: number,
  confirmed: { email: string; choices: Preferences | null },
  now: Date,
): Promise<void> {
  const { choices } = confirmed;
  const data = { ...(choices && subscriptionColumns(choices)), pausedUntil: null, nextRunAt: now };
  await db.reader.update({
    where: { id },
    data: {
      email: confirmed.email,
      status: 'active',
      confirmedAt: now,
      endedAt: null,
      subscriptions: { updateMany: { where: {}, data } },
    },
  });
  if (choices) await addFollows(db, id, oneByOne(choices), now);
}

/** True where it changed something; a second time changes nothing. */
export async function unsubscribe(db: ModelDb, id: number, now: Date): Promise<boolean> {
  const rows = await db.$queryRaw<unknown[]>(sql`
    with ended as (
      update reader set status = 'unsubscribed', ended_at = ${now}
      where id = ${id} and status in ('pending', 'active') returning id
    ), undue as (
      update subscription s set next_run_at = null, paused_until = null
      from ended where s.reader_id = ended.id
    )
    select id from ended`);
  return rows.length > 0;
}

/**
 * Ends a suppression: with a next digest for a reader who had confirmed, else as if they had left. True
 * where the reader is active again.
 */
export async function resumeSuppressed(db: Db, id: number, next: Date | null): Promise<boolean> {
  const rows = await db.$queryRaw<{ status: ReaderStatus }[]>(sql`
    with ended as (
      update reader set
        status = (case when confirmed_at is null or ${next}::timestamptz is null
          then 'unsubscribed' else 'active' end)::reader_status,
        ended_at = case when confirmed_at is null or ${next}::timestamptz is null then ended_at end
      where id = ${id} and status = 'suppressed' returning id, status
    ), due as (
      update subscription s set next_run_at = ${next} from ended
      where s.reader_id = ended.id and ended.status = 'active'
    )
    select status from ended`);
  return rows[0]?.status === 'active';
}

/** Moves the reader to another address and revokes all links that the old one has. */
export async function moveAddress(
  db: ModelDb,
  id: number,
  { email, key }: ReaderAddress,
  addressHash: string,
): Promise<boolean> {
  const rows = await db.$queryRaw<unknown[]>(sql`
    update reader set email = ${email}, email_key = ${key}, address_hash = ${addressHash},
      token_epoch = token_epoch + 1
    where id = ${id} and not exists (select 1 from reader o
      where o.email_key = ${key} and o.id <> ${id})
    returning id`);
  return rows.length > 0;
}

/**
 * Removes everything about the reader but the hash that keeps us from ever writing again. Gives the
 * addresses that mails went to. Whoever erases takes `lib/mail/send/erase.ts`: mails may be elsewhere too.
 */
export async function erase(db: ModelDb, id: number, now: Date): Promise<string[]> {
  return transaction(db, async (tx) => {
    const rows = await tx.$queryRaw<{ email: string }[]>(sql`
      select email from reader where id = ${id}
      union select email from transactional_mail where reader_id = ${id}`);
    await suppressErased(tx, id, now);
    await tx.reader.deleteMany({ where: { id } });
    return rows.map(({ email }) => email);
  });
}

/** Sign-ups that were never confirmed are forgotten. Gives how many were. */
export async function forgetUnconfirmed(db: ModelDb, before: Date): Promise<number> {
  const { count } = await db.reader.deleteMany({
    where: { status: 'pending', createdAt: { lt: before } },
  });
  return count;
}
