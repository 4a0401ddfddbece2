import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { describe, expect, inject, test } from 'vitest';
import { completionsAnswer } from '@/lib/api/completions';
import { listAnswer, paperSchema, tagsAnswer } from '@/lib/api/papers';

const { url } = inject('server');
const get = (path: string, init?: RequestInit) =>
  fetch(url + path, { redirect: 'manual', ...init });
const LISTS = [
  '',
  '/new',
  '/top/all',
  '/tags/peft',
  '/tags/continual-learning+peft',
  '/search?q=language+model',
];

describe('every list is a feed', () => {
  test.each(LISTS)('/feeds/atom%s', async (list) => {
    const answer = await get(`/feeds/atom${list}`);
    expect(answer.headers.get('content-type')).toBe('application/atom+xml; charset=utf-8');
    const xml = await answer.text();
    expect(XMLValidator.validate(xml)).toBe(true);
    const { feed } = new XMLParser({
      ignoreAttributes: false,
      isArray: (tag) => tag === 'entry',
    }).parse(xml);
    const self = feed.link.find((link: Record<string, string>) => link['@_rel'] === 'self');
    expect(self['@_href']).toBe(`${url}/feeds/atom${list}`);
    expect(feed.entry.length).toBeGreaterThan(0);
  });

  test.each(LISTS)('/feeds/json%s', async (list) => {
    const feed = await (await get(`/feeds/json${list}`)).json();
    expect(feed.feed_url).toBe(`${url}/feeds/json${list}`);
    expect(feed.items.length).toBeGreaterThan(0);
  });

  test('and shows the same papers in the same order as the page', async () => {
    const html = await (await get('/tags/peft')).text();
    const onPage = [...html.matchAll(/class="paper-title" href="([^"]+)"/g)].map(
      ([, href]) => href,
    );
    const { items } = await (await get('/feeds/json/tags/peft')).json();
    const inFeed = items.map((item: { url: string }) => new URL(item.url).pathname);
    expect(inFeed.slice(0, onPage.length)).toEqual(onPage);
  });

  test('whose pages name it', async () => {
    for (const path of ['/', '/tags/peft', '/search?q=language+model']) {
      const html = await (await get(path)).text();
      const links = [
        ...html.matchAll(/<link rel="alternate" type="([^"]+)" href="([^"]+)" title="([^"]+)"/g),
      ];
      expect([path, links.map(([, type]) => type).sort()]).toEqual([
        path,
        ['application/atom+xml', 'application/feed+json'],
      ]);
      for (const [, , href] of links) {
        const { pathname, search } = new URL(href!.replaceAll('&amp;', '&'), url);
        expect((await get(pathname + search)).status).toBe(200);
      }
    }
  });
});

describe('who has it already is told so', () => {
  test.each(['/feeds/atom', '/feeds/json/tags/peft', '/feeds/atom/search?q=lora'])(
    '%s',
    async (path) => {
      const { headers } = await get(path);
      for (const [name, value] of [
        ['if-none-match', headers.get('etag')],
        ['if-modified-since', headers.get('last-modified')],
      ]) {
        const again = await get(path, { headers: { [name!]: value! } });
        expect([name, again.status, await again.text()]).toEqual([name, 304, '']);
      }
      const old = await get(path, {
        headers: { 'if-modified-since': 'Mon, 01 Jan 2001 00:00:00 GMT' },
      });
      expect(old.status).toBe(200);
    },
  );
});

test.each(['/feed', '/rss', '/atom.xml', '/feed.xml'])('%s leads to the feed', async (path) => {
  const answer = await get(path);
  expect([answer.status, answer.headers.get('location')]).toEqual([301, '/feeds/atom']);
});

test('an address put together in another order leads to the usual one', async () => {
  const answer = await get('/feeds/atom/tags/peft+continual-learning');
  expect(answer.status).toBe(308);
  expect(answer.headers.get('location')).toBe('/feeds/atom/tags/continual-learning+peft');
});

test.each([
  '/feeds/rss',
  '/feeds/atom/tags/no-such-tag',
  '/feeds/atom/nonsense',
  '/feeds/atom/tags/%25zz',
  '/feeds/json/after/abc',
  '/feeds/constructor',
])('%s is no feed', async (path) => {
  const answer = await get(path);
  expect(answer.status).toBe(404);
  expect(answer.headers.get('content-type')).toBe('application/problem+json');
});

describe('the API answers what it describes', () => {
  test('lists, papers, tags, completions', async () => {
    const list = listAnswer.parse(await (await get('/api/v1/papers?window=all&limit=5')).json());
    expect(list.papers).toHaveLength(5);
    const id = list.papers[0]!.id;
    paperSchema.parse(await (await get(`/api/v1/papers/${id}`)).json());
    tagsAnswer.parse(await (await get('/api/v1/tags')).json());
    completionsAnswer.parse(await (await get('/api/v1/completions?q=lora')).json());
  });

  test('its description names this server', async () => {
    expect((await (await get('/api/v1/openapi.json')).json()).servers).toEqual([{ url }]);
  });
});
