import { createHash, createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import { HOUR_MS } from '@/lib/calendar/days';

/**
 * Signed links. A token says for one purpose, one reader and a limited time that its holder
 * received our mail. It names the reader by the random key of their row, so it can never open the page
 * of another, whatever ids are given again. It is revoked by raising the reader's `tokenEpoch`.
 * Nothing that could make a token is stored: where one must be recognised later (a confirmation is
 * good once), the table holds its hash.
 */
export const PURPOSES = {
  /** Makes a reader active. Short, because whoever asked is waiting for it. */
  confirm: 48,
  /** Confirms a new address of an active reader. */
  'change-address': 48,
  /** Topics and timetable: it stands in digests, which people pass on. */
  preferences: 24 * 400,
  /** Older mails than this hardly exist; until then their unsubscribe links work. */
  unsubscribe: 24 * 800,
  feedback: 24 * 400,
  issue: 24 * 800,
  // What only the owner of the mailbox may do: by a link that was mailed just then.
  move: 1,
  export: 1,
  erase: 1,
  /** Void after 15 minutes: `sign_in.expires_at`. */
  'sign-in': 1,
  /** The address of a feed: until its reader renews it. */
  'for-you': 24 * 365 * 100,
} as const satisfies Record<string, number>;
export type Purpose = keyof typeof PURPOSES;

export interface TokenPayload {
  /** Of the reader's row: a UUID. */
  readerKey: string;
  epoch: number;
  /** What the purpose is about besides the reader: the key of a mail or a delivery. */
  subject?: string;
}

export type TokenResult =
  | { ok: true; payload: TokenPayload }
  | { ok: false; reason: 'malformed' | 'forged' | 'expired'; payload?: TokenPayload };

const keys = new Map<string, Buffer>();

/** Its own key for each label: a token for one purpose can never pass for another. */
export function macOf(secret: string, label: string, text: string): Buffer {
  const name = `${label}\0${secret}`;
  let key = keys.get(name);
  if (!key) {
    key = Buffer.from(hkdfSync('sha256', secret, 'broadsheet', label, 32));
    keys.set(name, key);
  }
  return createHmac('sha256', key).update(text).digest().subarray(0, 24);
}

const labelOf = (purpose: Purpose) => `link:${purpose}`;
/** A UUID takes 22 characters of a link, not 36. */
const pack = (uuid: string) => Buffer.from(uuid.replaceAll('-', ''), 'hex').toString('base64url');
const unpack = (packed: string) =>
  Buffer.from(packed, 'base64url')
    .toString('hex')
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');

/** The same payload, moment and secret give the same token; expiry is rounded up to the hour. */
export function signToken(
  purpose: Purpose,
  { readerKey, epoch, subject }: TokenPayload,
  now: Date,
  secret: string,
): string {
  const expires = Math.ceil(now.getTime() / HOUR_MS) + PURPOSES[purpose];
  const fields = [pack(readerKey), epoch.toString(36), expires.toString(36)];
  if (subject !== undefined) fields.push(pack(subject));
  const body = fields.join('.');
  return `${body}.${macOf(secret, labelOf(purpose), body).toString('base64url')}`;
}

const TOKEN = /^(([\w-]{22})\.([0-9a-z]{1,8})\.([0-9a-z]{1,8})(?:\.([\w-]{22}))?)\.([\w-]{32})$/;

/** Checks the signature before it reads anything. An expired token still says whose it was. */
export function verifyToken(
  purpose: Purpose,
  token: string,
  now: Date,
  secret: string,
): TokenResult {
  const [, body, reader, epoch, expires, subject, signature] = TOKEN.exec(token) ?? [];
  if (!body || !signature) return { ok: false, reason: 'malformed' };
  const given = Buffer.from(signature, 'base64url');
  if (!timingSafeEqual(given, macOf(secret, labelOf(purpose), body))) {
    return { ok: false, reason: 'forged' };
  }
  const payload: TokenPayload = {
    readerKey: unpack(reader!),
    epoch: Number.parseInt(epoch!, 36),
    ...(subject === undefined ? {} : { subject: unpack(subject) }),
  };
  if (Number.parseInt(expires!, 36) * HOUR_MS < now.getTime()) {
    return { ok: false, reason: 'expired', payload };
  }
  return { ok: true, payload };
}

/** What the database keeps of a token that is good once. */
export function tokenHash(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
