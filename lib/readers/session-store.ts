import { DAY_MS, HOUR_MS } from '@/lib/calendar/days';
import { type Db, type ModelDb, sql } from '@/lib/db/sql';
import { parseAddress } from '@/lib/subscribers/email-address';
import { type Actor, authorise } from './actor';
import { SESSION_DAYS } from './cookies';
import { keyHash, newKey } from './credentials';

/** Browsers in which a reader is signed in. */

export interface SessionRow {
  id: number;
  browser: string;
  createdAt: Date;
  usedAt: Date;
}

/** Gives the key that the browser keeps. */
export async function openSession(
  db: ModelDb,
  readerId: number,
  browser: string,
  now: Date,
  byProvider: { admin: boolean; idToken: string } | null = null,
): Promise<string> {
  const key = newKey();
  await db.session.create({
    data: {
      readerId,
      tokenHash: keyHash(key),
      browser,
      createdAt: now,
      usedAt: now,
      ...byProvider,
    },
  });
  return key;
}

/**
 * Whose session it is, and null of none. An admin is whose address is one of `admins`, or of whom the identity
 * provider said so when they signed in: nobody becomes one by being first. Notes the use once an hour.
 */
export async function findSession(
  db: Db,
  key: string,
  admins: readonly string[],
  now: Date,
): Promise<(Actor & { kind: 'session' }) | null> {
  const since = new Date(now.getTime() - SESSION_DAYS * DAY_MS);
  const rows = await db.$queryRaw<
    { id: number; readerId: number; usedAt: Date; admin: boolean; emailKey: string }[]
  >(sql`
    select s.id, s.reader_id as "readerId", s.used_at as "usedAt", s.admin, r.email_key as "emailKey"
    from session s join reader r on r.id = s.reader_id
    where s.token_hash = ${keyHash(key)} and s.used_at > ${since}`);
  const [found] = rows;
  if (!found) return null;
  if (now.getTime() - found.usedAt.getTime() > HOUR_MS) {
    await db.$executeRaw(sql`
      with used as (update session set used_at = ${now} where id = ${found.id})
      update reader set seen_at = ${now} where id = ${found.readerId}`);
  }
  return {
    kind: 'session',
    readerId: found.readerId,
    sessionId: found.id,
    admin: found.admin || admins.some((admin) => isAddressOf(admin, found.emailKey)),
  };
}

/** Whether the address, as the operator wrote it, is the one with this key. */
function isAddressOf(typed: string, emailKey: string): boolean {
  const parsed = parseAddress(typed);
  return parsed.ok && parsed.address.key === emailKey;
}

/** What the identity provider signed when the session began; null where it began by mail. */
export async function idTokenOf(
  db: ModelDb,
  actor: Actor & { kind: 'session' },
): Promise<string | null> {
  const readerId = authorise(actor, 'session:read');
  const found = await db.session.findFirst({
    where: { id: actor.sessionId, readerId },
    select: { idToken: true },
  });
  return found?.idToken ?? null;
}

/** The latest first. */
export async function sessionsOf(db: ModelDb, actor: Actor): Promise<SessionRow[]> {
  return db.session.findMany({
    where: { readerId: authorise(actor, 'session:read') },
    select: { id: true, browser: true, createdAt: true, usedAt: true },
    orderBy: [{ usedAt: 'desc' }, { id: 'desc' }],
  });
}

/** True where it was one of the reader's own. */
export async function revokeSession(db: ModelDb, actor: Actor, id: number): Promise<boolean> {
  const readerId = authorise(actor, 'session:revoke');
  const { count } = await db.session.deleteMany({ where: { id, readerId } });
  return count > 0;
}

/** Gives how many were forgotten. */
export async function forgetSessions(db: ModelDb, now: Date): Promise<number> {
  const before = new Date(now.getTime() - SESSION_DAYS * DAY_MS);
  const { count } = await db.session.deleteMany({ where: { usedAt: { lte: before } } });
  return count;
}
