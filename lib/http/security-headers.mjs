// @ts-check
/**
 * On every answer. next.config.ts hands them to Next for any host; our server adds them to what Next
 * did not shape. Content security policies: content-security.mjs.
 */
export const SECURITY_HEADERS = {
  'strict-transport-security': 'max-age=31536000',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'strict-origin-when-cross-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=()',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
};

/** What pages of other sites may load: as patterns of Next's `headers`. */
const FOR_OTHER_SITES = [
  '/api/v1/:path*',
  '/feeds/:path*',
  '/cards/:path*',
  '/papers/:file(\\d+\\.(?:md|bib|ris|csl\\.json|txt))',
];

/** The same as Next's `headers`; where two rules match, the later one wins. */
export function securityHeaderRules() {
  const headers = Object.entries(SECURITY_HEADERS).map(([key, value]) => ({ key, value }));
  const open = [{ key: 'cross-origin-resource-policy', value: 'cross-origin' }];
  return [
    { source: '/:path*', headers },
    ...FOR_OTHER_SITES.map((source) => ({ source, headers: open })),
  ];
}
