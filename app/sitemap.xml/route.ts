import { getDb } from '@/lib/db/client';
import { env } from '@/lib/runtime/env';
import { listsChangedAt, sitemapParts } from '@/lib/syndication/query';
import { sitemapIndex } from '@/lib/syndication/sitemap';

export const dynamic = 'force-dynamic';

/** The parts: pages and tags in one, papers in the others. */
export async function GET(): Promise<Response> {
  const { siteUrl } = env();
  const [parts, changedAt] = await Promise.all([
    sitemapParts(getDb()),
    listsChangedAt(getDb(), new Date()),
  ]);
  const names = ['pages', ...Array.from({ length: parts }, (_, index) => String(index + 1))];
  // Any part may hold a paper that was corrected; which one did, only reading all papers would tell.
  const entries = names.map((name) => ({ url: `${siteUrl}/sitemaps/${name}`, changedAt }));
  return new Response(sitemapIndex(entries), {
    headers: { 'content-type': 'application/xml', 'cache-control': 'public, max-age=3600' },
  });
}
