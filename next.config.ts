import { fileURLToPath } from 'node:url';
import type { NextConfig } from 'next';

/** On every answer. Pages get their content security policy from the page cache or from proxy.ts. */
const SECURITY_HEADERS = [
  { key: 'Strict-Transport-Security', value: 'max-age=31536000' },
  { key: 'X-Content-Type-Options', value: 'nosniff' },
  { key: 'X-Frame-Options', value: 'DENY' },
  { key: 'Referrer-Policy', value: 'strict-origin-when-cross-origin' },
  { key: 'Permissions-Policy', value: 'camera=(), geolocation=(), microphone=(), payment=()' },
  { key: 'Cross-Origin-Opener-Policy', value: 'same-origin' },
  { key: 'Cross-Origin-Resource-Policy', value: 'same-origin' },
];

const config: NextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  // `npm test` checks the types, of the tests too; who starts the site need not wait for that.
  typescript: { ignoreBuildErrors: true },
  cacheHandler: fileURLToPath(new URL('./lib/server/page-cache.mjs', import.meta.url)),
  // Pages made at run time stay in memory, least recently used out first: on disk nothing would
  // ever evict them, and after a restart the catalogue may have moved on.
  cacheMaxMemorySize: 64 * 1024 * 1024,
  // How old (seconds) a page a proxy in front may show while it asks for a new one; Next's own limit is a year.
  expireTime: 120,
  // There are none to make smaller, and the route that would do it is open to everybody.
  images: { unoptimized: true },
  // Above what a form may have (lib/http/form.ts), so that a larger one is refused and not cut.
  experimental: { isrFlushToDisk: false, proxyClientMaxBodySize: '100kb' },
  rewrites: async () => [
    {
      source: '/papers/:id(\\d+).:format(md|bib|ris|csl\\.json|txt)',
      destination: '/papers/:id/as/:format',
    },
  ],
  headers: async () => [{ source: '/:path*', headers: SECURITY_HEADERS }],
};

export default config;
