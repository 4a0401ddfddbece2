import { escapeMarkup } from '@/lib/runtime/escape-markup';

/** What a sitemap may hold at most, by sitemaps.org. */
export const SITEMAP_LIMIT = 50_000;

export interface SitemapEntry {
  url: string;
  /** Left out where the page has no such moment. */
  changedAt?: Date;
}

const XMLNS = 'http://www.sitemaps.org/schemas/sitemap/0.9';

export function sitemap(entries: readonly SitemapEntry[]): string {
  return document('urlset', 'url', entries);
}

/** A list of sitemaps. */
export function sitemapIndex(parts: readonly SitemapEntry[]): string {
  return document('sitemapindex', 'sitemap', parts);
}

function document(root: string, item: string, entries: readonly SitemapEntry[]): string {
  const items = entries.map(({ url, changedAt }) => {
    const lastmod = changedAt ? `<lastmod>${changedAt.toISOString()}</lastmod>` : '';
    return `<${item}><loc>${escapeMarkup(url)}</loc>${lastmod}</${item}>`;
  });
  return `<?xml version="1.0" encoding="utf-8"?>\n<${root} xmlns="${XMLNS}">\n${items.join('\n')}\n</${root}>\n`;
}
