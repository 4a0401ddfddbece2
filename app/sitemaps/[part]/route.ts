import { getDb } from '@/lib/db/client';
import { problem } from '@/lib/http/problem';
import { paperPath } from '@/lib/papers/paper-address';
import { env } from '@/lib/runtime/env';
import { listsChangedAt, sitemapPapers } from '@/lib/syndication/query';
import { sitemap } from '@/lib/syndication/sitemap';
import { TAGS } from '@/lib/tags/taxonomy';

export const dynamic = 'force-dynamic';

const LISTS = ['', '/new', '/top/week', '/tags'];
/** They change with the site itself, which does not say when. */
const PAGES = [
  '/subscribe',
  '/about',
  '/about/ranking',
  '/about/feeds',
  '/about/api',
  '/about/privacy',
];

export async function GET(
  _request: Request,
  { params }: { params: Promise<{ part: string }> },
): Promise<Response> {
  const { part } = await params;
  if (part === 'pages') {
    const changedAt = await listsChangedAt(getDb(), new Date());
    const lists = [...LISTS, ...TAGS.map((tag) => `/tags/${tag.slug}`)];
    return xml(
      sitemap([
        ...lists.map((path) => ({ url: `${env().siteUrl}${path}`, changedAt })),
        ...PAGES.map((path) => ({ url: `${env().siteUrl}${path}` })),
      ]),
    );
  }
  const papers = /^[1-9]\d{0,3}$/.test(part) ? await sitemapPapers(getDb(), Number(part)) : [];
  if (papers.length === 0) return problem(404, 'No such part of the sitemap');
  return xml(
    sitemap(
      papers.map(({ id, changedAt }) => ({ url: `${env().siteUrl}${paperPath(id)}`, changedAt })),
    ),
  );
}

function xml(body: string): Response {
  return new Response(body, {
    headers: { 'content-type': 'application/xml', 'cache-control': 'public, max-age=3600' },
  });
}
