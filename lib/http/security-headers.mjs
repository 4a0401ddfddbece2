// @ts-check
/**
 * On every answer. next.config.mjs hands them to Next for any host; our server adds them to what Next
 * did not shape. Content security policies: content-security.mjs.
 */
const SECURITY_HEADERS = {
  'strict-transport-security': 'max-age=31536000',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'strict-origin-when-cross-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=()',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
};

/** Paths, after the first slash, that pages of other sites may load. */
const FOR_OTHER_SITES = '(?:api/v1|feeds|cards)/.*|papers/\\d+\\.(?:md|bib|ris|csl\\.json|txt)';
const forOtherSites = new RegExp(`^/(?:${FOR_OTHER_SITES})$`);
const OPEN = { 'cross-origin-resource-policy': 'cross-origin' };

/** @param {string} path without query */
export function securityHeadersOf(path) {
  return forOtherSites.test(path) ? { ...SECURITY_HEADERS, ...OPEN } : SECURITY_HEADERS;
}

/** The same for all paths, as Next's `headers`; where two rules match, the later one wins. */
export function securityHeaderRules() {
  /** @param {Record<string, string>} headers */
  const listOf = (headers) => Object.entries(headers).map(([key, value]) => ({ key, value }));
  return [
    { source: '/:path*', headers: listOf(SECURITY_HEADERS) },
    { source: `/:path(${FOR_OTHER_SITES})`, headers: listOf(OPEN) },
  ];
}
