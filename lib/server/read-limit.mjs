// @ts-check
/**
 * How much one network may have made for it: pages and answers that no cache had, such as searches and
 * further pages. Generous to readers; a crawler in a hurry is told to slow down before it takes the
 * machine from everybody else. Counted in memory, because it must cost nothing; writes are counted once
 * more where they happen (lib/http/rate-limit.ts).
 */
import ipaddr from 'ipaddr.js';

/** @typedef {import('node:http').IncomingMessage} Request */
/** @typedef {import('node:http').ServerResponse} Response */
/** @typedef {(request: Request, response: Response) => unknown} Handler */

/** At once, after a while of silence. */
export const BURST = 300;
/** For ever. */
export const PER_SECOND = 5;
const RETRY_SECONDS = 10;
const MOST_NETWORKS = 10_000;
/** Ourselves, or a proxy that TRUST_PROXY says nothing of: behind it are all readers together. */
const UNLIMITED = ['loopback', 'private', 'uniqueLocal', 'linkLocal'];

/**
 * @param {Handler} handle
 * @param {(request: Request) => string} addressOf
 * @param {() => number} now milliseconds
 * @returns {Handler}
 */
export function withReadLimit(handle, addressOf, now = Date.now) {
  /** What each network may still ask for. Least recently seen first. @type {Map<string, { left: number, at: number }>} */
  const networks = new Map();

  /** @param {string} network */
  const take = (network) => {
    const at = now();
    const before = networks.get(network) ?? { left: BURST, at };
    const left = Math.min(BURST, before.left + ((at - before.at) / 1000) * PER_SECOND);
    const isLeft = left >= 1;
    networks.delete(network);
    networks.set(network, { left: isLeft ? left - 1 : left, at });
    const [oldest] = networks.keys();
    if (networks.size > MOST_NETWORKS && oldest !== undefined) networks.delete(oldest);
    return isLeft;
  };

  return (request, response) => {
    const network = isCounted(request) ? networkOf(addressOf(request)) : null;
    if (network === null || take(network)) return handle(request, response);
    refuse(request, response);
  };
}

/**
 * Files cost nothing; mail services and schedulers come in bursts of their own and prove who they are.
 * Every method counts: a page is made for whatever it is asked with.
 */
const UNCOUNTED = /^\/(?:_next\/static|api\/webhooks|api\/cron)\/|^\/unsubscribe\/one-click$/;

/** @param {Request} request */
function isCounted({ url = '' }) {
  // As Next will read it: with `..` resolved.
  return !UNCOUNTED.test(new URL(`http://host${url}`).pathname);
}

/**
 * An IPv4 address, or the 64 bits that one IPv6 customer has; null without a limit.
 *
 * @param {string} address
 */
function networkOf(address) {
  if (!ipaddr.isValid(address)) return null;
  const parsed = ipaddr.process(address);
  if (UNLIMITED.includes(parsed.range())) return null;
  return parsed.kind() === 'ipv4' ? address : parsed.toByteArray().slice(0, 8).join('.');
}

/** @param {Request} request @param {Response} response */
function refuse({ url = '' }, response) {
  const title = 'Too many requests';
  const detail = `Your network asks faster than this site can answer. Please wait ${RETRY_SECONDS} seconds, and then ask at most ${PER_SECOND} times a second.`;
  const isApi = url.startsWith('/api/');
  const body = isApi
    ? JSON.stringify({ type: 'about:blank', title, status: 429, detail })
    : `${title}. ${detail}\n`;
  response
    .writeHead(429, {
      'content-type': isApi ? 'application/problem+json' : 'text/plain; charset=utf-8',
      'cache-control': 'no-store',
      'retry-after': String(RETRY_SECONDS),
    })
    .end(body);
}
