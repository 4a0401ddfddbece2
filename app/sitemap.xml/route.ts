import { getDb } from '@/lib/db/client';
import { env } from '@/lib/runtime/env';
import { sitemapParts } from '@/lib/syndication/query';
import { sitemapIndex } from '@/lib/syndication/sitemap';

export const dynamic = 'force-dynamic';

/** The parts: pages and tags in one, papers in the others. */
export async function GET(): Promise<Response> {
  const { siteUrl } = env();
  const parts = await sitemapParts(getDb());
  const names = ['pages', ...Array.from({ length: parts }, (_, index) => String(index + 1))];
  return new Response(sitemapIndex(names.map((name) => ({ url: `${siteUrl}/sitemaps/${name}` }))), {
    headers: { 'content-type': 'application/xml', 'cache-control': 'public, max-age=3600' },
  });
}
