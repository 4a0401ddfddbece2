import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * Variable envelope return paths: each message has a sender address of its own, so that a bounce
 * tells which message it answers whatever its text says. The address carries a code, because
 * anybody can write to it and only we can make one.
 */
export function verpAddress(messageId: string, domain: string, secret: string): string {
  return `b-${messageId}-${code(messageId, secret)}@${domain}`;
}

/** The message's id, or null for an address that we did not make. */
export function readVerpAddress(address: string, secret: string): string | null {
  const match = /^b-([a-z0-9-]{1,40})-([0-9a-f]{12})@/.exec(address.trim().toLowerCase());
  if (!match) return null;
  const [, id, given] = match;
  const expected = code(id!, secret);
  return timingSafeEqual(Buffer.from(given!), Buffer.from(expected)) ? id! : null;
}

/** 48 bits are enough: a guess costs a mail each, and a hit only adds one bounce to one reader. */
function code(messageId: string, secret: string): string {
  return createHmac('sha256', secret).update(`verp:${messageId}`).digest('hex').slice(0, 12);
}
