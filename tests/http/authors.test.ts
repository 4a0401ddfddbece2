import { describe, expect, inject, test } from 'vitest';
import { authorAnswer } from '@/lib/api/papers';
import { authorKey } from '@/lib/search/author';

const { url } = inject('server');
const get = (path: string, init?: RequestInit) =>
  fetch(url + path, { redirect: 'manual', ...init });

/** An author of the sample, as its first paper names one. */
async function anAuthor(): Promise<string> {
  const { authors } = await (await get('/api/v1/papers/1')).json();
  return authors[0];
}

describe('an author’s page', () => {
  test('is led to by the paper’s, and names the papers, its feed and the mail', async () => {
    const name = await anAuthor();
    const path = `/authors/${authorKey(name)}`;
    expect(await (await get('/papers/1')).text()).toContain(`href="${path}"`);
    const html = await (await get(path)).text();
    expect(html).toContain(`<h1>${name}</h1>`);
    expect(html).toContain('href="/papers/1"');
    expect(html).toMatch(/<link rel="canonical" href="[^"]+\/authors\/[^"]+"/);
    const feed = /<link rel="alternate" type="application\/atom\+xml" href="([^"]+)" title="[^"]+"/
      .exec(html)?.[1]
      ?.replaceAll('&amp;', '&');
    const xml = await (await get(new URL(feed ?? '', url).href.slice(url.length))).text();
    expect(xml).toContain(`${url}/papers/1</id>`);
    const mail = /href="(\/subscribe\?search=[^"]+)"/.exec(html)?.[1]?.replaceAll('&amp;', '&');
    expect(await (await get(mail ?? '')).text()).toContain(`author:&quot;${name}&quot;`);
  });

  test('has one address, however the name is written', async () => {
    const name = await anAuthor();
    for (const written of [name, name.toUpperCase(), name.replaceAll(' ', '_')]) {
      const answer = await get(`/authors/${encodeURIComponent(written)}`);
      const to = answer.headers.get('location')?.split(',')[0];
      expect([answer.status, to]).toEqual([308, `/authors/${authorKey(name)}`]);
    }
  });

  test.each([
    '/authors/nobody-of-this-name',
    '/authors/%00',
    '/authors/%E0%A4%A',
    '/authors/..%2F..',
    `/authors/${'a'.repeat(500)}`,
    '/cards/authors/nobody-of-this-name',
    '/api/v1/authors/nobody-of-this-name',
  ])('%s is nobody', async (path) => {
    expect([400, 404]).toContain((await get(path)).status);
  });

  test('ends where there are no further papers', async () => {
    const path = `/authors/${authorKey(await anAuthor())}/after/nonsense`;
    expect((await get(path)).status).toBe(404);
  });

  test('is previewed with a picture', async () => {
    const html = await (await get(`/authors/${authorKey(await anAuthor())}`)).text();
    const image = /<meta property="og:image" content="([^"]+)"/.exec(html)?.[1] ?? '';
    const answer = await get(new URL(image).pathname);
    expect(answer.headers.get('content-type')).toBe('image/png');
  });
});

describe('GET /api/v1/authors/{name}', () => {
  test('answers what it describes, for any spelling', async () => {
    const name = await anAuthor();
    const answer = await get(`/api/v1/authors/${encodeURIComponent(name)}?limit=1`);
    const author = authorAnswer.parse(await answer.json());
    expect(author).toMatchObject({ name, key: authorKey(name) });
    expect(author.papers).toHaveLength(1);
    const again = await get(`/api/v1/authors/${author.key}?limit=1`);
    expect(await again.json()).toEqual(author);
    expect((await get(new URL(author.links.page).pathname)).status).toBe(200);
  });

  test('refuses what it does not know', async () => {
    const answer = await get(`/api/v1/authors/${authorKey(await anAuthor())}?order=new`);
    expect(answer.status).toBe(400);
  });
});
