// @ts-check
/**
 * Next's own page cache, with three additions:
 *
 * - a page made before the catalogue last changed is made anew, so that the first reader after a
 *   change sees it, whichever process made it (lib/feed/version.ts asks for the version);
 * - each page carries a content security policy with the hashes of its inline scripts (a nonce would
 *   make every page dynamic);
 * - only answers with a page are kept, and only of addresses of which there are not too many, so that
 *   made-up ones push nothing out. Nothing is written to disk (next.config.ts).
 *
 * It extends an internal class of Next; the version is pinned and tests/http/content-security.test.ts
 * fails if the class moves or changes its ways.
 */
import fileSystemCache from 'next/dist/server/lib/incremental-cache/file-system-cache.js';
import { contentSecurityPolicy, inlineScriptHashes } from '../http/content-security.mjs';

/** @typedef {import('next/dist/server/lib/incremental-cache/file-system-cache.js').default} Cache */
/** @typedef {import('../feed/catalogue-version').SeenCatalogue} SeenCatalogue */
/** @type {typeof import('next/dist/server/lib/incremental-cache/file-system-cache.js').default} */
// @ts-expect-error: a CommonJS module's default export, seen from an ES module
const FileSystemCache = fileSystemCache.default ?? fileSystemCache;

/** Making a page takes less than this. */
const PATIENCE_MS = 30_000;

/**
 * The version of the catalogue that each page made in this process shows at least. Pages from the
 * build show nothing of it.
 *
 * @type {WeakMap<object, string>}
 */
const versions = new WeakMap();

/**
 * The version when the making of a page began: by its end there may be a newer one, which it may or
 * may not show.
 *
 * @type {Map<string, { version: string, at: number }>}
 */
const inTheMaking = new Map();

export default class PageCache extends FileSystemCache {
  /**
   * @override
   * @param {Parameters<Cache['get']>} args
   */
  async get(...args) {
    const [key] = args;
    const entry = await super.get(...args);
    const page = entry?.value?.kind === 'APP_PAGE' ? entry.value : null;
    if (entry && !(page && isOutdated(page))) {
      if (page) secure(page);
      return entry;
    }
    const seen = catalogue();
    const begun = inTheMaking.get(key);
    if (seen && !(begun && begun.at > Date.now() - PATIENCE_MS)) {
      if (inTheMaking.size > 1_000) inTheMaking.clear();
      inTheMaking.set(key, { version: seen.version, at: Date.now() });
    }
    return null;
  }

  /**
   * @override
   * @param {Parameters<Cache['set']>} args
   */
  async set(...args) {
    const [key, value, context] = args;
    if (value?.kind === 'APP_ROUTE' && value.status !== 200) return;
    if (value?.kind === 'APP_PAGE') {
      secure(value);
      const version = versionAtBeginning(key);
      if (version !== null) versions.set(value, version);
      if (!isKept(key, value.status)) return;
    }
    await super.set(key, value, context);
  }
}

/** @returns {SeenCatalogue | undefined} */
function catalogue() {
  return /** @type {any} */ (globalThis)[Symbol.for('broadsheet.catalogue')];
}

/** @param {object} page */
function isOutdated(page) {
  const version = versions.get(page);
  const seen = catalogue();
  return version !== undefined && seen !== undefined && version !== seen.version;
}

/** @param {string} key */
function versionAtBeginning(key) {
  const begun = inTheMaking.get(key);
  inTheMaking.delete(key);
  if (begun) return begun.version;
  // Made anew because of its age, while the old one was served.
  const seen = catalogue();
  if (!seen) return null;
  return seen.since > Date.now() - PATIENCE_MS ? (seen.previous ?? seen.version) : seen.version;
}

/**
 * Not kept: what is no page, further pages of a list, and combinations of filters without number. A
 * list is kept where it has one filter: a date, a category, code, or up to two tags.
 *
 * @param {string} key
 * @param {number | undefined} status
 */
export function isKept(key, status) {
  if (key.endsWith('/_not-found')) return true;
  if (status !== undefined && status !== 200) return false;
  const path = key.replaceAll('%2B', '+');
  if (/\/(?:after|without)\/|\/tags\/[^/]*\+[^/]*\+/.test(path)) return false;
  const filters = path.match(/\/(?:tags|category|code|\d{4}-[^/]*)(?=\/|$)/g) ?? [];
  return filters.length <= 1;
}

/** @param {{ html: unknown, headers?: Record<string, unknown> }} page */
function secure(page) {
  if (page.headers?.['content-security-policy']) return;
  const policy = contentSecurityPolicy(inlineScriptHashes(String(page.html)));
  page.headers = { ...page.headers, 'content-security-policy': policy };
}
