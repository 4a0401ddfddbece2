import { type ModelDb, transaction } from '@/lib/db/sql';
import { networkOf } from '@/lib/http/network.mjs';
import { allow, type Limit } from '@/lib/http/rate-limit';
import { addressHash, addressHashes, type ReaderAddress } from '@/lib/subscribers/email-address';
import { macOf, tokenHash, verifyToken } from '@/lib/subscribers/link-tokens';
import { type Membership, maySignIn } from '@/lib/subscribers/membership';
import {
  noteSignedIn,
  personByEmailKey,
  personById,
  putReader,
} from '@/lib/subscribers/reader-store';
import { isSuppressed } from '@/lib/subscribers/suppression-store';
import { mailCode, oweMail, voidMails } from '@/lib/subscribers/transactional-mail-store';
import { keyHash, sameHash } from './credentials';
import { openSession } from './session-store';
import {
  keepSignIn,
  openByBrowser,
  openByToken,
  type SignInRequest,
  takeTry,
  useSignIn,
} from './sign-in-store';

/**
 * Signing in by mail. Whoever asks learns nothing of the address; whoever answers has read its mail, and
 * either asked from this very browser, or typed the code: mail scanners open links and even press buttons.
 */

const HOLDS_MS = 15 * 60_000;
const HOUR = 3600;
const PER_CUSTOMER: Limit = { limit: 200, windowSeconds: HOUR };
const PER_SITE: Limit = { limit: 600, windowSeconds: HOUR };
/** Mails to one address; beyond it the answer stays the same and no mail is sent. */
const PER_ADDRESS: Limit = { limit: 10, windowSeconds: HOUR };
/** Of one reader, over all requests: a code is one of a million. */
const CODES: Limit = { limit: 20, windowSeconds: 24 * HOUR };

/** False when too much comes from one network: the same for every address. */
export async function mayAskToSignIn(db: ModelDb, ip: string | null, now: Date): Promise<boolean> {
  const customer = networkOf(ip ?? '') ?? 'unknown';
  const site = networkOf(ip ?? '', 'site') ?? 'unknown';
  return (
    (await allow(db, `sign-in:net:${customer}`, PER_CUSTOMER, now)) &&
    (await allow(db, `sign-in:site:${site}`, PER_SITE, now))
  );
}

interface Keys {
  secret: string;
  now: Date;
}

export interface Asking extends Keys {
  suppressionKey: string;
  membership: Membership;
}

/**
 * Owes a mail to the address, and makes a reader of it where there is none: one who gets no digest. Says
 * nothing to the caller. `browser` is the random cookie of the browser that asks.
 */
export async function askToSignIn(
  db: ModelDb,
  address: ReaderAddress,
  browser: string,
  { secret, suppressionKey, membership, now }: Asking,
): Promise<void> {
  const isReader = (await personByEmailKey(db, address.key)) !== null;
  if (!maySignIn(membership, address, isReader)) return;
  const limit = `sign-in:address:${keyHash(address.limitKey).slice(0, 22)}`;
  if (!(await allow(db, limit, PER_ADDRESS, now))) return;
  if (await isSuppressed(db, addressHashes(address.key, suppressionKey))) return;
  await transaction(db, async (tx) => {
    const hash = addressHash(address.key, suppressionKey);
    const reader = await putReader(tx, address, hash, now);
    const mail = await oweMail(tx, { reader, kind: 'sign_in', email: reader.email }, secret, now);
    await keepSignIn(tx, {
      readerId: reader.id,
      mailKey: mail.key,
      tokenHash: tokenHash(mail.token!),
      codeHash: codeHash(mail.key, mailCode(mail, secret), secret),
      browserHash: keyHash(browser),
      createdAt: now,
      expiresAt: new Date(now.getTime() + HOLDS_MS),
    });
  });
}

/** With a key: a plain hash of six digits is undone in a moment. */
function codeHash(mailKey: string, code: string, secret: string): string {
  return macOf(secret, 'sign-in code hash', `${mailKey} ${code}`).toString('hex');
}

/** How a link stands: `here` where this browser asked, `elsewhere` where it takes the code too. */
export type LinkStanding = 'here' | 'elsewhere' | 'void';

/** What the page of a link shows. Changes nothing. */
export async function standingOf(
  db: ModelDb,
  token: string,
  browser: string | null,
  keys: Keys,
): Promise<{ standing: LinkStanding; email: string | null }> {
  const found = await requestOf(db, token, keys);
  if (!found) return { standing: 'void', email: null };
  const person = await personById(db, found.readerId);
  return { standing: isFrom(found, browser) ? 'here' : 'elsewhere', email: person!.email };
}

async function requestOf(
  db: ModelDb,
  token: string,
  { secret, now }: Keys,
): Promise<SignInRequest | null> {
  const read = verifyToken('sign-in', token, now, secret);
  if (!read.ok) return null;
  const found = await openByToken(db, tokenHash(token), now);
  const person = found && (await personById(db, found.readerId));
  // An address that was moved away from must not open the account any more.
  return person?.tokenEpoch === read.payload.epoch ? found : null;
}

const isFrom = (request: SignInRequest, browser: string | null) =>
  browser !== null && sameHash(request.browserHash, keyHash(browser));

export type SignedIn =
  | { ok: true; sessionKey: string; readerId: number }
  | { ok: false; problem: 'void' | 'code' };

/**
 * Signs a browser in: by the link, in the browser that asked; or by the code, either there or with the link.
 * Good once.
 */
export async function signIn(
  db: ModelDb,
  given: { token: string; code: string; browser: string | null; browserName: string },
  { secret, now }: Keys,
): Promise<SignedIn> {
  const { token, browser } = given;
  const code = given.code.replace(/\s/g, '');
  const found =
    token !== ''
      ? await requestOf(db, token, { secret, now })
      : browser !== null
        ? await openByBrowser(db, keyHash(browser), now)
        : null;
  if (!found) return { ok: false, problem: 'void' };
  const byLink = token !== '' && isFrom(found, browser);
  if (!byLink && !(await fits(db, found, code, { secret, now }))) {
    return { ok: false, problem: 'code' };
  }
  return transaction(db, async (tx) => {
    if (!(await useSignIn(tx, found.id, now))) return { ok: false, problem: 'void' };
    await voidMails(tx, found.readerId, 'sign_in', now);
    await noteSignedIn(tx, found.readerId, now);
    const sessionKey = await openSession(tx, found.readerId, given.browserName, now);
    return { ok: true, sessionKey, readerId: found.readerId };
  });
}

async function fits(
  db: ModelDb,
  { id, readerId, mailKey, codeHash: expected }: SignInRequest,
  code: string,
  { secret, now }: Keys,
): Promise<boolean> {
  // A scanner that presses the button has no code, and takes no try.
  if (!/^\d{6}$/.test(code)) return false;
  if (!(await allow(db, `sign-in:code:${readerId}`, CODES, now))) return false;
  if (!(await takeTry(db, id))) return false;
  return sameHash(expected, codeHash(mailKey, code, secret));
}
