import type { ModelDb } from '@/lib/db/sql';

/** Readers' accounts at identity providers, known by issuer and subject: addresses change, these do not. */

interface Account {
  issuer: string;
  subject: string;
}

/** Whose account it is. */
export async function readerOfIdentity(
  db: ModelDb,
  { issuer, subject }: Account,
): Promise<number | null> {
  const found = await db.identity.findUnique({
    where: { issuer_subject: { issuer, subject } },
    select: { readerId: true },
  });
  return found?.readerId ?? null;
}

export async function addIdentity(
  db: ModelDb,
  readerId: number,
  { issuer, subject }: Account,
  now: Date,
): Promise<void> {
  await db.identity.create({ data: { readerId, issuer, subject, createdAt: now } });
}
