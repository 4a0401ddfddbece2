import { env } from '@/lib/runtime/env';

// The address of the site is known when it runs, not when it is built.
export const dynamic = 'force-dynamic';

/** Open to all. Searches and readers' own pages are endless or private, and of no use to crawlers. */
export function GET(): Response {
  const lines = [
    'User-agent: *',
    'Disallow: /search',
    'Disallow: /api/cron/',
    'Disallow: /account',
    'Disallow: /admin',
    'Disallow: /confirm',
    'Disallow: /for-you',
    'Disallow: /library',
    'Disallow: /marks',
    'Disallow: /preferences',
    'Disallow: /shelves',
    'Disallow: /sign-in',
    'Disallow: /unsubscribe',
    'Disallow: /*/after/',
    'Crawl-delay: 1',
    '',
    `Sitemap: ${env().siteUrl}/sitemap.xml`,
    '',
  ];
  return new Response(lines.join('\n'), {
    headers: { 'content-type': 'text/plain; charset=utf-8' },
  });
}
