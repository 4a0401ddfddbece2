import type { ModelDb } from '@/lib/db/sql';
import { type Purpose, verifyToken } from './link-tokens';
import { readOldToken } from './old-link-tokens';
import { findReaderByKey, findReaderFrom } from './reader-store';
import { findUnused } from './transactional-mail-store';
import type { Subscriber } from './types';

export type LinkProblem = 'invalid' | 'expired' | 'used' | 'gone';
export type LinkHolder =
  | ({ ok: true; subject: string | null } & Subscriber)
  | { ok: false; problem: LinkProblem };

export interface LinkKeys {
  secret: string;
  /** What `secret` was before it was changed: links of that time unsubscribe and do nothing else. */
  previousSecret?: string | null;
  now: Date;
}

/** Whose link it is, for the purposes whose links work until they expire or are revoked. */
export async function holderOf(
  db: ModelDb,
  purpose: Purpose,
  token: string | null | undefined,
  { secret, previousSecret = null, now }: LinkKeys,
): Promise<LinkHolder> {
  const problem = (what: LinkProblem): LinkHolder => ({ ok: false, problem: what });
  const text = token ?? '';
  for (const key of [secret, previousSecret]) {
    if (key === null) continue;
    const outdated = key !== secret && purpose !== 'unsubscribe';
    const read = verifyToken(purpose, text, now, key);
    if (read.ok || read.reason === 'expired') {
      if (!read.ok || outdated) return problem('expired');
      const { readerKey, epoch, subject = null } = read.payload;
      const found = await findReaderByKey(db, readerKey);
      if (!found) return problem('gone');
      if (found.reader.tokenEpoch !== epoch) return problem('expired');
      return { ok: true, ...found, subject };
    }
    const old = readOldToken(purpose, text, now, key);
    if (old) {
      if (old.expired || purpose !== 'unsubscribe') return problem('expired');
      const found = await findReaderFrom(db, old.readerId, old.signedBy);
      if (!found) return problem('gone');
      if (found.reader.tokenEpoch !== old.epoch) return problem('expired');
      return { ok: true, ...found, subject: null };
    }
  }
  return problem('invalid');
}

/** Whose confirmation it is and whether its button still does something; changes nothing. */
export async function pendingConfirmation(
  db: ModelDb,
  purpose: 'confirm' | 'change-address',
  token: string | null | undefined,
  keys: LinkKeys,
) {
  const holder = await holderOf(db, purpose, token, keys);
  if (!holder.ok) return holder;
  const mail = await findUnused(db, token!);
  if (!mail) return { ok: false as const, problem: 'used' as const };
  return { ...holder, mail };
}
