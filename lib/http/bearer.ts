import { createHash, timingSafeEqual } from 'node:crypto';

/** Whether `Authorization: Bearer …` carries the secret. No secret means: nobody has it. */
export function hasBearer(headers: Headers, secret: string | null): boolean {
  if (!secret) return false;
  const [, given = ''] = /^Bearer\s+(.+)$/i.exec(headers.get('authorization') ?? '') ?? [];
  // Digests have one length, so that the comparison tells nothing of the secret's.
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(secret));
}
