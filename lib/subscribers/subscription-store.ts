import type { DeliveryStatus } from '@/lib/db/generated/enums';
import { type ModelDb, sql } from '@/lib/db/sql';
import { oneByOne } from './follow';
import { replaceFollows } from './follow-store';
import type { Cadence, Preferences } from './preferences';
import { nextRun } from './timetable';
import type { Subscriber, Subscription } from './types';

/** Subscriptions, and what they brought. */

/** What of a row makes a `Subscription`. */
export const SUBSCRIPTION = {
  id: true,
  cadence: true,
  weekday: true,
  monthday: true,
  hour: true,
  timezone: true,
  maxPapers: true,
  minPapers: true,
  forYou: true,
  subject: true,
  mutedTags: true,
  nextRunAt: true,
  pausedUntil: true,
  coveredUntil: true,
} as const;

/** What of preferences stands in the subscription: all but what the reader follows. */
export function subscriptionColumns<P extends Preferences>(preferences: P) {
  const { tags, authors, categories, searches, ...columns } = preferences;
  return columns;
}

/** When the next digest comes, after what the subscription already brought in this cadence. */
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
  { reader, subscription }: Subscriber,
  preferences: Preferences,
  now: Date,
): Promise<void> {
  const { id, pausedUntil, coveredUntil, nextRunAt } = subscription;
  const waitsForFirst = coveredUntil === null && nextRunAt !== null && nextRunAt <= now;
  await db.subscription.update({
    where: { id },
    data: {
      ...subscriptionColumns(preferences),
      ...(reader.status === 'active' && !waitsForFirst
        ? { nextRunAt: await dueAfter(db, id, preferences, pausedUntil ?? now) }
        : {}),
    },
  });
  await replaceFollows(db, reader.id, oneByOne(preferences), now);
}

export async function pause(db: ModelDb, subscription: Subscription, until: Date): Promise<void> {
  const nextRunAt = await dueAfter(db, subscription.id, subscription, until);
  await db.subscription.updateMany({
    where: { id: subscription.id, reader: { status: 'active' } },
    data: { pausedUntil: until, nextRunAt },
  });
}

export async function resume(db: ModelDb, subscription: Subscription, now: Date): Promise<void> {
  const nextRunAt = await dueAfter(db, subscription.id, subscription, now);
  await db.subscription.updateMany({
    where: { id: subscription.id, pausedUntil: { not: null } },
    data: { pausedUntil: null, nextRunAt },
  });
}

/** A tag that is muted is followed no more. */
export async function muteTag(db: ModelDb, id: number, slug: string): Promise<void> {
  await db.$executeRaw(sql`
    with muted as (
      update subscription set muted_tags = array_append(array_remove(muted_tags, ${slug}), ${slug})
      where id = ${id} returning reader_id
    )
    delete from follow f using muted m
    where f.reader_id = m.reader_id and f.kind = 'tag' and f.value = ${slug}`);
}

/** A tag that is followed is muted no more. */
export async function unmuteTag(db: ModelDb, readerId: number, slug: string): Promise<void> {
  await db.$executeRaw(sql`
    update subscription set muted_tags = array_remove(muted_tags, ${slug})
    where reader_id = ${readerId} and ${slug} = any(muted_tags)`);
}

export interface PastDelivery {
  id: number;
  key: string;
  cadence: Cadence;
  localPeriod: string;
  status: DeliveryStatus;
  reason: string | null;
  plannedAt: Date;
  endedAt: Date | null;
  paperIds: number[];
}

/** A reader's latest deliveries, newest first. */
export async function pastDeliveries(
  db: ModelDb,
  readerId: number,
  limit: number,
): Promise<PastDelivery[]> {
  return db.delivery.findMany({
    where: { subscription: { readerId } },
    orderBy: { id: 'desc' },
    take: limit,
    select: {
      id: true,
      key: true,
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
