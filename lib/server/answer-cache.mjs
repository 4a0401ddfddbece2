// @ts-check
/**
 * Whole answers, ready to send: of pages that Next had in its page cache, and of whatever any cache may
 * keep (`Cache-Control: public`), such as feeds, files and the API's lists. Next takes milliseconds to
 * find or make one, and every reader would wait for that. An answer stands no longer than the version of
 * the catalogue that it was made under, nor than proxies in front may keep it.
 */
import { LRUCache } from 'lru-cache';
import { isDatabaseAway, seenCatalogueVersion } from '../http/web-process.mjs';
import { acceptsGzip } from './gzip.mjs';

/** @typedef {import('node:http').IncomingMessage} Request */
/** @typedef {import('node:http').OutgoingHttpHeaders} Headers */
/** @typedef {{ headers: Headers, body: Buffer }} KeptAnswer */
/** What was asked for, and what the catalogue was then. @typedef {{ key: string, version: string | null }} Asked */

const MOST_BYTES = 32 * 1024 * 1024;
/** One answer; a larger one would push too many others out. */
export const MOST_BYTES_EACH = 1024 * 1024;
/** What keeping one costs besides its body: headers and the map's own. */
const BYTES_AROUND = 2 * 1024;
/** No address of ours is longer; one that is was padded. */
const LONGEST_ADDRESS = 512;
const KEPT_MS = 60_000;
/**
 * Addresses with a query are without number, so all but these are left to their makers: the first
 * pages of the API's lists.
 */
const KEPT_QUERY = /^\/api\/v1\/papers\?(?!.*\b(?:q|after)=)/;
/** A request with one of these wants something other than the page that everybody gets. */
const SPECIAL = ['rsc', 'next-action', 'next-router-prefetch', 'range', 'authorization', 'expect'];
/** Seconds. Proxies in front hear of no change of the catalogue, so they show no older list. */
const PROXIES_SHOW = 120;
/** Made for each answer anew. */
const OF_THE_MOMENT = ['date', 'connection', 'keep-alive', 'transfer-encoding', 'content-length'];

export class AnswerCache {
  /** @type {LRUCache<string, KeptAnswer>} */
  #answers = new LRUCache({
    maxSize: MOST_BYTES,
    maxEntrySize: MOST_BYTES_EACH + BYTES_AROUND,
    sizeCalculation: ({ body }) => body.length + BYTES_AROUND,
    ttl: KEPT_MS,
    // It stands in where no new one can be made.
    noDeleteOnStaleGet: true,
  });
  /** Of the catalogue, for all that is kept. */
  #version = seenCatalogueVersion();

  /** @param {Asked} asked */
  find(asked) {
    return this.#get(asked, isDatabaseAway());
  }

  /** However long it has been kept. @param {Asked} asked */
  findOld(asked) {
    return this.#get(asked, true);
  }

  /** @param {Asked} asked @param {boolean} allowStale */
  #get({ key, version }, allowStale) {
    if (version !== this.#version) {
      this.#answers.clear();
      this.#version = version;
    }
    return this.#answers.get(key, { allowStale });
  }

  /**
   * @param {Asked} asked when the request came: the answer may be of a later version, not of an earlier
   * @param {KeptAnswer} answer
   */
  keep({ key, version }, { headers, body }) {
    if (version !== this.#version) return;
    const lasting = { ...headers };
    for (const name of OF_THE_MOMENT) delete lasting[name];
    this.#answers.set(key, { headers: lasting, body });
  }
}

/**
 * What the cache knows a request by; null where everybody's answer is not what it wants.
 *
 * @param {Request} request
 * @returns {Asked | null}
 */
export function askedOf({ method, headers, url = '' }) {
  const isPlain =
    (method === 'GET' || method === 'HEAD') &&
    url.length <= LONGEST_ADDRESS &&
    (!url.includes('?') || KEPT_QUERY.test(url)) &&
    !SPECIAL.some((name) => name in headers) &&
    !headers.cookie?.includes('__prerender_bypass');
  if (!isPlain) return null;
  const key = `${acceptsGzip(headers) ? 'gzip' : 'identity'} ${url}`;
  return { key, version: seenCatalogueVersion() };
}

/** @param {number} status @param {Headers} headers */
export function mayBeKept(status, headers) {
  return (
    status === 200 &&
    headers['content-encoding'] === undefined &&
    (String(headers['x-nextjs-cache']) === 'HIT' ||
      /\bpublic\b/.test(String(headers['cache-control'])))
  );
}

/**
 * What proxies in front may do with what Next keeps. Next would let them show it until it expires here.
 *
 * @param {string} cacheControl
 */
export function forProxies(cacheControl) {
  const [, seconds] = /^s-maxage=(\d+)/.exec(cacheControl) ?? [];
  if (seconds === undefined) return cacheControl;
  const longer = PROXIES_SHOW - Number(seconds);
  return `s-maxage=${seconds}${longer > 0 ? `, stale-while-revalidate=${longer}` : ''}`;
}
