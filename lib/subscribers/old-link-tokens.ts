import { timingSafeEqual } from 'node:crypto';
import { HOUR_MS } from '@/lib/calendar/days';
import { macOf, PURPOSES, type Purpose } from './link-tokens';

/**
 * Links from before tokens named the reader's random key: they name an id, which another reader may have
 * after a restore. They unsubscribe and do nothing else, until the last mails with them are too old.
 */
export interface OldToken {
  readerId: number;
  epoch: number;
  /** It was signed at this moment at the latest, so it is about nobody who came later. */
  signedBy: Date;
  expired: boolean;
}

const BODY = /^([0-9a-z]{1,7})\.([0-9a-z]{1,7})\.([0-9a-z]{1,7})(?:\.\d{1,10})?$/;

/** Null for what is no old token of ours for that purpose. */
export function readOldToken(
  purpose: Purpose,
  token: string,
  now: Date,
  secret: string,
): OldToken | null {
  const [, encoded, signature] = /^([\w-]{4,200})\.([\w-]{32})$/.exec(token) ?? [];
  if (!encoded || !signature) return null;
  const body = Buffer.from(encoded, 'base64url').toString();
  const given = Buffer.from(signature, 'base64url');
  if (!timingSafeEqual(given, macOf(secret, `token:${purpose}`, body))) return null;
  const [, id, epoch, expires] = BODY.exec(body) ?? [];
  if (!id || !epoch || !expires) return null;
  const hour = Number.parseInt(expires, 36);
  return {
    readerId: Number.parseInt(id, 36),
    epoch: Number.parseInt(epoch, 36),
    signedBy: new Date((hour - PURPOSES[purpose]) * HOUR_MS),
    expired: hour * HOUR_MS < now.getTime(),
  };
}
