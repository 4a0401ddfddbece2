// @ts-check
import { plainAddress, rangeOf } from './network.mjs';
import { servedRequest } from './web-process.mjs';

/** The address at the other end of the connection; null where another server than ours took it. */
function peerAddress() {
  const request = servedRequest();
  return request ? plainAddress(request.peer) : null;
}

/**
 * The client's IP address. `trustProxy` is how many proxies in front are believed: each appends the
 * address it saw to X-Forwarded-For, so the client's is that many places from the right. Anything
 * further left was written by the client itself.
 *
 * @param {Pick<Headers, 'get'>} headers
 * @param {number} trustProxy
 * @returns {string}
 */
export function clientAddress(headers, trustProxy) {
  const peer = peerAddress() ?? 'unknown';
  if (trustProxy === 0) return peer;
  const forwarded = (headers.get('x-forwarded-for') ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean);
  return plainAddress(forwarded.at(-trustProxy) ?? forwarded[0] ?? peer);
}

/**
 * Whether the connection comes from this machine, and by a name that only this machine has.
 *
 * @param {Headers} headers
 */
export function isLocal(headers) {
  const peer = peerAddress();
  const host = (headers.get('host') ?? '').replace(/:\d+$/, '');
  const forwarded = headers.get('x-forwarded-for')?.split(',') ?? [];
  const isLoopback = (/** @type {string} */ address) => rangeOf(address) === 'loopback';
  return (
    peer !== null &&
    isLoopback(peer) &&
    // A proxy on this machine brings strangers under a loopback address.
    !['via', 'forwarded', 'x-real-ip'].some((name) => headers.has(name)) &&
    forwarded.every((address) => isLoopback(address.trim())) &&
    // A page elsewhere can point a name of its own at 127.0.0.1 (DNS rebinding).
    ['localhost', '127.0.0.1', '[::1]'].includes(host)
  );
}
