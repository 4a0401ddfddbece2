import { createHash, createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import { HOUR_MS } from '@/lib/calendar/days';

/**
 * Signed links. A token says for one purpose, one reader and a limited time that its holder
 * received our mail. It is revoked by raising the reader's `tokenEpoch`, which is part of it.
 * Nothing that could make a token is stored: where one must be recognised later (a confirmation is
 * good once), the table holds its hash.
 */
export const PURPOSES = {
  /** Makes a reader active. Short, because whoever asked is waiting for it. */
  confirm: 48,
  /** Confirms a new address of an active reader. */
  'change-address': 48,
  preferences: 24 * 400,
  /** Older mails than this hardly exist; until then their unsubscribe links work. */
  unsubscribe: 24 * 800,
  feedback: 24 * 400,
  issue: 24 * 800,
} as const satisfies Record<string, number>;
export type Purpose = keyof typeof PURPOSES;

export interface TokenPayload {
  readerId: number;
  epoch: number;
  /** What the purpose is about besides the reader: a confirmation's id, a delivery's id. */
  subject?: string;
}

export type TokenResult =
  | { ok: true; payload: TokenPayload }
  | { ok: false; reason: 'malformed' | 'forged' | 'expired'; payload?: TokenPayload };

const keys = new Map<string, Buffer>();

/** Its own key for each purpose: a token for one purpose can never pass for another. */
function keyFor(secret: string, purpose: Purpose): Buffer {
  const name = `${purpose}\0${secret}`;
  let key = keys.get(name);
  if (!key) {
    key = Buffer.from(hkdfSync('sha256', secret, 'broadsheet', `token:${purpose}`, 32));
    keys.set(name, key);
  }
  return key;
}

function mac(secret: string, purpose: Purpose, body: string): Buffer {
  return createHmac('sha256', keyFor(secret, purpose)).update(body).digest().subarray(0, 24);
}

/** The same payload, moment and secret give the same token; expiry is rounded up to the hour. */
export function signToken(
  purpose: Purpose,
  payload: TokenPayload,
  now: Date,
  secret: string,
): string {
  const expires = Math.ceil(now.getTime() / HOUR_MS) + PURPOSES[purpose];
  const fields = [payload.readerId, payload.epoch, expires].map((n) => n.toString(36));
  if (payload.subject !== undefined) fields.push(payload.subject);
  const body = fields.join('.');
  return `${Buffer.from(body).toString('base64url')}.${mac(secret, purpose, body).toString('base64url')}`;
}

/** Checks the signature before it reads anything. An expired token still says whose it was. */
export function verifyToken(
  purpose: Purpose,
  token: string,
  now: Date,
  secret: string,
): TokenResult {
  const [, encoded, signature] = /^([\w-]{4,200})\.([\w-]{32})$/.exec(token) ?? [];
  if (!encoded || !signature) return { ok: false, reason: 'malformed' };
  const body = Buffer.from(encoded, 'base64url').toString();
  const given = Buffer.from(signature, 'base64url');
  if (!timingSafeEqual(given, mac(secret, purpose, body))) return { ok: false, reason: 'forged' };
  const [id, epoch, expires, ...subject] = body.split('.');
  const payload: TokenPayload = {
    readerId: Number.parseInt(id!, 36),
    epoch: Number.parseInt(epoch!, 36),
    ...(subject.length > 0 ? { subject: subject.join('.') } : {}),
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
