import { type ModelDb, sql } from '@/lib/db/sql';
import { type Purpose, signToken, tokenHash } from './link-tokens';

/** Short mails that are owed: see the model's comment. A second copy of one does no harm. */

export type LetterKind = 'confirm' | 'known' | 'link' | 'change-address';

export interface Letter {
  id: number;
  subscriptionId: number;
  kind: LetterKind;
  email: string;
  createdAt: Date;
  attempt: number;
}

/** The purposes whose links are good once and belong to a letter. */
const PURPOSE: Partial<Record<LetterKind, Purpose>> = {
  confirm: 'confirm',
  'change-address': 'change-address',
};

/**
 * The token in a letter's link. It is made anew when the letter is sent, from what is known about it,
 * so that only its hash is ever stored.
 */
export function letterToken(letter: Letter, tokenEpoch: number, secret: string): string | null {
  const purpose = PURPOSE[letter.kind];
  if (!purpose) return null;
  const payload = {
    subscriptionId: letter.subscriptionId,
    epoch: tokenEpoch,
    subject: String(letter.id),
  };
  return signToken(purpose, payload, letter.createdAt, secret);
}

export async function oweLetter(
  db: ModelDb,
  owed: { subscriptionId: number; kind: LetterKind; email: string; tokenEpoch: number },
  secret: string,
  now: Date,
): Promise<void> {
  const { tokenEpoch, ...data } = owed;
  const row = await db.letter.create({ data: { ...data, createdAt: now, notBefore: now } });
  const token = letterToken({ ...owed, ...row, kind: owed.kind }, tokenEpoch, secret);
  if (token === null) return;
  await db.letter.update({ where: { id: row.id }, data: { tokenHash: tokenHash(token) } });
}

/** The letter whose link carried the token, unless it was used or made void. */
export async function findUnused(db: ModelDb, token: string): Promise<Letter | null> {
  const row = await db.letter.findUnique({ where: { tokenHash: tokenHash(token) } });
  return row && row.usedAt === null ? { ...row, kind: row.kind as LetterKind } : null;
}

/** Makes the links of a subscription's letters void. True where one was still good. */
export async function voidLetters(
  db: ModelDb,
  subscriptionId: number,
  kind: LetterKind,
  now: Date,
): Promise<boolean> {
  const { count } = await db.letter.updateMany({
    where: { subscriptionId, kind, usedAt: null },
    data: { usedAt: now },
  });
  return count > 0;
}

/** Milliseconds in which a claimed letter is left to whoever claimed it. */
const LEASE_MS = 6 * 60_000;

export async function claimLetters(
  db: ModelDb,
  limit: number,
  now: Date,
): Promise<(Letter & { tokenEpoch: number; status: string })[]> {
  return db.$queryRaw(sql`
    update letter l set not_before = ${new Date(now.getTime() + LEASE_MS)}, attempt = l.attempt + 1
    from (select id from letter where status = 'planned' and not_before <= ${now}
      order by not_before, id limit ${limit} for update skip locked) c, subscription s
    where l.id = c.id and s.id = l.subscription_id
    returning l.id, l.subscription_id as "subscriptionId", l.kind, l.email,
      l.created_at as "createdAt", l.attempt, s.token_epoch as "tokenEpoch", s.status`);
}

export async function finishLetter(
  db: ModelDb,
  id: number,
  outcome:
    | { status: 'sent'; note: string; sentAt: Date }
    | { status: 'failed'; note: string }
    | { status: 'planned'; note: string; notBefore: Date },
): Promise<void> {
  await db.letter.update({ where: { id }, data: outcome });
}
