import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * A message's id, of its kind and the random key of its row: in a restored database it can never be
 * another one's.
 */
export function messageId(kind: 'delivery' | 'transactional', key: string): string {
  return `${kind}-${key.replaceAll('-', '')}`;
}

/** The kind and the key, or null for what is no message's id. */
export function readMessageId(
  id: string,
): { kind: 'delivery' | 'transactional'; key: string } | null {
  const [, kind, digits] = /^(delivery|transactional)-([0-9a-f]{32})$/.exec(id) ?? [];
  if (!kind || !digits) return null;
  const key = digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  return { kind: kind as 'delivery' | 'transactional', key };
}

/**
 * A message's id with a code: it stands in headers, where anybody can write one, and only we can make
 * the code.
 */
export function signedId(messageId: string, secret: string): string {
  return `${messageId}-${code(messageId, secret)}`;
}

/** The message's id, or null for one that we did not sign. */
export function readSignedId(signed: string, secret: string): string | null {
  const [, id, given] = /^([a-z0-9-]{1,48})-([0-9a-f]{12})$/.exec(signed.toLowerCase()) ?? [];
  if (!id || !given) return null;
  return timingSafeEqual(Buffer.from(given), Buffer.from(code(id, secret))) ? id : null;
}

/**
 * Variable envelope return paths: each message has a sender address of its own, so that a bounce
 * tells which message it answers whatever its text says.
 */
export function verpAddress(messageId: string, domain: string, secret: string): string {
  return `b-${signedId(messageId, secret)}@${domain}`;
}

/** The message's id, or null for an address that we did not make. */
export function readVerpAddress(address: string, secret: string): string | null {
  const [, signed] = /^b-([^@]+)@/i.exec(address.trim()) ?? [];
  return signed === undefined ? null : readSignedId(signed, secret);
}

/** 48 bits are enough: a guess costs a mail each, and a hit only adds one bounce to one reader. */
function code(messageId: string, secret: string): string {
  return createHmac('sha256', secret).update(`verp:${messageId}`).digest('hex').slice(0, 12);
}
