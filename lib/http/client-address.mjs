// @ts-check
/** Set by our own web server from the connection, whatever the client sent under this name. */
const PEER_HEADER = 'x-broadsheet-peer';

/**
 * The address at the other end of the connection; null where another server than ours took it.
 *
 * @param {Pick<Headers, 'get'>} headers
 */
function peerAddress(headers) {
  const ours = Symbol.for('broadsheet.peer') in globalThis;
  const peer = ours ? headers.get(PEER_HEADER) : null;
  return peer && plain(peer);
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
  const peer = peerAddress(headers) ?? 'unknown';
  if (trustProxy === 0) return peer;
  const forwarded = (headers.get('x-forwarded-for') ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean);
  return plain(forwarded.at(-trustProxy) ?? forwarded[0] ?? peer);
}

/**
 * IPv4 addresses come as `::ffff:192.0.2.1` through a socket that listens on both families.
 *
 * @param {string} address
 */
function plain(address) {
  return address.replace(/^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/i, '');
}

/**
 * Whether the connection comes from this machine, and by a name that only this machine has.
 *
 * @param {Headers} headers
 */
export function isLocal(headers) {
  const peer = peerAddress(headers);
  const host = (headers.get('host') ?? '').replace(/:\d+$/, '');
  const forwarded = headers.get('x-forwarded-for')?.split(',') ?? [];
  const loopback = (/** @type {string} */ address) => address === '::1' || /^127\./.test(address);
  return (
    peer !== null &&
    loopback(peer) &&
    // A proxy on this machine brings strangers under a loopback address.
    !['via', 'forwarded', 'x-real-ip'].some((name) => headers.has(name)) &&
    forwarded.every((address) => loopback(plain(address.trim()))) &&
    // A page elsewhere can point a name of its own at 127.0.0.1 (DNS rebinding).
    ['localhost', '127.0.0.1', '[::1]'].includes(host)
  );
}
