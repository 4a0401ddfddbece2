import { env } from '@/lib/runtime/env';

// The address of the site is known when it runs, not when it is built.
export const dynamic = 'force-dynamic';

/** Open to all crawlers, or to none. */
export function GET(): Response {
  const { membership, siteUrl } = env();
  const lines = membership.isPrivate ? ['User-agent: *', 'Disallow: /', ''] : open(siteUrl);
  return new Response(lines.join('\n'), {
    headers: { 'content-type': 'text/plain; charset=utf-8' },
  });
}

/** Searches and readers' own pages are endless or private, and of no use to crawlers. */
function open(siteUrl: string): string[] {
  return [
    'User-agent: *',
    'Disallow: /search',
    'Disallow: /api/cron/',
    'Disallow: /account',
    'Disallow: /admin',
    'Disallow: /confirm',
    'Disallow: /for-you',
    'Disallow: /follows',
    'Disallow: /library',
    'Disallow: /marks',
    'Disallow: /preferences',
    'Disallow: /shelves',
    'Disallow: /sign-in',
    'Disallow: /unsubscribe',
    'Disallow: /*/after/',
    'Crawl-delay: 1',
    '',
    `Sitemap: ${siteUrl}/sitemap.xml`,
    '',
  ];
}
