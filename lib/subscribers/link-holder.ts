import type { ModelDb } from '@/lib/db/sql';
import { type Purpose, verifyToken } from './link-tokens';
import { readOldToken } from './old-link-tokens';
import { findReader, personByKey, personFrom } from './reader-store';
import { findUnused } from './transactional-mail-store';
import type { Reader, Subscriber } from './types';

export type LinkProblem = 'invalid' | 'expired' | 'used' | 'gone';
type NoHolder = { ok: false; problem: LinkProblem };
/** A person, who may have no subscription. */
export type LinkPerson = { ok: true; reader: Reader; subject: string | null } | NoHolder;
export type LinkHolder = ({ ok: true; subject: string | null } & Subscriber) | NoHolder;

export interface LinkKeys {
  secret: string;
  /** What `secret` was before it was changed: links of that time unsubscribe and do nothing else. */
  previousSecret?: string | null;
  now: Date;
}

/** Whose link about a subscription it is. */
export async function holderOf(
  db: ModelDb,
  purpose: Purpose,
  token: string | null | undefined,
  keys: LinkKeys,
): Promise<LinkHolder> {
  const person = await personOf(db, purpose, token, keys);
  if (!person.ok) return person;
  const found = await findReader(db, person.reader.id);
  return found ? { ...person, ...found } : { ok: false, problem: 'gone' };
}

/** Whose link it is, for the purposes whose links work until they expire or are revoked. */
export async function personOf(
  db: ModelDb,
  purpose: Purpose,
  token: string | null | undefined,
  { secret, previousSecret = null, now }: LinkKeys,
): Promise<LinkPerson> {
  const problem = (what: LinkProblem): NoHolder => ({ ok: false, problem: what });
  const text = token ?? '';
  for (const key of [secret, previousSecret]) {
    if (key === null) continue;
    const outdated = key !== secret && purpose !== 'unsubscribe';
    const read = verifyToken(purpose, text, now, key);
    if (read.ok || read.reason === 'expired') {
      if (!read.ok || outdated) return problem('expired');
      const { readerKey, epoch, subject = null } = read.payload;
      const reader = await personByKey(db, readerKey);
      if (!reader) return problem('gone');
      if (reader.tokenEpoch !== epoch) return problem('expired');
      return { ok: true, reader, subject };
    }
    const old = readOldToken(purpose, text, now, key);
    if (old) {
      if (old.expired || purpose !== 'unsubscribe') return problem('expired');
      const reader = await personFrom(db, old.readerId, old.signedBy);
      if (!reader) return problem('gone');
      if (reader.tokenEpoch !== old.epoch) return problem('expired');
      return { ok: true, reader, subject: null };
    }
  }
  return problem('invalid');
}

/** Whose confirmation it is and whether its button still does something; changes nothing. */
export async function pendingConfirmation(
  db: ModelDb,
  token: string | null | undefined,
  keys: LinkKeys,
) {
  const holder = await holderOf(db, 'confirm', token, keys);
  if (!holder.ok) return holder;
  const mail = await findUnused(db, token!);
  if (!mail) return { ok: false as const, problem: 'used' as const };
  return { ...holder, mail };
}

/** The same of a change of address. */
export async function pendingAddress(
  db: ModelDb,
  token: string | null | undefined,
  keys: LinkKeys,
) {
  const person = await personOf(db, 'change-address', token, keys);
  if (!person.ok) return person;
  const mail = await findUnused(db, token!);
  if (!mail) return { ok: false as const, problem: 'used' as const };
  return { ...person, mail };
}
