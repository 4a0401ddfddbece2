// @ts-check
/**
 * Next's cache of pages, by its documented interface (next.config.mjs names this file). In memory: on
 * disk nothing would ever evict pages, and after a restart the catalogue may have moved on.
 *
 * A page made before the catalogue last changed is made anew, so that the first reader after a change
 * sees it, whichever process made it (lib/feed asks for the version). While the database is away, what
 * is kept stands.
 */
import { LRUCache } from 'lru-cache';
import { metrics } from '../http/metrics.mjs';
import { isDatabaseAway, seenCatalogueVersion, servedRequest } from '../http/web-process.mjs';

/** @typedef {{ revalidate: number | false, expire?: number }} Lifetime seconds */
/**
 * What Next hands over of a page or a route's answer.
 *
 * @typedef {object} Value
 * @property {string} kind
 * @property {number} [status]
 * @property {Record<string, string | string[]>} [headers]
 * @property {string} [html]
 * @property {Uint8Array} [rscData]
 * @property {Map<string, Uint8Array>} [segmentData]
 * @property {Uint8Array} [body]
 */
/**
 * @typedef {object} Entry
 * @property {Value} value
 * @property {number} lastModified milliseconds
 * @property {Lifetime} [cacheControl]
 * @property {string | null} [version] of the catalogue, for a page
 */

const MOST_BYTES = 64 * 1024 * 1024;
/** What keeping an entry costs besides its texts. */
const BYTES_AROUND = 2 * 1024;
/** Seconds for which a page is shown at least where no new one can be made. */
const LEAST_EXPIRE = 120;

/** Of the module: Next makes an object of the class for each request. @type {LRUCache<string, Entry>} */
const entries = new LRUCache({ maxSize: MOST_BYTES, sizeCalculation: sizeOf });

export default class PageCache {
  /** @param {string} key @returns {Promise<Entry | null>} */
  async get(key) {
    const version = seenCatalogueVersion();
    const request = servedRequest();
    if (request) request.versionAtLookup ??= version;
    const entry = entries.get(key);
    const isOutdated = entry?.version !== undefined && entry.version !== version;
    const result = entry && !isOutdated ? 'hit' : 'miss';
    metrics().lookups.inc({ cache: 'pages', result });
    if (!entry || isOutdated) return null;
    // Nothing newer can be made, so for Next it is of this moment.
    return isDatabaseAway() ? { ...entry, lastModified: Date.now() } : entry;
  }

  /**
   * @param {string} key
   * @param {Value | null} value
   * @param {{ cacheControl?: Lifetime }} context
   */
  async set(key, value, { cacheControl }) {
    if (!value || !isKept(value)) {
      entries.delete(key);
      return;
    }
    entries.set(key, {
      value,
      lastModified: Date.now(),
      cacheControl: cacheControl && withExpiry(cacheControl),
      version: value.kind === 'APP_PAGE' ? versionAtLookup() : undefined,
    });
  }

  /** @param {string | string[]} tags */
  async revalidateTag(tags) {
    const wanted = [tags].flat();
    for (const [key, { value }] of entries.entries()) {
      const own = String(value.headers?.['x-next-cache-tags'] ?? '').split(',');
      if (wanted.some((tag) => own.includes(tag))) entries.delete(key);
    }
  }

  resetRequestCache() {}
}

/**
 * Only answers with something in them, and no page that says that there are too many of its kind
 * (`doNotKeepPage`), so that made-up addresses push nothing out.
 *
 * @param {Value} value
 */
function isKept({ kind, status = 200 }) {
  if (status !== 200) return false;
  if (kind === 'APP_PAGE') return servedRequest()?.mayKeepPage !== false;
  return kind === 'APP_ROUTE';
}

/**
 * Until it expires, a page too old is shown while a new one is made: for as long again as it was new.
 * Next would say `expireTime` for all of them.
 *
 * @param {Lifetime} lifetime
 * @returns {Lifetime}
 */
function withExpiry({ revalidate, expire }) {
  if (revalidate === false || expire === undefined) return { revalidate, expire };
  return { revalidate, expire: Math.min(expire, Math.max(2 * revalidate, LEAST_EXPIRE)) };
}

/** When the making began: by its end there may be a newer one, which the page may or may not show. */
function versionAtLookup() {
  return servedRequest()?.versionAtLookup ?? null;
}

/** @param {Entry} entry */
function sizeOf({ value: { html, rscData, segmentData, body } }) {
  const texts = [html, rscData, body, ...(segmentData?.values() ?? [])];
  return texts.reduce((sum, text) => sum + (text?.length ?? 0), BYTES_AROUND);
}
