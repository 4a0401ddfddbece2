import { type Db, type ModelDb, sql } from '@/lib/db/sql';

/** Requests to sign in. */

/** After so many codes a request is void. */
export const MOST_TRIES = 5;

export interface SignInRequest {
  id: number;
  readerId: number;
  mailKey: string;
  codeHash: string;
  browserHash: string;
}

export async function keepSignIn(
  db: ModelDb,
  request: Omit<SignInRequest, 'id'> & { tokenHash: string; createdAt: Date; expiresAt: Date },
): Promise<void> {
  await db.signIn.create({ data: request });
}

const OPEN = (now: Date) => ({ usedAt: null, expiresAt: { gt: now }, tries: { lt: MOST_TRIES } });
const REQUEST = { id: true, readerId: true, mailKey: true, codeHash: true, browserHash: true };

/** The request whose mail had the link, while it is open. */
export function openByToken(
  db: ModelDb,
  tokenHash: string,
  now: Date,
): Promise<SignInRequest | null> {
  return db.signIn.findFirst({ where: { tokenHash, ...OPEN(now) }, select: REQUEST });
}

/** The last request of a browser, while it is open. */
export async function openByBrowser(
  db: ModelDb,
  browserHash: string,
  now: Date,
): Promise<SignInRequest | null> {
  return db.signIn.findFirst({
    where: { browserHash, ...OPEN(now) },
    orderBy: { id: 'desc' },
    select: REQUEST,
  });
}

/** Takes one of the tries; false where none is left. In one statement: of many codes at once, five are looked at. */
export async function takeTry(db: Db, id: number): Promise<boolean> {
  const rows = await db.$queryRaw<unknown[]>(sql`
    update sign_in set tries = tries + 1 where id = ${id} and tries < ${MOST_TRIES} returning id`);
  return rows.length > 0;
}

/** Uses a request up, and with it all others of its reader. False where another one was quicker. */
export async function useSignIn(db: Db, id: number, now: Date): Promise<boolean> {
  const rows = await db.$queryRaw<unknown[]>(sql`
    with used as (
      update sign_in set used_at = ${now}
      where id = ${id} and used_at is null and expires_at > ${now}
      returning id, reader_id
    ), others as (
      update sign_in o set used_at = ${now} from used
      where o.reader_id = used.reader_id and o.id <> used.id and o.used_at is null
    )
    select id from used`);
  return rows.length > 0;
}

export async function forgetSignIns(db: ModelDb, before: Date): Promise<number> {
  const { count } = await db.signIn.deleteMany({ where: { expiresAt: { lt: before } } });
  return count;
}
