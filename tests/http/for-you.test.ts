import { afterAll, describe, expect, inject, test } from 'vitest';
import { openDatabase } from '@/lib/db/client';
import { Browser, signedIn } from './browser';
import { type Scope, tokenHolder } from './token-holder';

const { url, dataDir } = inject('server');
const db = openDatabase({ dataDir });
afterAll(() => db.$disconnect());

let count = 0;
const tokenOf = async (...scopes: Scope[]) => (await tokenHolder(db, ...scopes)).token;

const api = (token: string | null, method: string, path: string, body?: unknown) =>
  fetch(`${url}/api/v1${path}`, {
    method,
    headers: { ...(token && { authorization: `Bearer ${token}` }) },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });

/** Papers of the sample that are about one thing. */
async function alike(): Promise<number[]> {
  const answer = await api(null, 'GET', '/papers?q=language&limit=6');
  return (await answer.json()).papers.map(({ id }: { id: number }) => id);
}

const CALLS: [method: string, path: string, scope: Scope][] = [
  ['GET', '/for-you', 'read'],
  ['GET', '/interests', 'read'],
  ['POST', '/interests', 'write'],
  ['DELETE', '/interests/1', 'write'],
];

test.each(CALLS)('%s %s opens to its scope and to nothing else', async (method, path, scope) => {
  expect((await api(null, method, path)).status).toBe(401);
  for (const other of (['read', 'write', 'account'] as const).filter((s) => s !== scope)) {
    expect((await api(await tokenOf(other), method, path)).status, other).toBe(403);
  }
  const answer = await api(await tokenOf(scope), method, path);
  expect([200, 400, 404]).toContain(answer.status);
  expect(answer.headers.get('cache-control')).toBe('no-store');
});

describe('the API of "for you"', () => {
  test('makes an interest, recommends by it with reasons, and deletes it', async () => {
    const token = await tokenOf('read', 'write');
    const ids = (await alike()).slice(0, 5);
    const answer = await api(token, 'POST', '/interests', { name: 'Language', ids });
    expect(answer.status).toBe(201);
    const made = await answer.json();
    expect(made).toMatchObject({ name: 'Language', shelf: null, papers: ids, missing: 0 });
    const list = async (query = '') =>
      (await api(token, 'GET', `/for-you?limit=5&interest=${made.id}${query}`)).json();
    const page = await list();
    expect(page.papers).toHaveLength(5);
    for (const { id, because } of page.papers) {
      expect(ids).not.toContain(id);
      expect(ids).toContain(because[0].paper);
      expect(because[1]).toEqual({ word: expect.any(String), weight: expect.any(Number) });
    }
    const second = await list(`&after=${page.next}`);
    const shown = page.papers.map(({ id }: { id: number }) => id);
    for (const { id } of second.papers) expect(shown).not.toContain(id);
    // What is dismissed, or saved, is not recommended again.
    await api(token, 'PUT', `/papers/${shown[0]}/vote`, { value: -1 });
    await api(token, 'PUT', `/papers/${shown[1]}/save`, { shelf: 'Thesis' });
    const after = (await list()).papers.map(({ id }: { id: number }) => id);
    expect(after.slice(0, 3)).toEqual(shown.slice(2));
    const { interests } = await (await api(token, 'GET', '/interests')).json();
    expect(interests.map(({ id }: { id: string }) => id)).toEqual(['shelf:thesis', made.id]);
    expect((await api(token, 'GET', '/for-you?interest=shelf:thesis')).status).toBe(200);
    expect((await api(token, 'DELETE', `/interests/${made.id}`)).status).toBe(204);
    expect((await api(token, 'DELETE', `/interests/${made.id}`)).status).toBe(404);
    expect((await api(token, 'DELETE', '/interests/shelf%3Athesis')).status).toBe(204);
    expect((await api(token, 'GET', `/for-you?interest=${made.id}`)).status).toBe(400);
  });

  test('says what is wrong with what it is given', async () => {
    const token = await tokenOf('read', 'write');
    const wrong: [string, string, unknown, string][] = [
      ['POST', '/interests', { name: 'x' }, 'ids'],
      ['POST', '/interests', { name: 'x', ids: [1], bibtex: '@' }, 'ids'],
      ['POST', '/interests', { name: 'x', ids: ['nothing'] }, 'ids'],
      ['POST', '/interests', { name: 'x', ids: 'nothing' }, 'ids'],
      ['POST', '/interests', { name: 'x', bibtex: 'no entries' }, 'bibtex'],
      ['POST', '/interests', { name: '  ', ids: [1] }, 'name'],
      ['POST', '/interests', { ids: [1] }, 'name'],
      ['POST', '/interests', { name: 'x', ids: [1], colour: 1 }, 'colour'],
      ['GET', '/for-you?interest=7', undefined, 'interest'],
      ['GET', '/for-you?limit=0', undefined, 'limit'],
      ['GET', '/for-you?after=x', undefined, 'after'],
    ];
    for (const [method, path, body, parameter] of wrong) {
      const answer = await api(token, method, path, body);
      expect(answer.status, `${path} ${JSON.stringify(body)}`).toBe(400);
      expect((await answer.json()).parameter, path).toBe(parameter);
    }
  });
});

describe('the page', () => {
  test('leads whoever is not signed in to the page to sign in on, and changes nothing for them', async () => {
    const nobody = new Browser();
    const page = await nobody.ask('/for-you');
    expect(page.status).toBe(307);
    expect(page.headers.get('location')).toContain('/sign-in?next=%2Ffor-you');
    const before = await db.interest.count();
    const posted = await nobody.post('/for-you/submit', { do: 'create', name: 'x', papers: '1 2' });
    expect(posted.headers.get('location')).toContain('/sign-in');
    const reader = await signedIn(`for-you-${++count}@example.org`);
    const forged = await reader.post(
      '/for-you/submit',
      { do: 'create', name: 'x', papers: '1 2' },
      { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' },
    );
    expect(forged.status).toBe(403);
    expect(await db.interest.count()).toBe(before);
  });

  test('makes an interest of what is pasted, is changed word by word, and says why', async () => {
    const reader = await signedIn(`for-you-${++count}@example.org`);
    expect(await reader.page('/for-you')).toContain('Nothing here yet');
    const papers = (await alike()).slice(0, 5).join('\n');
    const send = async (form: Record<string, string>) => {
      const answer = await reader.post('/for-you/submit', form);
      expect(answer.status).toBe(303);
      return answer.headers.get('location')!;
    };
    const made = await send({ do: 'create', name: 'Language <b>', papers });
    const interest = new URL(made, url).searchParams.get('interest')!;
    const page = await reader.ask(made);
    expect(page.headers.get('cache-control')).toMatch(/no-store/);
    const html = await page.text();
    expect(html).toContain('Because of');
    expect(html).toContain('Language &lt;b&gt;');
    const stem = /value="drop:([^"]+)"/.exec(html)![1]!;
    const dropped = await reader.page(await send({ do: `drop:${stem}`, interest }));
    expect(dropped).toContain(`value="restore:${stem}"`);
    const added = await reader.page(await send({ do: 'add', word: 'Robots', interest }));
    expect(added).toContain('value="restore:robot"');
    expect(await reader.page(await send({ do: 'tune', balance: '100', interest }))).toContain(
      'value="100"',
    );
    const reset = await reader.page(await send({ do: 'reset', interest }));
    expect(reset).toContain(`value="drop:${stem}"`);
    expect(await send({ do: 'add', word: '?', interest })).toContain('problem=word');
    for (const hostile of [
      'drop:',
      'drop:a b',
      'restore:\0',
      'drop:x'.padEnd(80, 'x'),
      'nothing',
      '',
    ]) {
      expect(await send({ do: hostile, interest }), hostile).toContain('problem=word');
    }
    for (const nobodys of ['shelf:\0', 'shelf:x', '999999999', '']) {
      const location = await send({ do: 'drop:graph', interest: nobodys });
      expect(location, nobodys).toContain('problem=interest');
    }
    expect(await send({ do: 'create', name: 'x', papers: 'none' })).toContain('problem=papers');
    await send({ do: 'delete', interest });
    expect((await reader.ask(`/for-you?interest=${interest}`)).status).toBe(404);
  });

  test('has a feed by a secret address, which a new one ends', async () => {
    const reader = await signedIn(`for-you-${++count}@example.org`);
    const papers = (await alike()).slice(0, 5).join(' ');
    await reader.post('/for-you/submit', { do: 'create', name: 'Language', papers });
    const address = async () => {
      const [, path] = /href="[^"]*(\/for-you\/atom\?token=[^"]+)"/.exec(
        await reader.page('/for-you'),
      )!;
      return `${url}${path}`;
    };
    const first = await address();
    const feed = await fetch(first);
    expect(feed.headers.get('content-type')).toContain('application/atom+xml');
    expect(feed.headers.get('cache-control')).toContain('no-store');
    const xml = await feed.text();
    expect(xml).toContain('<entry>');
    // Whoever passes an entry on does not pass on the key.
    expect(xml).not.toContain('token=');
    await reader.post('/for-you/submit', { do: 'feed' });
    expect((await fetch(first)).status).toBe(404);
    expect((await fetch(await address())).status).toBe(200);
    expect((await fetch(`${url}/for-you/atom`)).status).toBe(404);
  });
});
