import { describe, expect, inject, test } from 'vitest';

const { url } = inject('server');
const get = (path: string, init?: RequestInit) =>
  fetch(url + path, { redirect: 'manual', ...init });

async function aPaperWithArxivId(): Promise<{ path: string; arxivId: string }> {
  const html = await (await get('/papers/1')).text();
  const arxivId = /<meta name="citation_arxiv_id" content="([^"]+)"/.exec(html)?.[1];
  if (!arxivId) throw new Error('paper 1 of the sample has no arXiv id');
  return { path: '/papers/1', arxivId };
}

describe('addresses', () => {
  test('an arXiv id, with or without version, leads to the paper for good', async () => {
    const { path, arxivId } = await aPaperWithArxivId();
    for (const id of [arxivId, `${arxivId}v3`]) {
      const answer = await get(`/papers/${id}`);
      expect(answer.status).toBe(308);
      expect(answer.headers.get('location')?.split(',')[0]).toBe(path);
    }
  });

  test.each([
    '/papers/0',
    '/papers/01',
    '/papers/99999999999999999999',
    '/papers/-1',
    '/papers/1.5',
    '/papers/%00',
    '/papers/%E0%A4%A',
    '/papers/cs/0112017',
    '/papers/9912.99999',
    '/papers/1/as/exe',
    '/papers/2000000000.bib',
  ])('%s is no paper', async (path) => {
    const { status } = await get(path);
    expect([400, 404]).toContain(status);
  });
});

describe('what programs read', () => {
  test('the page names title, authors and date for Zotero and Scholar, and is valid JSON-LD', async () => {
    const html = await (await get('/papers/1')).text();
    for (const name of ['citation_title', 'citation_author', 'citation_publication_date']) {
      expect(html).toContain(`<meta name="${name}"`);
    }
    const json = /<script type="application\/ld\+json">([\s\S]*?)<\/script>/.exec(html)?.[1];
    expect(JSON.parse(json ?? '')).toMatchObject({ '@type': 'ScholarlyArticle' });
  });

  test.each([
    ['bib', 'application/x-bibtex', /^@(misc|article)\{\w+,/],
    ['ris', 'application/x-research-info-systems', /^TY {2}- GEN\r\n/],
    ['csl.json', 'application/vnd.citationstyles.csl+json', /^\[\n {2}\{/],
    ['txt', 'text/plain', /\(\d{4}\)\. /],
    ['md', 'text/markdown', /^# /],
  ])('/papers/1.%s', async (extension, type, begin) => {
    const answer = await get(`/papers/1.${extension}`);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe(`${type}; charset=utf-8`);
    expect(await answer.text()).toMatch(begin);
    const etag = answer.headers.get('etag') ?? '';
    const again = await get(`/papers/1.${extension}`, { headers: { 'if-none-match': etag } });
    expect(again.status).toBe(304);
  });
});

test.each(['/papers/1', '/tags/peft'])('a link to %s is previewed with a picture', async (path) => {
  const html = await (await get(path)).text();
  const image = /<meta property="og:image" content="([^"]+)"/.exec(html)?.[1] ?? '';
  const answer = await get(new URL(image).pathname);
  expect(answer.headers.get('content-type')).toBe('image/png');
  const png = Buffer.from(await answer.arrayBuffer());
  expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([1200, 630]);
});

test('there is no picture of what is not there', async () => {
  for (const path of ['/cards/papers/2000000000', '/cards/papers/x', '/cards/tags/no-such-tag']) {
    expect((await get(path)).status).toBe(404);
  }
});

describe('what crawlers read', () => {
  test('robots.txt names the sitemap, the sitemap its parts, the parts the papers', async () => {
    const robots = await (await get('/robots.txt')).text();
    const index = /^Sitemap: (\S+)$/m.exec(robots)?.[1] ?? '';
    const parts = await (await get(new URL(index).pathname)).text();
    const addresses = [...parts.matchAll(/<loc>([^<]+)<\/loc>/g)].map(([, loc]) => loc!);
    expect(addresses.map((loc) => new URL(loc).pathname)).toEqual([
      '/sitemaps/pages',
      '/sitemaps/1',
    ]);
    const papers = await (await get('/sitemaps/1')).text();
    expect(papers).toContain('/papers/1</loc>');
    expect((await get('/sitemaps/2')).status).toBe(404);
    for (const part of ['0', '99999', 'x', '%25zz']) {
      expect((await get(`/sitemaps/${part}`)).status).toBe(404);
    }
  });

  test('every page that the sitemap names is there', async () => {
    const xml = await (await get('/sitemaps/pages')).text();
    const paths = [...xml.matchAll(/<loc>([^<]+)<\/loc>/g)].map(
      ([, loc]) => new URL(loc!).pathname,
    );
    const gone = [];
    for (const path of paths) if ((await get(path)).status !== 200) gone.push(path);
    expect(gone).toEqual([]);
  });

  test('llms.txt links to what is there', async () => {
    const text = await (await get('/llms.txt')).text();
    for (const [, link] of text.matchAll(/\]\((\S+?)\)/g)) {
      const { pathname } = new URL(link!);
      // Programs post there: tests/http/mcp.test.ts does.
      const status = pathname === '/mcp' ? 405 : 200;
      expect([link, (await get(pathname)).status]).toEqual([link, status]);
    }
  });

  test('OPML has a feed for each tag asked for', async () => {
    const one = await (await get('/feeds/opml?tags=peft+sparsity')).text();
    expect([...one.matchAll(/<outline /g)]).toHaveLength(2);
    expect((await get('/feeds/opml?tags=no-such-tag')).status).toBe(400);
  });
});
