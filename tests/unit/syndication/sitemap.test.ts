import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { expect, test } from 'vitest';
import { opml } from '@/lib/syndication/opml';
import { sitemap, sitemapIndex } from '@/lib/syndication/sitemap';

const parser = new XMLParser({ ignoreAttributes: false });

test('a sitemap names addresses and when they changed', () => {
  const xml = sitemap([
    { url: 'https://example.org/a?b=1&c=2', changedAt: new Date('2025-03-12T00:00:00Z') },
    { url: 'https://example.org/b' },
  ]);
  expect(XMLValidator.validate(xml)).toBe(true);
  const { urlset } = parser.parse(xml);
  expect(urlset['@_xmlns']).toBe('http://www.sitemaps.org/schemas/sitemap/0.9');
  expect(urlset.url).toEqual([
    { loc: 'https://example.org/a?b=1&c=2', lastmod: '2025-03-12T00:00:00.000Z' },
    { loc: 'https://example.org/b' },
  ]);
});

test('the index names its parts', () => {
  const { sitemapindex } = parser.parse(sitemapIndex([{ url: 'https://example.org/sitemaps/1' }]));
  expect(sitemapindex.sitemap.loc).toBe('https://example.org/sitemaps/1');
});

test('OPML has an outline with both addresses for each feed', () => {
  const xml = opml('Mine', [
    { title: 'A & "B"', feedUrl: 'https://example.org/f?a&b', pageUrl: 'https://example.org/p' },
  ]);
  expect(XMLValidator.validate(xml)).toBe(true);
  expect(parser.parse(xml).opml.body.outline).toMatchObject({
    '@_type': 'rss',
    '@_text': 'A & "B"',
    '@_xmlUrl': 'https://example.org/f?a&b',
    '@_htmlUrl': 'https://example.org/p',
  });
});
