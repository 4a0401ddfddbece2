import { createHash } from 'node:crypto';
import { type ModelDb, transaction } from '@/lib/db/sql';
import { timetableWords } from '@/lib/digest/schedule';
import { networkOf } from '@/lib/http/network.mjs';
import { allow, type Limit } from '@/lib/http/rate-limit';
import { addressHash, parseAddress, type ReaderAddress } from './address';
import { findUnused, oweLetter, voidLetters } from './letter-store';
import type { Preferences } from './preferences';
import {
  activate,
  type Evidence,
  findByEmailKey,
  findSubscription,
  isSuppressed,
  moveAddress,
  putPending,
  recordConsent,
  type Subscription,
} from './store';
import { type Purpose, verifyToken } from './tokens';

/** Double opt-in. What a caller learns never depends on whether an address is known here. */

const HOUR = 3600;
const PER_CUSTOMER: Limit = { limit: 20, windowSeconds: HOUR };
/** A site may have a whole network of addresses of its own. */
const PER_SITE: Limit = { limit: 60, windowSeconds: HOUR };
const PER_DOMAIN: Limit = { limit: 300, windowSeconds: HOUR };
/** Mails to one address; beyond it the answer stays the same and no mail is sent. */
const PER_ADDRESS: Limit = { limit: 3, windowSeconds: 6 * HOUR };

/** Every answer to a sign-up takes this long, so that it tells nothing about the address. */
export const ANSWER_MS = 300;

/** The sentence beside the button, kept with the consent. */
export const CONSENT_WORDING =
  'Get trending papers in your email inbox. You can leave with one click at any time.';

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
    (await ask(`domain:${keyOf(domain)}`, PER_DOMAIN))
  );
}

async function mayMail(db: ModelDb, { limitKey }: ReaderAddress, now: Date): Promise<boolean> {
  return allow(db, `ask:address:${keyOf(limitKey)}`, PER_ADDRESS, now);
}

/** Takes a wish for a digest and owes a letter to the address. Says nothing to the caller. */
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
    const subscribed = known?.status === 'active' || known?.status === 'paused';
    const subscription = subscribed ? known : await putPending(tx, address, hash, preferences, now);
    const { id: subscriptionId, email, tokenEpoch } = subscription;
    if (!subscribed) {
      const wording = `${CONSENT_WORDING} (${timetableWords(preferences)})`;
      await recordConsent(tx, subscriptionId, 'requested', wording, evidence, now);
    }
    const kind = subscribed ? 'known' : 'confirm';
    await oweLetter(tx, { subscriptionId, kind, email, tokenEpoch }, secret, now);
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
  if (!known || known.status === 'suppressed' || known.status === 'unsubscribed') return;
  const kind = known.status === 'pending' ? 'confirm' : 'link';
  const { id: subscriptionId, email, tokenEpoch } = known;
  await oweLetter(db, { subscriptionId, kind, email, tokenEpoch }, secret, now);
}

export type LinkProblem = 'invalid' | 'expired' | 'used' | 'gone';
export type LinkHolder =
  | { ok: true; subscription: Subscription; subject: string | null }
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
  const subscription = await findSubscription(db, read.payload.subscriptionId);
  if (!subscription) return { ok: false, problem: 'gone' };
  if (subscription.tokenEpoch !== read.payload.epoch) return { ok: false, problem: 'expired' };
  return { ok: true, subscription, subject: read.payload.subject ?? null };
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
  const letter = await findUnused(db, token!);
  if (!letter) return { ok: false as const, problem: 'used' as const };
  return { ...holder, letter };
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
    const { id, status } = pending.subscription;
    // One of two clicks at the same moment finds the letter used.
    if (!(await voidLetters(tx, id, 'confirm', now))) return { ok: false, problem: 'used' };
    if (status === 'suppressed') return { ok: false, problem: 'gone' };
    if (status === 'pending' || status === 'unsubscribed') {
      await activate(tx, id, now);
      await recordConsent(tx, id, 'confirmed', CONSENT_WORDING, evidence, now);
    }
    return holderFor(tx, id);
  });
}

async function holderFor(db: ModelDb, id: number): Promise<LinkHolder> {
  return { ok: true, subscription: (await findSubscription(db, id))!, subject: null };
}

/** Owes a confirmation to a new address; until it comes back nothing changes. */
export async function askForAddress(
  db: ModelDb,
  subscription: Subscription,
  address: ReaderAddress,
  { evidence, secret, now }: Confirming,
): Promise<void> {
  if (!(await mayMail(db, address, now))) return;
  if (await isSuppressed(db, addressHash(address.key, secret))) return;
  const { id: subscriptionId, tokenEpoch } = subscription;
  await transaction(db, async (tx) => {
    await voidLetters(tx, subscriptionId, 'change-address', now);
    const owed = { subscriptionId, kind: 'change-address' as const, email: address.email };
    await oweLetter(tx, { ...owed, tokenEpoch }, secret, now);
    const wording = 'Asked for the digest at another address';
    await recordConsent(tx, subscriptionId, 'address-requested', wording, evidence, now);
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
    const { id } = pending.subscription;
    const parsed = parseAddress(pending.letter.email);
    if (!parsed.ok) return { ok: false, problem: 'invalid' };
    const { address } = parsed;
    if (!(await voidLetters(tx, id, 'change-address', now))) return { ok: false, problem: 'used' };
    const moved = await moveAddress(tx, id, address, addressHash(address.key, secret));
    if (!moved) return { ok: false, problem: 'gone' };
    const wording = 'Confirmed the new address';
    await recordConsent(tx, id, 'address-changed', wording, evidence, now);
    return holderFor(tx, id);
  });
}
