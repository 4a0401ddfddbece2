import { afterAll, describe, expect, inject, test } from 'vitest';
import { openDatabase } from '@/lib/db/client';
import { Browser, signedIn } from './browser';
import { type Scope, tokenHolder } from './token-holder';

const { url, dataDir } = inject('server');
const db = openDatabase({ dataDir });
afterAll(() => db.$disconnect());

let count = 0;
const reader = (...scopes: Scope[]) => tokenHolder(db, ...scopes);

const api = (token: string | null, method: string, path: string, body?: unknown) =>
  fetch(`${url}/api/v1${path}`, {
    method,
    headers: { ...(token && { authorization: `Bearer ${token}` }) },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });

const CALLS: [method: string, path: string, scope: Scope, body?: unknown][] = [
  ['PUT', '/papers/1/vote', 'write', { value: 1 }],
  ['DELETE', '/papers/1/vote', 'write'],
  ['PUT', '/papers/1/save', 'write', { shelf: 'Thesis', note: 'a note of mine' }],
  ['DELETE', '/papers/1/save', 'write'],
  ['GET', '/library', 'read'],
  ['GET', '/library?q=lora&state=unread', 'read'],
  ['GET', '/library/export?format=md', 'read'],
  ['GET', '/account/export', 'account'],
  ['DELETE', '/account', 'account'],
];

describe.each(CALLS)('%s %s', (method, path, scope, body) => {
  test(`opens to a token with the scope ${scope} and to nothing else`, async () => {
    const before = await db.vote.count();
    const refusedAs: [string, string | null, number][] = [
      ['nobody', null, 401],
      ['a made-up token', `broadsheet_${'x'.repeat(43)}`, 401],
    ];
    for (const other of (['read', 'write', 'account'] as const).filter((s) => s !== scope)) {
      refusedAs.push([other, (await reader(other)).token, 403]);
    }
    for (const [name, token, status] of refusedAs) {
      const answer = await api(token, method, path, body);
      expect(answer.status, name).toBe(status);
      expect(answer.headers.get('www-authenticate'), name).toContain('Bearer');
      expect(answer.headers.get('content-type'), name).toBe('application/problem+json');
      expect(await answer.text(), name).not.toContain('a note of mine');
    }
    expect(await db.vote.count()).toBe(before);
    // A session is for pages and forms: the API does not look at cookies.
    const browser = await signedIn(`session-${++count}@example.org`);
    const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const bySession = await fetch(`${url}/api/v1${path}`, { method, headers: { cookie } });
    expect(bySession.status).toBe(401);
    const { token } = await reader(scope);
    const answer = await api(token, method, path, body);
    expect(answer.status).toBeLessThan(300);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    await answer.arrayBuffer();
  });
});

describe('the API of a library', () => {
  test('keeps one vote, which stands in the cached feed within a minute', async () => {
    const { token } = await reader('write');
    const votes = async () =>
      (await (await api(null, 'GET', '/papers/2')).json()).signals.votes ?? 0;
    const before = await votes();
    const { upvotes = 0 } = (await (await api(null, 'GET', '/papers/2')).json()).signals;
    const shown = async () => {
      const page = await (await fetch(`${url}/papers/2`)).text();
      return /<b>(\d+|–)</.exec(page)?.[1];
    };
    for (const value of [1, 1, -1, 1]) {
      expect(await (await api(token, 'PUT', '/papers/2/vote', { value })).json()).toEqual({
        id: 2,
        value,
      });
    }
    await expect.poll(votes, { timeout: 60_000 }).toBe(before + 1);
    await expect.poll(shown, { timeout: 60_000 }).toBe(String(upvotes + before + 1));
    expect((await api(token, 'DELETE', '/papers/2/vote')).status).toBe(204);
    expect((await api(token, 'DELETE', '/papers/2/vote')).status).toBe(204);
    await expect.poll(votes, { timeout: 60_000 }).toBe(before);
  }, 200_000);

  test('makes shelves, lists and exports what is on them, and takes it off', async () => {
    const { token } = await reader('read', 'write');
    const put = (id: number, body: object) => api(token, 'PUT', `/papers/${id}/save`, body);
    const first = await (await put(1, { shelf: 'Thesis', note: 'n', state: 'reading' })).json();
    expect(first).toMatchObject({ id: 1, saved: { shelves: ['thesis'], state: 'reading' } });
    await put(1, { shelf: 'Other' });
    await put(2, {});
    const list = async (query = '') => {
      const answer = await (await api(token, 'GET', `/library${query}`)).json();
      return { ids: answer.papers.map(({ id }: { id: number }) => id), next: answer.next };
    };
    expect((await list()).ids).toEqual([2, 1]);
    expect((await list('?shelf=thesis')).ids).toEqual([1]);
    expect((await list('?state=reading')).ids).toEqual([1]);
    const page = await list('?limit=1');
    expect((await list(`?limit=1&after=${page.next}`)).ids).toEqual([1]);
    for (const format of ['bib', 'ris', 'csl.json', 'jsonl', 'md']) {
      const file = await api(token, 'GET', `/library/export?format=${format}`);
      expect(file.status, format).toBe(200);
      expect((await file.text()).length, format).toBeGreaterThan(100);
    }
    await api(token, 'DELETE', '/papers/1/save?shelf=thesis');
    expect((await list()).ids).toEqual([2, 1]);
    await api(token, 'DELETE', '/papers/1/save');
    expect((await list()).ids).toEqual([2]);
  });

  test('says what is wrong with what it is given', async () => {
    const { token } = await reader('read', 'write');
    const wrong: [string, string, unknown, number, string][] = [
      ['PUT', '/papers/1/vote', { value: 2 }, 400, 'value'],
      ['PUT', '/papers/1/vote', {}, 400, 'value'],
      ['PUT', '/papers/1/save', { state: 'finished' }, 400, 'state'],
      ['PUT', '/papers/1/save', { shelf: '' }, 400, 'shelf'],
      ['PUT', '/papers/1/save', { colour: 'red' }, 400, 'colour'],
      ['PUT', '/papers/1/save', { note: 'x'.repeat(10_001) }, 400, 'note'],
      ['PUT', '/papers/1/save', [1], 400, 'JSON object'],
      ['PUT', '/papers/999999/save', {}, 404, 'no such paper'],
      ['GET', '/library?limit=0', undefined, 400, 'limit'],
      ['GET', '/library?after=x', undefined, 400, 'after'],
      ['GET', '/library/export?format=doc', undefined, 400, 'format'],
    ];
    for (const [method, path, body, status, words] of wrong) {
      const answer = await api(token, method, path, body);
      expect(answer.status, path).toBe(status);
      expect(await answer.text(), path).toContain(words);
    }
  });

  test('erases the reader and with them the token', async () => {
    const { id, token } = await reader('account', 'write');
    await api(token, 'PUT', '/papers/1/save', {});
    expect((await api(token, 'DELETE', '/account')).status).toBe(204);
    expect(await db.reader.count({ where: { id } })).toBe(0);
    expect(await db.savedPaper.count({ where: { readerId: id } })).toBe(0);
    expect((await api(token, 'GET', '/account/export')).status).toBe(401);
  });
});

describe('the buttons of rows', () => {
  test('work without scripts, can be undone, and lead whoever is nobody to sign in', async () => {
    const nobody = await new Browser().post(
      '/marks/submit',
      { mark: 'save:3' },
      { referer: `${url}/new` },
    );
    expect(nobody.headers.get('location')).toBe('/sign-in?next=%2Fnew');
    const email = 'rows@example.org';
    const browser = await signedIn(email);
    const { id: readerId } = await db.reader.findUniqueOrThrow({ where: { emailKey: email } });
    const page = await browser.page('/');
    expect(page).toMatch(/<button[^>]*form="marks"[^>]*value="vote:\d+"/);
    for (const [mark, table] of [
      ['save', () => db.savedPaper.count({ where: { readerId } })],
      ['vote', () => db.vote.count({ where: { readerId, value: 1 } })],
      ['dismiss', () => db.vote.count({ where: { readerId, value: -1 } })],
    ] as const) {
      const done = await browser.post(
        '/marks/submit',
        { mark: `${mark}:3` },
        { referer: `${url}/new` },
      );
      const location = done.headers.get('location')!;
      expect([done.status, location]).toEqual([303, `/marks?done=${mark}%3A3&back=%2Fnew`]);
      expect(await table()).toBe(1);
      const state = await (await browser.ask('/marks/state?papers=3,4,x')).json();
      expect(state['3']).toContain(mark);
      const shown = await browser.page(location);
      expect(shown).toContain(`value="un${mark}:3"`);
      await browser.post('/marks/submit', { mark: `un${mark}:3`, back: '/new' });
      expect(await table()).toBe(0);
    }
    expect(await (await new Browser().ask('/marks/state?papers=3')).json()).toEqual({});
  });

  test('are refused where a browser says that another site pressed them', async () => {
    const email = 'pressed@example.org';
    const browser = await signedIn(email);
    const forged: Record<string, string>[] = [
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
    ];
    for (const headers of forged) {
      const answer = await browser.post('/marks/submit', { mark: 'vote:3' }, headers);
      expect(answer.status).toBe(403);
    }
    expect(await db.vote.count({ where: { reader: { emailKey: email } } })).toBe(0);
  });
});
