// @ts-check
/** The content security policy. */
import { createHash } from 'node:crypto';

/**
 * Inline scripts run only where `scripts` names them, by hash or nonce; styles, images, fonts and
 * requests only from this site; the page is framed nowhere and posts nowhere else.
 *
 * @param {readonly string[]} scripts CSP sources such as `'sha256-…'` or `'nonce-…'`, quotes included
 * @param {{ development?: boolean, frames?: boolean }} [options] `development` allows what Next's dev
 *   server needs; `frames` lets the page frame others of this site
 */
export function contentSecurityPolicy(scripts, { development = false, frames = false } = {}) {
  const scriptSources = ["'self'", ...scripts, ...(development ? ["'unsafe-eval'"] : [])];
  return [
    "default-src 'none'",
    `script-src ${scriptSources.join(' ')}`,
    `style-src 'self'${development ? " 'unsafe-inline'" : ''}`,
    "img-src 'self' data:",
    "font-src 'self'",
    `connect-src 'self'${development ? ' ws:' : ''}`,
    "manifest-src 'self'",
    ...(frames ? ["frame-src 'self'"] : []),
    "form-action 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ].join('; ');
}

/**
 * The hash of an inline script's text as a CSP source.
 *
 * @param {string} script
 */
export function scriptHash(script) {
  return `'sha256-${createHash('sha256').update(script, 'utf8').digest('base64')}'`;
}

const SCRIPT = /<script(?<attributes>[^>]*)>(?<text>[\s\S]*?)<\/script>/g;

/**
 * Hashes of all inline scripts of a page that Next rendered, each once.
 *
 * @param {string} html
 */
export function inlineScriptHashes(html) {
  /** @type {Set<string>} */
  const hashes = new Set();
  for (const { groups } of html.matchAll(SCRIPT)) {
    if (groups && groups.text !== '' && !/\ssrc=/.test(groups.attributes ?? '')) {
      hashes.add(scriptHash(groups.text ?? ''));
    }
  }
  return [...hashes];
}
