import type { ReaderStatus, TransactionalMailKind } from '@/lib/db/generated/enums';
import { type JsonInput, type ModelDb, sql } from '@/lib/db/sql';
import { macOf, type Purpose, signToken, tokenHash } from './link-tokens';
import { DEFAULT_PREFERENCES, type Preferences } from './preferences';
import type { LinkOwner } from './reader-links';

/** Short mails that are owed: see the model's comment. A second copy of one does no harm. */

export interface TransactionalMail {
  id: number;
  key: string;
  readerId: number;
  kind: TransactionalMailKind;
  email: string;
  /** Of a confirmation: what it confirms. Null in one from before mails carried it. */
  choices: Preferences | null;
  createdAt: Date;
  attempt: number;
}

/** What the links of these mails are for. */
const PURPOSE: Partial<Record<TransactionalMailKind, Purpose>> = {
  confirm: 'confirm',
  change_address: 'change-address',
  move: 'move',
  export: 'export',
  erase: 'erase',
  sign_in: 'sign-in',
};

/**
 * The token in a mail's link. It is made anew when the mail is sent, from what is known about it, so that
 * only its hash is ever stored.
 */
export function mailToken(
  mail: Pick<TransactionalMail, 'key' | 'kind' | 'createdAt'>,
  owner: LinkOwner,
  secret: string,
): string | null {
  const purpose = PURPOSE[mail.kind];
  if (!purpose) return null;
  const payload = { readerKey: owner.key, epoch: owner.tokenEpoch, subject: mail.key };
  return signToken(purpose, payload, mail.createdAt, secret);
}

/** The six digits beside that link. Made anew likewise, so that they are kept nowhere. */
export function mailCode(mail: Pick<TransactionalMail, 'key'>, secret: string): string {
  const number = macOf(secret, 'sign-in code', mail.key).readUIntBE(0, 6);
  return String(number % 1_000_000).padStart(6, '0');
}

interface OwedMail {
  reader: LinkOwner & { id: number };
  kind: TransactionalMailKind;
  email: string;
  choices?: Preferences;
}

export async function oweMail(
  db: ModelDb,
  { reader, kind, email, choices }: OwedMail,
  secret: string,
  now: Date,
): Promise<{ key: string; token: string | null }> {
  const mail = await db.transactionalMail.create({
    data: {
      readerId: reader.id,
      kind,
      email,
      createdAt: now,
      notBefore: now,
      ...(choices && { choices: choices as unknown as JsonInput }),
    },
  });
  const token = mailToken(mail, reader, secret);
  if (token !== null) {
    await db.transactionalMail.update({
      where: { id: mail.id },
      data: { tokenHash: tokenHash(token) },
    });
  }
  return { key: mail.key, token };
}

/** The mail whose link carried the token, unless it was used or made void. */
export async function findUnused(db: ModelDb, token: string): Promise<TransactionalMail | null> {
  const mail = await db.transactionalMail.findUnique({ where: { tokenHash: tokenHash(token) } });
  if (mail?.usedAt !== null) return null;
  return { ...mail, choices: keptChoices(mail.choices) };
}

/** What the reader was last asked to confirm. */
export async function lastChoices(db: ModelDb, readerId: number): Promise<Preferences | null> {
  const mail = await db.transactionalMail.findFirst({
    where: { readerId, kind: 'confirm' },
    orderBy: { id: 'desc' },
    select: { choices: true },
  });
  return keptChoices(mail?.choices);
}

/** Choices as a mail keeps them; one of a version before may have fewer. */
function keptChoices(choices: unknown): Preferences | null {
  return choices ? { ...DEFAULT_PREFERENCES, ...(choices as Partial<Preferences>) } : null;
}

/** Makes the links of a reader's mails void. True where one was still good. */
export async function voidMails(
  db: ModelDb,
  readerId: number,
  kind: TransactionalMailKind,
  now: Date,
): Promise<boolean> {
  const { count } = await db.transactionalMail.updateMany({
    where: { readerId, kind, usedAt: null },
    data: { usedAt: now },
  });
  return count > 0;
}

/** Milliseconds in which a claimed mail is left to whoever claimed it. */
const LEASE_MS = 6 * 60_000;

export interface ClaimedMail extends TransactionalMail {
  readerKey: string;
  tokenEpoch: number;
  status: ReaderStatus;
}

export async function claimMails(db: ModelDb, limit: number, now: Date): Promise<ClaimedMail[]> {
  const claimed = await db.$queryRaw<ClaimedMail[]>(sql`
    update transactional_mail m
    set not_before = ${new Date(now.getTime() + LEASE_MS)}, attempt = m.attempt + 1
    from (select id from transactional_mail where status = 'planned' and not_before <= ${now}
      order by not_before, id limit ${limit} for update skip locked) c, reader r
    where m.id = c.id and r.id = m.reader_id
    returning m.id, m.key, m.reader_id as "readerId", m.kind, m.email, m.choices,
      m.created_at as "createdAt", m.attempt, r.key as "readerKey", r.token_epoch as "tokenEpoch",
      r.status`);
  return claimed.map((mail) => ({ ...mail, choices: keptChoices(mail.choices) }));
}

export async function finishMail(
  db: ModelDb,
  id: number,
  outcome:
    | { status: 'sent'; note: string; sentAt: Date }
    | { status: 'failed'; note: string }
    | { status: 'planned'; note: string; notBefore: Date },
): Promise<void> {
  await db.transactionalMail.update({ where: { id }, data: outcome });
}
