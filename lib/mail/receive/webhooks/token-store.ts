import { createHash } from 'node:crypto';
import { type Db, sql } from '@/lib/db/sql';

/** Tokens that are good for one post: see the model's comment. */

const hashOf = (token: string) => createHash('sha256').update(token).digest('hex');

/** False where it was used before. */
export async function spendToken(db: Db, token: string, now: Date): Promise<boolean> {
  const added = await db.$executeRaw(sql`
    insert into webhook_token (token_hash, at) values (${hashOf(token)}, ${now})
    on conflict do nothing`);
  return added > 0;
}

/** The post could not be dealt with: the service may send it again. */
export async function giveTokenBack(db: Db, token: string): Promise<void> {
  await db.$executeRaw(sql`delete from webhook_token where token_hash = ${hashOf(token)}`);
}

export async function forgetTokens(db: Db, before: Date): Promise<number> {
  return db.$executeRaw(sql`delete from webhook_token where at < ${before}`);
}
