// @ts-check
/**
 * How much one network may have made for it: pages and answers that no cache had, such as searches and
 * further pages. Generous to readers; a crawler in a hurry is told to slow down before it takes the
 * machine from everybody else. Counted in memory, because it must cost nothing; writes are counted once
 * more where they happen (lib/http/rate-limit.ts).
 */
import { LRUCache } from 'lru-cache';
import { networkOf, rangeOf } from '../http/network.mjs';

/** At once, after a while of silence. */
export const BURST = 300;
/** For ever. */
export const PER_SECOND = 5;
export const RETRY_SECONDS = 10;
const MOST_NETWORKS = 10_000;
/** Ourselves, or a proxy that TRUST_PROXY says nothing of: behind it are all readers together. */
const UNLIMITED = ['loopback', 'private', 'uniqueLocal', 'linkLocal'];
/**
 * Files cost nothing; mail services and schedulers come in bursts of their own and prove who they are.
 * Every method counts: a page is made for whatever it is asked with.
 */
const UNCOUNTED = /^\/(?:_next\/static|api\/webhooks|api\/cron)\/|^\/unsubscribe\/one-click$/;

/**
 * Counts a request; false where its network asks too fast.
 *
 * @param {() => number} now milliseconds
 * @returns {(path: string, address: string) => boolean}
 */
export function readLimit(now = Date.now) {
  /** What each network may still ask for. @type {LRUCache<string, { left: number, at: number }>} */
  const networks = new LRUCache({ max: MOST_NETWORKS });
  return (path, address) => {
    const network = networkOf(address);
    if (network === null || UNLIMITED.includes(rangeOf(address) ?? '')) return true;
    if (!isCounted(path)) return true;
    const at = now();
    const before = networks.get(network) ?? { left: BURST, at };
    const left = Math.min(BURST, before.left + ((at - before.at) / 1000) * PER_SECOND);
    const isLeft = left >= 1;
    networks.set(network, { left: isLeft ? left - 1 : left, at });
    return isLeft;
  };
}

/** @param {string} path */
function isCounted(path) {
  // As Next will read it: with `..` resolved.
  return !UNCOUNTED.test(new URL(`http://host${path}`).pathname);
}
