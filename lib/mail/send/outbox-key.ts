import { createHash, hkdfSync, timingSafeEqual } from 'node:crypto';

/** What opens the outbox: as good as the secret that it is made of, and new with each rotation. */
function outboxKey(secret: string): string {
  return Buffer.from(hkdfSync('sha256', secret, 'broadsheet', 'outbox', 24)).toString('base64url');
}

/** The secret link's path. */
export function outboxPath(secret: string): string {
  return `/outbox?key=${outboxKey(secret)}`;
}

export function outboxOpens(key: string, secret: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(key), digest(outboxKey(secret)));
}
