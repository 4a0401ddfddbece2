import { DAY_MS } from '@/lib/calendar/days';
import type { BounceKind, BounceSource } from '@/lib/db/generated/enums';
import { type ModelDb, sql } from '@/lib/db/sql';
import { readMessageId } from '../wire/verp';

/** One of our messages, and whom it went to. */
export interface SentMessage {
  readerId: number;
  /** In lower case. */
  emailKey: string;
}

/**
 * The message with this id, if it was sent in the last 30 days, to the address that the reader has: a
 * mail to an address that was only asked for says nothing about that one. `message` is how an operator
 * knows it: `delivery-17`, `transactional-4`.
 */
export async function findSentMessage(
  db: ModelDb,
  id: string,
  now: Date,
): Promise<(SentMessage & { message: string }) | null> {
  const read = readMessageId(id);
  if (!read) return null;
  const { kind, key } = read;
  const since = new Date(now.getTime() - 30 * DAY_MS);
  const rows = await db.$queryRaw<(SentMessage & { message: string })[]>(
    kind === 'delivery'
      ? sql`
        select r.id as "readerId", r.email_key as "emailKey",
          'delivery-' || d.id as message
        from delivery d join subscription s on s.id = d.subscription_id
          join reader r on r.id = s.reader_id
        where d.key = ${key}::uuid and d.status in ('sent', 'uncertain', 'transmitting')
          and coalesce(d.ended_at, d.planned_at) > ${since}`
      : sql`
        select r.id as "readerId", r.email_key as "emailKey",
          'transactional-' || m.id as message
        from transactional_mail m join reader r on r.id = m.reader_id
        where m.key = ${key}::uuid and coalesce(m.sent_at, m.created_at) > ${since}
          and lower(m.email) = r.email_key`,
  );
  return rows[0] ?? null;
}

/** The reader with this address, in lower case. */
export async function findReader(db: ModelDb, emailKey: string): Promise<SentMessage | null> {
  const reader = await db.reader.findUnique({ where: { emailKey }, select: { id: true } });
  return reader && { readerId: reader.id, emailKey };
}

export interface BounceEvent {
  eventKey: string;
  readerId: number;
  message: string;
  kind: BounceKind;
  reason: string;
  status: string | null;
  diagnostic: string;
  source: BounceSource;
}

/** False where this very report was recorded before. */
export async function recordBounce(db: ModelDb, event: BounceEvent, now: Date): Promise<boolean> {
  const added = await db.$executeRaw(sql`
    insert into bounce_event
      (event_key, reader_id, message, kind, reason, status, diagnostic, source, at)
    values (${event.eventKey}, ${event.readerId}, ${event.message}, ${event.kind},
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
export async function softBouncesInARow(db: ModelDb, readerId: number, now: Date): Promise<number> {
  const settled = new Date(now.getTime() - BOUNCE_DAYS * DAY_MS);
  const [row] = await db.$queryRaw<{ count: number }[]>(sql`
    select count(distinct b.message)::int as count from bounce_event b
    where b.reader_id = ${readerId} and b.kind = 'soft' and b.reason <> 'policy'
      and b.at > coalesce((
        select max(d.ended_at) from delivery d join subscription s on s.id = d.subscription_id
        where s.reader_id = ${readerId} and d.status = 'sent'
          and d.ended_at < ${settled}
          and not exists (select 1 from bounce_event o where o.message = 'delivery-' || d.id)
      ), '-infinity')`);
  return row!.count;
}
