import { randomUUID } from 'node:crypto';
import type { ModelDb } from '@/lib/db/sql';
import { createToken } from '@/lib/readers/personal-token-store';

export type Scope = 'read' | 'write' | 'account';

/** A new reader with a personal token of these scopes. */
export async function tokenHolder(db: ModelDb, ...scopes: Scope[]) {
  const email = `${randomUUID()}@example.org`;
  const { id } = await db.reader.create({
    data: { email, emailKey: email, addressHash: email, status: 'unsubscribed' },
  });
  const actor = { kind: 'operator', readerId: id } as const;
  const token = await createToken(db, actor, { name: 'test', scopes }, new Date());
  return { id, email, token: token! };
}
