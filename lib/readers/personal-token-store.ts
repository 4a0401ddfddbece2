import { HOUR_MS } from '@/lib/calendar/days';
import type { TokenScope } from '@/lib/db/generated/enums';
import { type Db, type ModelDb, sql } from '@/lib/db/sql';
import { type Actor, authorise } from './actor';
import { keyHash, newKey, TOKEN_PREFIX } from './credentials';

/** Personal tokens: what a reader's programs show. */

export const SCOPES = ['read', 'write', 'account'] as const satisfies readonly TokenScope[];
/** Of a name. */
export const LONGEST_NAME = 80;
const MOST_TOKENS = 50;

export interface TokenRow {
  id: number;
  name: string;
  scopes: TokenScope[];
  createdAt: Date;
  usedAt: Date | null;
}

export const isScope = (text: string): text is TokenScope => SCOPES.some((scope) => scope === text);

/** Gives the token, which nobody can look up again; null where the reader has as many as one may. */
export async function createToken(
  db: ModelDb,
  actor: Actor,
  { name, scopes }: { name: string; scopes: readonly TokenScope[] },
  now: Date,
): Promise<string | null> {
  const readerId = authorise(actor, 'token:create');
  if ((await db.personalToken.count({ where: { readerId } })) >= MOST_TOKENS) return null;
  const token = `${TOKEN_PREFIX}${newKey()}`;
  await db.personalToken.create({
    data: { readerId, name, scopes: [...scopes], tokenHash: keyHash(token), createdAt: now },
  });
  return token;
}

/** Whose token it is, and null of none. Notes the use once an hour. */
export async function findToken(
  db: Db,
  token: string,
  now: Date,
): Promise<(Actor & { kind: 'token' }) | null> {
  if (!token.startsWith(TOKEN_PREFIX)) return null;
  type Row = { id: number; readerId: number; scopes: TokenScope[]; usedAt: Date | null };
  const rows = await db.$queryRaw<Row[]>(sql`
    select id, reader_id as "readerId", scopes::text[] as scopes, used_at as "usedAt"
    from personal_token where token_hash = ${keyHash(token)}`);
  const [found] = rows;
  if (!found) return null;
  if (now.getTime() - (found.usedAt?.getTime() ?? 0) > HOUR_MS) {
    await db.$executeRaw(sql`update personal_token set used_at = ${now} where id = ${found.id}`);
  }
  return { kind: 'token', readerId: found.readerId, scopes: found.scopes };
}

/** In the order in which they were made. */
export async function tokensOf(db: ModelDb, actor: Actor): Promise<TokenRow[]> {
  return db.personalToken.findMany({
    where: { readerId: authorise(actor, 'token:read') },
    select: { id: true, name: true, scopes: true, createdAt: true, usedAt: true },
    orderBy: { id: 'asc' },
  });
}

/** True where it was one of the reader's own. */
export async function revokeToken(db: ModelDb, actor: Actor, id: number): Promise<boolean> {
  const readerId = authorise(actor, 'token:revoke');
  const { count } = await db.personalToken.deleteMany({ where: { id, readerId } });
  return count > 0;
}
