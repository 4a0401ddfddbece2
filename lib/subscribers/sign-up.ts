import { createHash } from 'node:crypto';
import { type ModelDb, transaction } from '@/lib/db/sql';
import { networkOf } from '@/lib/http/network.mjs';
import { allow, type Limit } from '@/lib/http/rate-limit';
import { timetableWords } from '@/lib/subscribers/timetable';
import { preferencesOf } from './change';
import { addressHash, addressHashes, type ReaderAddress } from './email-address';
import { byKind, oneByOne, withMore } from './follow';
import { followsOf } from './follow-store';
import { type LinkHolder, pendingConfirmation } from './link-holder';
import { type Membership, maySubscribe } from './membership';
import type { Preferences } from './preferences';
import {
  activate,
  findByEmailKey,
  findReader,
  personByEmailKey,
  putPending,
  recordConsent,
} from './reader-store';
import { isSuppressed } from './suppression-store';
import { lastChoices, oweMail, voidMails } from './transactional-mail-store';
import type { Evidence } from './types';

/** Double opt-in. What a caller learns never depends on whether an address is known here. */

const HOUR = 3600;
const PER_CUSTOMER: Limit = { limit: 20, windowSeconds: HOUR };
/** A site may have a whole network of addresses of its own. */
const PER_SITE: Limit = { limit: 60, windowSeconds: HOUR };
const PER_DOMAIN: Limit = { limit: 300, windowSeconds: HOUR };
/** What each site may still ask for a domain that many asked for, so that nobody uses it up for others. */
const PER_SITE_AND_DOMAIN: Limit = { limit: 3, windowSeconds: HOUR };
/** Mails to one address; beyond it the answer stays the same and no mail is sent. */
const PER_ADDRESS: Limit = { limit: 3, windowSeconds: 6 * HOUR };

/** Every answer to a sign-up takes this long, so that it tells nothing about the address. */
export const ANSWER_MS = 300;

/** The sentence beside the button, kept with the consent. */
export const CONSENT_WORDING =
  'Get trending papers in your email inbox. Unsubscribe at any time with one click.';

/** Limits know addresses by hash: their rows outlive the request. */
const keyOf = (text: string) => createHash('sha256').update(text).digest('base64url').slice(0, 22);

/** False when too much comes from one network, or for one domain: the same for every address there. */
export async function mayAsk(
  db: ModelDb,
  { domain }: ReaderAddress,
  ip: string | null,
  now: Date,
): Promise<boolean> {
  const ask = (what: string, limit: Limit) => allow(db, `ask:${what}`, limit, now);
  const customer = networkOf(ip ?? '') ?? 'unknown';
  const site = networkOf(ip ?? '', 'site') ?? 'unknown';
  return (
    (await ask(`net:${customer}`, PER_CUSTOMER)) &&
    (await ask(`site:${site}`, PER_SITE)) &&
    ((await ask(`domain:${keyOf(domain)}`, PER_DOMAIN)) ||
      (await ask(`domain:${keyOf(domain)}:${site}`, PER_SITE_AND_DOMAIN)))
  );
}

/** False when the address was mailed enough lately. */
export async function mayMail(
  db: ModelDb,
  { limitKey }: Pick<ReaderAddress, 'limitKey'>,
  now: Date,
): Promise<boolean> {
  return allow(db, `ask:address:${keyOf(limitKey)}`, PER_ADDRESS, now);
}

export interface Asking {
  evidence: Evidence;
  secret: string;
  /** Hashes addresses for the suppression list. */
  suppressionKey: string;
  now: Date;
}

/** Takes a request for a digest and owes a mail to the address. Says nothing to the caller. */
export async function signUp(
  db: ModelDb,
  address: ReaderAddress,
  preferences: Preferences,
  { evidence, secret, suppressionKey, membership, now }: Asking & { membership: Membership },
): Promise<void> {
  const isReader = (await personByEmailKey(db, address.key)) !== null;
  if (!maySubscribe(membership, address, isReader)) return;
  if (!(await mayMail(db, address, now))) return;
  if (await isSuppressed(db, addressHashes(address.key, suppressionKey))) return;
  await transaction(db, async (tx) => {
    const known = await findByEmailKey(tx, address.key);
    if (known?.reader.status === 'active') {
      const { reader } = known;
      await oweMail(tx, { reader, kind: 'known', email: reader.email }, secret, now);
      return;
    }
    const hash = addressHash(address.key, suppressionKey);
    const reader = await putPending(tx, address, hash, preferences, now);
    const wording = `${CONSENT_WORDING} (${timetableWords(preferences)})`;
    await recordConsent(tx, reader.id, 'requested', wording, evidence, now);
    const { email } = address;
    // What they follow already stays: the mail, which they alone read, says it all.
    const followed = withMore(await followsOf(tx, reader.id), oneByOne(preferences));
    const choices = { ...preferences, ...byKind(followed) };
    await oweMail(tx, { reader, kind: 'confirm', email, choices }, secret, now);
  });
}

/** Mails a fresh link to the preferences, or the confirmation once more. Says nothing either. */
export async function sendLinkAgain(
  db: ModelDb,
  address: ReaderAddress,
  { secret, now }: { secret: string; now: Date },
): Promise<void> {
  if (!(await mayMail(db, address, now))) return;
  const known = await findByEmailKey(db, address.key);
  if (!known) return;
  const { reader, subscription } = known;
  const { email, status } = reader;
  if (status === 'suppressed' || status === 'unsubscribed') return;
  await oweMail(
    db,
    status === 'pending'
      ? {
          reader,
          kind: 'confirm',
          email,
          choices: (await lastChoices(db, reader.id)) ?? preferencesOf(subscription),
        }
      : { reader, kind: 'link', email },
    secret,
    now,
  );
}

/** The button of the confirmation page: the digest begins, with the choices of that very mail. */
export async function confirm(
  db: ModelDb,
  token: string | null,
  { evidence, secret, now }: Omit<Asking, 'suppressionKey'>,
): Promise<LinkHolder> {
  return transaction(db, async (tx) => {
    const pending = await pendingConfirmation(tx, token, { secret, now });
    if (!pending.ok) return pending;
    const { reader, mail } = pending;
    const { id, status } = reader;
    // One of two clicks at the same moment finds the link used.
    if (!(await voidMails(tx, id, 'confirm', now))) return { ok: false, problem: 'used' };
    if (status === 'suppressed') return { ok: false, problem: 'gone' };
    if (status === 'pending' || status === 'unsubscribed') {
      await activate(tx, id, mail, now);
      const schedule = mail.choices ? ` (${timetableWords(mail.choices)})` : '';
      const wording = `${CONSENT_WORDING}${schedule}`;
      await recordConsent(tx, id, 'confirmed', wording, evidence, now);
    }
    return { ok: true, ...(await findReader(tx, id))!, subject: null };
  });
}
