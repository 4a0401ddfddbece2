// @ts-check
/**
 * Next's own page cache, with two additions: each cached page carries a content security policy with
 * the hashes of its inline scripts (a nonce would make every page dynamic), and "not found" is not
 * kept, so that made-up addresses fill nothing.
 *
 * It extends an internal class of Next; the version is pinned and tests/http/content-security.test.ts
 * fails if the class moves or changes its ways.
 */
import fileSystemCache from 'next/dist/server/lib/incremental-cache/file-system-cache.js';
import { contentSecurityPolicy, inlineScriptHashes } from '../http/content-security.mjs';

/** @typedef {import('next/dist/server/lib/incremental-cache/file-system-cache.js').default} Cache */
/** @type {typeof import('next/dist/server/lib/incremental-cache/file-system-cache.js').default} */
// @ts-expect-error: a CommonJS module's default export, seen from an ES module
const FileSystemCache = fileSystemCache.default ?? fileSystemCache;

export default class PageCache extends FileSystemCache {
  /**
   * @override
   * @param {Parameters<Cache['get']>} args
   */
  async get(...args) {
    const entry = await super.get(...args);
    if (entry) secure(entry.value);
    return entry;
  }

  /**
   * @override
   * @param {Parameters<Cache['set']>} args
   */
  async set(...args) {
    const [key, value, context] = args;
    // Also what is not kept: Next answers the request with this very object.
    secure(value);
    if (value?.kind === 'APP_PAGE' && value.status === 404 && !key.endsWith('/_not-found')) return;
    await super.set(key, value, context);
  }
}

/** @param {Parameters<Cache['set']>[1] | undefined} value */
function secure(value) {
  if (value?.kind !== 'APP_PAGE') return;
  if (value.headers?.['content-security-policy']) return;
  const policy = contentSecurityPolicy(inlineScriptHashes(value.html));
  value.headers = { ...value.headers, 'content-security-policy': policy };
}
