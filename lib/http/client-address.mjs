// @ts-check
import { plainAddress } from './network.mjs';
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
