import { networkOf } from '@/lib/http/network.mjs';
import { macOf } from '@/lib/subscribers/link-tokens';

/** How a vote's row knows the site that it came from, which it must not keep: bursts are told by it. */
export function networkKey(ip: string | null, secret: string): string {
  const site = networkOf(ip ?? '', 'site') ?? 'unknown';
  return macOf(secret, 'network of a vote', site).toString('base64url').slice(0, 16);
}
