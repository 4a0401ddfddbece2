import { afterAll, describe, expect, inject, test } from 'vitest';
import { openDatabase } from '@/lib/db/client';
import { createToken } from '@/lib/readers/personal-token-store';
import { signedIn } from './browser';

const { url, dataDir } = inject('server');
const db = openDatabase({ dataDir });
afterAll(() => db.$disconnect());

type Scope = 'read' | 'write' | 'account';

let count = 0;
async function tokenOf(...scopes: Scope[]): Promise<string> {
  const email = `follows-${++count}@example.org`;
  const { id } = await db.reader.create({
    data: { email, emailKey: email, addressHash: email, status: 'unsubscribed' },
  });
  const actor = { kind: 'operator', readerId: id } as const;
  return (await createToken(db, actor, { name: 'test', scopes }, new Date()))!;
}

const api = (token: string | null, method: string, path = '') =>
  fetch(`${url}/api/v1/follows${path}`, {
    method,
    headers: { ...(token && { authorization: `Bearer ${token}` }) },
  });

describe('the API', () => {
  test.each([
    ['GET', '', 'read'],
    ['PUT', '/tag/peft', 'write'],
    ['DELETE', '/tag/peft', 'write'],
  ] as const)('%s %s takes the scope %s and nothing else', async (method, path, scope) => {
    expect((await api(null, method, path)).status).toBe(401);
    for (const other of (['read', 'write', 'account'] as const).filter((s) => s !== scope)) {
      expect((await api(await tokenOf(other), method, path)).status, other).toBe(403);
    }
    expect((await api(await tokenOf(scope), method, path)).ok).toBe(true);
  });

  test('follows, lists and unfollows, whatever a value is made of', async () => {
    const token = await tokenOf('read', 'write');
    const put = async (path: string) => (await api(token, 'PUT', path)).json();
    expect(await put('/tag/peft')).toEqual({
      kind: 'tag',
      value: 'peft',
      name: 'PEFT',
      path: '/tags/peft',
    });
    const query = 'lora "a/b" has:code';
    expect(await put(`/search/${encodeURIComponent(query)}`)).toMatchObject({ value: query });
    expect(await put('/category/cs.cl')).toMatchObject({
      value: 'cs.CL',
      name: 'cs.CL, Computation and Language',
    });
    expect(await put('/author/Nobody%20Here')).toMatchObject({
      value: 'nobody-here',
      name: 'Nobody Here',
      path: '/authors/nobody-here',
    });
    const list = async () =>
      (await (await api(token, 'GET')).json()).follows.map(
        ({ kind, value }: { kind: string; value: string }) => `${kind}:${value}`,
      );
    expect(await list()).toEqual([
      'tag:peft',
      `search:${query}`,
      'category:cs.CL',
      'author:nobody-here',
    ]);
    for (const path of ['/author/NOBODY%20here', `/search/${encodeURIComponent(query)}`]) {
      expect((await api(token, 'DELETE', path)).status).toBe(204);
    }
    expect(await list()).toEqual(['tag:peft', 'category:cs.CL']);
  });

  test('says what cannot be followed', async () => {
    const token = await tokenOf('write');
    for (const [path, says] of [
      ['/tag/no-such-tag', 'no tag'],
      ['/paper/1', 'One can follow a tag, an author'],
      ['/category/cs.Nothing', 'no category'],
    ] as const) {
      const answer = await api(token, 'PUT', path);
      expect(answer.status, path).toBe(404);
      expect((await answer.json()).detail, path).toContain(says);
    }
    expect((await api(token, 'POST', '/tag/peft')).status).toBe(405);
  });
});

test('buttons follow and unfollow without scripts, and the list says what was done', async () => {
  const reader = await signedIn('follower@example.org');
  for (const page of ['/tags/peft', '/search?q=lora', '/category/cs.CL']) {
    expect(await reader.page(page), page).toContain('formAction="/follows/submit"');
  }
  const done = await reader.post('/follows/submit', { follow: 'tag:peft', back: '/tags/peft' });
  expect(done.status).toBe(303);
  const shown = await reader.page(done.headers.get('location')!);
  expect(shown).toMatch(/You follow .*PEFT/);
  expect(shown).toContain('href="/tags/peft"');
  const state = async (target: string) =>
    (await reader.ask(`/follows/state?${new URLSearchParams({ target })}`)).json();
  expect(await state('tag:peft')).toEqual({ followed: true });
  expect(await state('tag:lora')).toEqual({ followed: false });
  await reader.post('/follows/submit', { unfollow: 'tag:peft' });
  expect(await state('tag:peft')).toEqual({ followed: false });
  expect(await reader.page('/follows')).toContain('Nothing yet');
});

test('what is followed is nobody else’s, and in no cache', async () => {
  const reader = await signedIn('private@example.org');
  await reader.post('/follows/submit', { follow: 'search:whale songs' });
  const own = await reader.ask('/follows');
  expect(own.headers.get('cache-control')).toMatch(/no-store/);
  expect(await own.text()).toContain('whale songs');
  const other = await fetch(`${url}/follows`, { redirect: 'manual' });
  expect(other.headers.get('location')).toMatch(/\/sign-in\?next=/);
  const state = await fetch(`${url}/follows/state?target=search:whale+songs`);
  expect(await state.json()).toEqual({ followed: false });
  expect(state.headers.get('cache-control')).toBe('no-store');
});

test('forms of other sites follow nothing, and no GET does', async () => {
  const reader = await signedIn('forged-follow@example.org');
  const forged = await reader.ask('/follows/submit', {
    method: 'POST',
    headers: { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' },
    body: new URLSearchParams({ follow: 'tag:peft' }),
  });
  expect(forged.status).toBe(403);
  expect((await reader.ask('/follows/submit?follow=tag:peft')).status).toBe(405);
  expect((await reader.ask('/visits/submit')).status).toBe(405);
  expect(await reader.page('/follows')).toContain('Nothing yet');
});

test('a visit is noted by POST alone, for whoever is signed in', async () => {
  const reader = await signedIn('visitor@example.org');
  const visit = await reader.post('/visits/submit', {});
  expect(await visit.json()).toEqual({ since: null });
  const before = await db.reader.findUniqueOrThrow({ where: { emailKey: 'visitor@example.org' } });
  expect(before.visitedAt).not.toBeNull();
  for (const page of ['/', '/new', '/tags/peft']) await reader.page(page);
  const after = await db.reader.findUniqueOrThrow({ where: { emailKey: 'visitor@example.org' } });
  expect(after.visitedAt).toEqual(before.visitedAt);
  const headers = { origin: url, 'sec-fetch-site': 'same-origin' };
  const anonymous = await fetch(`${url}/visits/submit`, { method: 'POST', headers });
  expect(anonymous.status).toBe(401);
});
