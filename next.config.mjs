import { fileURLToPath } from 'node:url';
import { securityHeaderRules } from './lib/http/security-headers.mjs';

/** @type {import('next').NextConfig} */
const config = {
  poweredByHeader: false,
  reactStrictMode: true,
  // `npm test` checks the types, of the tests too; who starts the site need not wait for that.
  typescript: { ignoreBuildErrors: true },
  cacheHandler: fileURLToPath(new URL('./lib/server/page-cache.mjs', import.meta.url)),
  // Next's own, besides that handler: none.
  cacheMaxMemorySize: 0,
  // Seconds after which Next would make a cached page anew while a reader waits: longer than any page's
  // `revalidate`. The page cache sets shorter ones, and lib/server/answer.mjs what proxies may do.
  expireTime: 2 * 86_400,
  // By lib/server/answer.mjs: it keeps what it has compressed.
  compress: false,
  // There are none to make smaller, and the route that would do it is open to everybody.
  images: { unoptimized: true },
  // Above what a form may have (lib/http/form.ts), so that a larger one is refused and not cut.
  experimental: { proxyClientMaxBodySize: '100kb' },
  rewrites: async () => [
    {
      source: '/papers/:id(\\d+).:format(md|bib|ris|csl\\.json|txt)',
      destination: '/papers/:id/as/:format',
    },
  ],
  // Where people, and programs that look for a feed, guess it.
  redirects: async () =>
    ['/feed', '/rss', '/atom.xml', '/feed.xml', '/rss.xml', '/index.xml'].map((source) => ({
      source,
      destination: '/feeds/atom',
      // Old feed readers know no 308.
      statusCode: /** @type {const} */ (301),
    })),
  headers: async () => securityHeaderRules(),
};

export default config;
