import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { expect, inject, test } from 'vitest';

const { url } = inject('server');
const get = (path: string) => fetch(url + path, { redirect: 'manual' });
const parser = new XMLParser({ ignoreAttributes: false });

test('every page tells browsers how to search the site', async () => {
  for (const path of ['/', '/papers/1', '/about', '/search']) {
    const html = await (await get(path)).text();
    expect(html).toContain('type="application/opensearchdescription+xml"');
  }
  const answer = await get('/opensearch.xml');
  expect(answer.headers.get('content-type')).toMatch(/^application\/opensearchdescription\+xml/);
  const xml = await answer.text();
  expect(XMLValidator.validate(xml)).toBe(true);
  const { Url } = parser.parse(xml).OpenSearchDescription;
  const template = Url.find((each: Record<string, string>) => each['@_type'] === 'text/html');
  const found = template['@_template'].replace('{searchTerms}', 'lora');
  expect((await get(found.slice(url.length))).status).toBe(200);
});

test('the manifest has icons that are there, and are as large as it says', async () => {
  const html = await (await get('/')).text();
  const href = /<link rel="manifest" href="([^"]+)"/.exec(html)?.[1] ?? '';
  const manifest = await (await get(href)).json();
  expect(manifest.start_url).toBe('/');
  const purposes = manifest.icons.map((icon: { purpose: string }) => icon.purpose);
  expect(purposes).toContain('maskable');
  for (const { src, sizes } of manifest.icons) {
    const png = Buffer.from(await (await get(src)).arrayBuffer());
    expect(`${png.readUInt32BE(16)}x${png.readUInt32BE(20)}`).toBe(sizes);
  }
});

test.each(['/about', '/papers/1', '/tags'])(
  '%s has no list, and names the feed of the front page',
  async (path) => {
    const html = await (await get(path)).text();
    expect(html).toMatch(
      /<link rel="alternate" type="application\/atom\+xml" href="[^"]*\/feeds\/atom" title="Broadsheet: Trending papers"/,
    );
  },
);

test('the sitemap says when its parts, lists and papers last changed', async () => {
  for (const path of ['/sitemap.xml', '/sitemaps/pages', '/sitemaps/1']) {
    const dates = [...(await (await get(path)).text()).matchAll(/<lastmod>([^<]+)</g)];
    expect(dates.length, path).toBeGreaterThan(0);
    for (const [, date] of dates) expect(Date.parse(date!), path).not.toBeNaN();
  }
});
