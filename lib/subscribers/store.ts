import { type ModelDb, sql, transaction } from '@/lib/db/sql';
import { nextRun } from '@/lib/subscribers/timetable';
import type { ReaderAddress } from './email-address';
import type { Preferences } from './preferences';

/** Subscriptions and the record of consent to them. */

export type SubscriptionStatus = 'pending' | 'active' | 'paused' | 'unsubscribed' | 'suppressed';

export interface Subscription extends Preferences {
  id: number;
  email: string;
  status: SubscriptionStatus;
  nextRunAt: Date | null;
  pausedUntil: Date | null;
  coveredUntil: Date | null;
  tokenEpoch: number;
  createdAt: Date;
  confirmedAt: Date | null;
}

/** Where a wish came from: goes into the consent record. */
export interface Evidence {
  ip: string | null;
  userAgent: string | null;
}

type ConsentKind =
  | 'requested'
  | 'confirmed'
  | 'changed'
  | 'paused'
  | 'resumed'
  | 'address-requested'
  | 'address-changed'
  | 'unsubscribed';

const SELECTED = {
  id: true,
  email: true,
  status: true,
  cadence: true,
  weekday: true,
  monthday: true,
  hour: true,
  timezone: true,
  maxPapers: true,
  tags: true,
  mutedTags: true,
  searches: true,
  nextRunAt: true,
  pausedUntil: true,
  coveredUntil: true,
  tokenEpoch: true,
  createdAt: true,
  confirmedAt: true,
} as const;

export async function findSubscription(db: ModelDb, id: number): Promise<Subscription | null> {
  const row = await db.subscription.findUnique({ where: { id }, select: SELECTED });
  return row as Subscription | null;
}

export async function findByEmailKey(db: ModelDb, emailKey: string): Promise<Subscription | null> {
  const row = await db.subscription.findUnique({ where: { emailKey }, select: SELECTED });
  return row as Subscription | null;
}

export async function recordConsent(
  db: ModelDb,
  subscriptionId: number,
  kind: ConsentKind,
  wording: string,
  { ip, userAgent }: Evidence,
  at: Date,
): Promise<void> {
  await db.consentEvent.create({
    data: { subscriptionId, kind, at, ip, userAgent: userAgent?.slice(0, 300) ?? null, wording },
  });
}

export async function isSuppressed(db: ModelDb, addressHash: string): Promise<boolean> {
  return (await db.suppression.findUnique({ where: { addressHash } })) !== null;
}

/** A new wish for a digest at an address without an active subscription. */
export async function putPending(
  db: ModelDb,
  { email, key }: ReaderAddress,
  addressHash: string,
  preferences: Preferences,
  now: Date,
): Promise<Subscription> {
  const row = await db.subscription.upsert({
    where: { emailKey: key },
    create: { email, emailKey: key, addressHash, ...preferences, createdAt: now },
    update: { email, ...preferences },
    select: SELECTED,
  });
  return row as Subscription;
}

/** The double opt-in's second half. The first digest is due at once. */
export async function activate(db: ModelDb, id: number, now: Date): Promise<void> {
  await db.subscription.update({
    where: { id },
    data: {
      status: 'active',
      confirmedAt: now,
      endedAt: null,
      pausedUntil: null,
      nextRunAt: now,
    },
  });
}

/** When the next digest comes, after what the reader already has in this cadence. */
async function dueAfter(
  db: ModelDb,
  id: number,
  preferences: Preferences,
  after: Date,
): Promise<Date> {
  const last = await db.delivery.findFirst({
    where: { subscriptionId: id, cadence: preferences.cadence },
    orderBy: { localPeriod: 'desc' },
    select: { localPeriod: true },
  });
  return nextRun(preferences, after, last?.localPeriod);
}

export async function savePreferences(
  db: ModelDb,
  subscription: Subscription,
  preferences: Preferences,
  now: Date,
): Promise<void> {
  const { id, status, pausedUntil, coveredUntil, nextRunAt } = subscription;
  const waitsForFirst = coveredUntil === null && nextRunAt !== null && nextRunAt <= now;
  const scheduled = status === 'active' || status === 'paused';
  await db.subscription.update({
    where: { id },
    data: {
      ...preferences,
      ...(scheduled && !waitsForFirst
        ? { nextRunAt: await dueAfter(db, id, preferences, pausedUntil ?? now) }
        : {}),
    },
  });
}

export async function pause(db: ModelDb, subscription: Subscription, until: Date): Promise<void> {
  const nextRunAt = await dueAfter(db, subscription.id, subscription, until);
  await db.subscription.updateMany({
    where: { id: subscription.id, status: { in: ['active', 'paused'] } },
    data: { status: 'paused', pausedUntil: until, nextRunAt },
  });
}

export async function resume(db: ModelDb, subscription: Subscription, now: Date): Promise<void> {
  const nextRunAt = await dueAfter(db, subscription.id, subscription, now);
  await db.subscription.updateMany({
    where: { id: subscription.id, status: 'paused' },
    data: { status: 'active', pausedUntil: null, nextRunAt },
  });
}

/** True where it changed something; a second time changes nothing. */
export async function unsubscribe(db: ModelDb, id: number, now: Date): Promise<boolean> {
  const { count } = await db.subscription.updateMany({
    where: { id, status: { in: ['pending', 'active', 'paused'] } },
    data: { status: 'unsubscribed', endedAt: now, nextRunAt: null, pausedUntil: null },
  });
  return count > 0;
}

/** Moves the subscription to another address and revokes all links that the old one has. */
export async function moveAddress(
  db: ModelDb,
  id: number,
  { email, key }: ReaderAddress,
  addressHash: string,
): Promise<boolean> {
  const rows = await db.$queryRaw<unknown[]>(sql`
    update subscription set email = ${email}, email_key = ${key}, address_hash = ${addressHash},
      token_epoch = token_epoch + 1
    where id = ${id} and not exists (select 1 from subscription o
      where o.email_key = ${key} and o.id <> ${id})
    returning id`);
  return rows.length > 0;
}

/** Removes everything about the reader but the hash that keeps us from ever writing again. */
export async function erase(db: ModelDb, id: number, now: Date): Promise<void> {
  await transaction(db, async (tx) => {
    await tx.$executeRaw(sql`
      insert into suppression (address_hash, reason, at)
      select address_hash, 'erased', ${now} from subscription where id = ${id}
      on conflict do nothing`);
    await tx.subscription.delete({ where: { id } });
  });
}

export async function muteTag(db: ModelDb, id: number, slug: string): Promise<void> {
  await db.$executeRaw(sql`
    update subscription set muted_tags = array_append(muted_tags, ${slug}),
      tags = array_remove(tags, ${slug})
    where id = ${id} and not ${slug} = any(muted_tags)`);
}

export async function wantLess(db: ModelDb, id: number, paperId: number, at: Date): Promise<void> {
  await db.$executeRaw(sql`
    insert into paper_feedback (subscription_id, paper_id, at)
    select ${id}, p.id, ${at} from paper p where p.id = ${paperId}
    on conflict do nothing`);
}

export interface PastDelivery {
  id: number;
  cadence: string;
  localPeriod: string;
  status: string;
  reason: string | null;
  plannedAt: Date;
  endedAt: Date | null;
  paperIds: number[];
}

/** A reader's latest deliveries, newest first. */
export async function pastDeliveries(
  db: ModelDb,
  id: number,
  limit: number,
): Promise<PastDelivery[]> {
  return db.delivery.findMany({
    where: { subscriptionId: id },
    orderBy: { id: 'desc' },
    take: limit,
    select: {
      id: true,
      cadence: true,
      localPeriod: true,
      status: true,
      reason: true,
      plannedAt: true,
      endedAt: true,
      paperIds: true,
    },
  });
}

/** Sign-ups that were never confirmed are forgotten. Gives how many were. */
export async function forgetUnconfirmed(db: ModelDb, before: Date): Promise<number> {
  const { count } = await db.subscription.deleteMany({
    where: { status: 'pending', createdAt: { lt: before } },
  });
  return count;
}
