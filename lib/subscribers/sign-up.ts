import { createHash } from 'node:crypto';
import ipaddr from 'ipaddr.js';
import { type ModelDb, transaction } from '@/lib/db/sql';
import { allow, type Limit } from '@/lib/http/rate-limit';
import { timetableWords } from '@/lib/subscribers/timetable';
import { addressHash, parseAddress, type ReaderAddress } from './email-address';
import { type Purpose, verifyToken } from './link-tokens';
import type { Preferences } from './preferences';
import {
  activate,
  findByEmailKey,
  findReader,
  moveAddress,
  putPending,
  recordConsent,
} from './reader-store';
import { isSuppressed } from './suppression-store';
import { findUnused, oweMail, voidMails } from './transactional-mail-store';
import type { Evidence, Reader, Subscriber } from './types';

/** Double opt-in. What a caller learns never depends on whether an address is known here. */

const HOUR = 3600;
const PER_NETWORK: Limit = { limit: 20, windowSeconds: HOUR };
/** Of an IPv6 address, the 48 bits that one site may have: 256 networks. */
const PER_SITE: Limit = { limit: 60, windowSeconds: HOUR };
const PER_DOMAIN: Limit = { limit: 300, windowSeconds: HOUR };
/** Mails to one address; beyond it the answer stays the same and no mail is sent. */
const PER_ADDRESS: Limit = { limit: 3, windowSeconds: 6 * HOUR };

/** Every answer to a sign-up takes this long, so that it tells nothing about the address. */
export const ANSWER_MS = 300;

/** The sentence beside the button, kept with the consent. */
export const CONSENT_WORDING =
  'Get trending papers in your email inbox. You can leave with one click at any time.';

/** The part of an address that one household or one attacker's host holds. */
export function networkOf(ip: string, ipv6Bits = 56): string {
  if (!ipaddr.isValid(ip)) return 'unknown';
  const address = ipaddr.process(ip);
  const bits = address.kind() === 'ipv4' ? 32 : ipv6Bits;
  const bytes = address.toByteArray().map((byte, index) => (index * 8 < bits ? byte : 0));
  return `${ipaddr.fromByteArray(bytes).toString()}/${bits}`;
}

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
  return (
    (await ask(`net:${networkOf(ip ?? '')}`, PER_NETWORK)) &&
    (await ask(`site:${networkOf(ip ?? '', 48)}`, PER_SITE)) &&
    (await ask(`domain:${keyOf(domain)}`, PER_DOMAIN))
  );
}

async function mayMail(db: ModelDb, { limitKey }: ReaderAddress, now: Date): Promise<boolean> {
  return allow(db, `ask:address:${keyOf(limitKey)}`, PER_ADDRESS, now);
}

/** Takes a request for a digest and owes a mail to the address. Says nothing to the caller. */
export async function signUp(
  db: ModelDb,
  address: ReaderAddress,
  preferences: Preferences,
  { evidence, secret, now }: { evidence: Evidence; secret: string; now: Date },
): Promise<void> {
  if (!(await mayMail(db, address, now))) return;
  const hash = addressHash(address.key, secret);
  if (await isSuppressed(db, hash)) return;
  await transaction(db, async (tx) => {
    const known = await findByEmailKey(tx, address.key);
    const active = known?.reader.status === 'active';
    const reader = active ? known.reader : await putPending(tx, address, hash, preferences, now);
    const { id: readerId, email, tokenEpoch } = reader;
    if (!active) {
      const wording = `${CONSENT_WORDING} (${timetableWords(preferences)})`;
      await recordConsent(tx, readerId, 'requested', wording, evidence, now);
    }
    const kind = active ? 'known' : 'confirm';
    await oweMail(tx, { readerId, kind, email, tokenEpoch }, secret, now);
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
  const { id: readerId, email, status, tokenEpoch } = known.reader;
  if (status === 'suppressed' || status === 'unsubscribed') return;
  const kind = status === 'pending' ? 'confirm' : 'link';
  await oweMail(db, { readerId, kind, email, tokenEpoch }, secret, now);
}

export type LinkProblem = 'invalid' | 'expired' | 'used' | 'gone';
export type LinkHolder =
  | ({ ok: true; subject: string | null } & Subscriber)
  | { ok: false; problem: LinkProblem };

/** Whose link it is, for the purposes whose links work until they expire or are revoked. */
export async function holderOf(
  db: ModelDb,
  purpose: Purpose,
  token: string | null | undefined,
  { secret, now }: { secret: string; now: Date },
): Promise<LinkHolder> {
  const read = verifyToken(purpose, token ?? '', now, secret);
  if (!read.ok) return { ok: false, problem: read.reason === 'expired' ? 'expired' : 'invalid' };
  const found = await findReader(db, read.payload.readerId);
  if (!found) return { ok: false, problem: 'gone' };
  if (found.reader.tokenEpoch !== read.payload.epoch) return { ok: false, problem: 'expired' };
  return { ok: true, ...found, subject: read.payload.subject ?? null };
}

interface Confirming {
  evidence: Evidence;
  secret: string;
  now: Date;
}

/** Whose confirmation it is and whether its button still does something; changes nothing. */
export async function pendingConfirmation(
  db: ModelDb,
  purpose: 'confirm' | 'change-address',
  token: string | null | undefined,
  keys: { secret: string; now: Date },
) {
  const holder = await holderOf(db, purpose, token, keys);
  if (!holder.ok) return holder;
  const mail = await findUnused(db, token!);
  if (!mail) return { ok: false as const, problem: 'used' as const };
  return { ...holder, mail };
}

/** The button of the confirmation page: the digest begins. */
export async function confirm(
  db: ModelDb,
  token: string | null,
  { evidence, secret, now }: Confirming,
): Promise<LinkHolder> {
  return transaction(db, async (tx) => {
    const pending = await pendingConfirmation(tx, 'confirm', token, { secret, now });
    if (!pending.ok) return pending;
    const { id, status } = pending.reader;
    // One of two clicks at the same moment finds the link used.
    if (!(await voidMails(tx, id, 'confirm', now))) return { ok: false, problem: 'used' };
    if (status === 'suppressed') return { ok: false, problem: 'gone' };
    if (status === 'pending' || status === 'unsubscribed') {
      await activate(tx, id, now);
      await recordConsent(tx, id, 'confirmed', CONSENT_WORDING, evidence, now);
    }
    return holderFor(tx, id);
  });
}

async function holderFor(db: ModelDb, id: number): Promise<LinkHolder> {
  return { ok: true, ...(await findReader(db, id))!, subject: null };
}

/** Owes a confirmation to a new address; until it comes back nothing changes. */
export async function askForAddress(
  db: ModelDb,
  reader: Reader,
  address: ReaderAddress,
  { evidence, secret, now }: Confirming,
): Promise<void> {
  if (!(await mayMail(db, address, now))) return;
  if (await isSuppressed(db, addressHash(address.key, secret))) return;
  const { id: readerId, tokenEpoch } = reader;
  await transaction(db, async (tx) => {
    await voidMails(tx, readerId, 'change_address', now);
    const owed = { readerId, kind: 'change_address' as const, email: address.email };
    await oweMail(tx, { ...owed, tokenEpoch }, secret, now);
    const wording = 'Asked for the digest at another address';
    await recordConsent(tx, readerId, 'address_requested', wording, evidence, now);
  });
}

/** The button of the page that the new address was sent. */
export async function confirmAddress(
  db: ModelDb,
  token: string | null,
  { evidence, secret, now }: Confirming,
): Promise<LinkHolder> {
  return transaction(db, async (tx) => {
    const pending = await pendingConfirmation(tx, 'change-address', token, { secret, now });
    if (!pending.ok) return pending;
    const { id } = pending.reader;
    const parsed = parseAddress(pending.mail.email);
    if (!parsed.ok) return { ok: false, problem: 'invalid' };
    const { address } = parsed;
    if (!(await voidMails(tx, id, 'change_address', now))) return { ok: false, problem: 'used' };
    const moved = await moveAddress(tx, id, address, addressHash(address.key, secret));
    if (!moved) return { ok: false, problem: 'gone' };
    const wording = 'Confirmed the new address';
    await recordConsent(tx, id, 'address_changed', wording, evidence, now);
    return holderFor(tx, id);
  });
}
