import { type ModelDb, sql } from '@/lib/db/sql';

/** One of our messages, and whom it went to. */
export interface SentMessage {
  subscriptionId: number;
  /** In lower case. */
  emailKey: string;
}

/**
 * The message with this id (`delivery-17`, `transactional-4`), if it was sent in the last 30 days, to the address
 * that the reader has: a mail to an address that was only asked for says nothing about that one.
 */
export async function findSentMessage(
  db: ModelDb,
  messageId: string,
  now: Date,
): Promise<SentMessage | null> {
  const [, kind, digits] = /^(delivery|transactional)-(\d{1,9})$/.exec(messageId) ?? [];
  if (!kind || !digits) return null;
  const id = Number(digits);
  const since = new Date(now.getTime() - 30 * 86_400_000);
  const rows = await db.$queryRaw<SentMessage[]>(
    kind === 'delivery'
      ? sql`
        select s.id as "subscriptionId", s.email_key as "emailKey"
        from delivery d join subscription s on s.id = d.subscription_id
        where d.id = ${id} and d.status in ('sent', 'uncertain', 'transmitting')
          and coalesce(d.ended_at, d.planned_at) > ${since}`
      : sql`
        select s.id as "subscriptionId", lower(l.email) as "emailKey"
        from letter l join subscription s on s.id = l.subscription_id
        where l.id = ${id} and coalesce(l.sent_at, l.created_at) > ${since}
          and lower(l.email) = s.email_key`,
  );
  return rows[0] ?? null;
}

/** The reader with this address, in lower case. */
export async function findReader(db: ModelDb, emailKey: string): Promise<SentMessage | null> {
  const reader = await db.subscription.findUnique({ where: { emailKey }, select: { id: true } });
  return reader && { subscriptionId: reader.id, emailKey };
}

export interface BounceEvent {
  eventKey: string;
  subscriptionId: number;
  message: string;
  kind: 'hard' | 'soft' | 'complaint';
  reason: string;
  status: string | null;
  diagnostic: string;
  source: string;
}

/** False where this very report was recorded before. */
export async function recordBounce(db: ModelDb, event: BounceEvent, now: Date): Promise<boolean> {
  const added = await db.$executeRaw(sql`
    insert into bounce_event
      (event_key, subscription_id, message, kind, reason, status, diagnostic, source, at)
    values (${event.eventKey}, ${event.subscriptionId}, ${event.message}, ${event.kind},
      ${event.reason}, ${event.status}, ${event.diagnostic}, ${event.source}, ${now})
    on conflict (event_key) do nothing`);
  return added > 0;
}

/** A digest that came back within this time counts as one that did not arrive. */
const BOUNCE_DAYS = 5;

/**
 * On how many messages in a row mail to this reader came back for a reason of the mailbox: a digest
 * that was sent and did not come back ends the row.
 */
export async function softBouncesInARow(
  db: ModelDb,
  subscriptionId: number,
  now: Date,
): Promise<number> {
  const settled = new Date(now.getTime() - BOUNCE_DAYS * 86_400_000);
  const [row] = await db.$queryRaw<{ count: number }[]>(sql`
    select count(distinct b.message)::int as count from bounce_event b
    where b.subscription_id = ${subscriptionId} and b.kind = 'soft' and b.reason <> 'policy'
      and b.at > coalesce((
        select max(d.ended_at) from delivery d
        where d.subscription_id = ${subscriptionId} and d.status = 'sent'
          and d.ended_at < ${settled}
          and not exists (select 1 from bounce_event o where o.message = 'delivery-' || d.id)
      ), '-infinity')`);
  return row!.count;
}
