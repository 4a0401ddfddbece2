import { beforeEach, describe, expect, test, vi } from 'vitest';
import {
  doNotKeepPage,
  sawCatalogueVersion,
  sawDatabaseAway,
  serve,
} from '@/lib/http/web-process.mjs';
import PageCache from '@/lib/server/page-cache.mjs';

/** Next makes one for each request. */
const cache = () => new PageCache();
const page = (html: string, status?: number) => ({
  kind: 'APP_PAGE',
  html,
  status,
  headers: { 'x-next-cache-tags': `_N_T_/layout,_N_T_/${html}` },
});
const route = (status: number) => ({ kind: 'APP_ROUTE', body: Buffer.from('a'), status });
type Lifetime = { revalidate: number | false; expire?: number };
const LIFETIME: Lifetime = { revalidate: 60, expire: 172_800 };

let key = '';
beforeEach(() => {
  key = `/a key ${Math.random()}`;
  sawCatalogueVersion('1');
});

/** Looks for the page and makes it, as Next does for a request; gives whether it was there. */
function request(made = page('a'), { during = () => {}, cacheControl = LIFETIME, at = key } = {}) {
  return serve({ id: 'x', peer: '192.0.2.1' }, async () => {
    const found = await cache().get(at);
    during();
    if (!found) await cache().set(at, made, { cacheControl });
    return found !== null;
  });
}

test('a page made for one request is there for the next', async () => {
  expect(await request()).toBe(false);
  expect(await request()).toBe(true);
  expect((await cache().get(key))?.value).toEqual(page('a'));
});

test('a page made before the catalogue changed is made anew', async () => {
  await request();
  sawCatalogueVersion('2');
  expect(await request()).toBe(false);
  expect(await request()).toBe(true);
});

test('a page made while the catalogue changed is made anew', async () => {
  await request(page('a'), { during: () => sawCatalogueVersion('2') });
  expect(await request()).toBe(false);
});

test('what a route made stands until its time is over, whatever the catalogue', async () => {
  await cache().set(key, route(200), { cacheControl: LIFETIME });
  sawCatalogueVersion('2');
  expect(await cache().get(key)).not.toBeNull();
});

describe('not kept, so that made-up addresses push nothing out', () => {
  test.each([
    ['a page that is not found', page('a', 404)],
    ['a redirect', page('a', 308)],
    ['a route without an answer', route(404)],
  ])('%s', async (_, value) => {
    await request(value as ReturnType<typeof page>);
    expect(await cache().get(key)).toBeNull();
  });

  test('a page that says so while it is made', async () => {
    await request(page('a'), { during: doNotKeepPage });
    expect(await cache().get(key)).toBeNull();
  });

  test('a page that is no more', async () => {
    await request();
    await cache().set(key, page('gone', 404), { cacheControl: LIFETIME });
    expect(await cache().get(key)).toBeNull();
  });
});

test.each([
  [60, 120],
  [900, 1_800],
  [86_400, 172_800],
  // After a failure Next asks again soon.
  [30, 120],
])('a page new for %i s is shown for %i s, while a new one is made', async (revalidate, expire) => {
  await request(page('a'), { cacheControl: { revalidate, expire: 172_800 } });
  expect((await cache().get(key))?.cacheControl).toEqual({ revalidate, expire });
});

test('a page that never gets old does not expire', async () => {
  await request(page('a'), { cacheControl: { revalidate: false } });
  expect((await cache().get(key))?.cacheControl?.expire).toBeUndefined();
});

test.each([['_N_T_/a'], [['_N_T_/b', '_N_T_/layout']]])(
  'revalidating %s makes it anew',
  async (tags) => {
    await request();
    await cache().revalidateTag('_N_T_/another');
    expect(await request()).toBe(true);
    await cache().revalidateTag(tags);
    expect(await request()).toBe(false);
  },
);

test('memory is bounded: the pages not asked for longest are forgotten', async () => {
  await request();
  const large = 'a'.repeat(1024 * 1024);
  for (let i = 0; i < 70; i++) await request(page(large), { at: `/large ${i}` });
  expect(await request()).toBe(false);
  expect(await cache().get('/large 69')).not.toBeNull();
});

test('while the database is away a page is of this moment for Next, or it would make a new one', async () => {
  await request();
  const { lastModified = 0 } = (await cache().get(key)) ?? {};
  vi.spyOn(Date, 'now').mockReturnValue(lastModified + 86_400_000);
  expect((await cache().get(key))?.lastModified).toBe(lastModified);
  sawDatabaseAway(true);
  expect((await cache().get(key))?.lastModified).toBe(lastModified + 86_400_000);
  sawDatabaseAway(false);
  vi.restoreAllMocks();
});
