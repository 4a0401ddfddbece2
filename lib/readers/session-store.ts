import { DAY_MS, HOUR_MS } from '@/lib/calendar/days';
import { type Db, type ModelDb, sql } from '@/lib/db/sql';
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
): Promise<string> {
  const key = newKey();
  await db.session.create({
    data: { readerId, tokenHash: keyHash(key), browser, createdAt: now, usedAt: now },
  });
  return key;
}

/** Whose session it is, and null of none. Notes the use once an hour, so that reading seldom writes. */
export async function findSession(
  db: Db,
  key: string,
  now: Date,
): Promise<(Actor & { kind: 'session' }) | null> {
  const since = new Date(now.getTime() - SESSION_DAYS * DAY_MS);
  const rows = await db.$queryRaw<{ id: number; readerId: number; usedAt: Date }[]>(sql`
    select id, reader_id as "readerId", used_at as "usedAt" from session
    where token_hash = ${keyHash(key)} and used_at > ${since}`);
  const [found] = rows;
  if (!found) return null;
  if (now.getTime() - found.usedAt.getTime() > HOUR_MS) {
    await db.$executeRaw(sql`
      with used as (update session set used_at = ${now} where id = ${found.id})
      update reader set seen_at = ${now} where id = ${found.readerId}`);
  }
  return { kind: 'session', readerId: found.readerId, sessionId: found.id };
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
