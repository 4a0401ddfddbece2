import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { withAnswerCache } from '@/lib/server/answer-cache.mjs';

const CATALOGUE = Symbol.for('broadsheet.catalogue');
const shared = globalThis as { [CATALOGUE]?: { version: string } };

let made = 0;
let headers: Record<string, string> = {};
let close: () => void;
let port: number;

/** Answers as Next does: with its word on the cache, compressed where asked. */
function page(asked: IncomingMessage, response: ServerResponse) {
  made++;
  response.setHeader('etag', '"1"');
  response.setHeader('x-nextjs-cache', 'HIT');
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  const text = `page ${made} of ${asked.url}`.padEnd(asked.url === '/large' ? 2 ** 20 + 1 : 0);
  if (!String(asked.headers['accept-encoding']).includes('gzip')) {
    response.end(text);
    return;
  }
  response.setHeader('content-encoding', 'gzip');
  const body = gzipSync(text);
  response.write(body.subarray(0, 10));
  response.end(body.subarray(10));
}

async function ask(path: string, asked: Record<string, string> = {}, method = 'GET') {
  return new Promise<{ status: number; headers: NodeJS.Dict<unknown>; body: Buffer }>((resolve) => {
    request({ port, path, method, headers: asked }, async (response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of response) chunks.push(chunk);
      resolve({
        status: response.statusCode!,
        headers: response.headers,
        body: Buffer.concat(chunks),
      });
    }).end();
  });
}

beforeEach(async () => {
  made = 0;
  headers = {};
  shared[CATALOGUE] = { version: '1' };
  const server = createServer(withAnswerCache(page));
  await new Promise<void>((resolve) => server.listen(0, resolve));
  port = (server.address() as AddressInfo).port;
  close = () => server.close();
});
afterEach(() => close());

test('an answer from the page cache is made once and sent whole, with its headers', async () => {
  const first = await ask('/');
  const second = await ask('/');
  expect(made).toBe(1);
  expect(second.body).toEqual(first.body);
  expect(second.headers).toMatchObject({ etag: '"1"', 'x-nextjs-cache': 'HIT' });
  expect(second.headers['content-length']).toBe(String(first.body.length));
});

test('who accepts gzip and who does not get what they can read', async () => {
  for (let i = 0; i < 2; i++) {
    expect((await ask('/')).body.toString()).toMatch(/^page/);
    const zipped = await ask('/', { 'accept-encoding': 'br, gzip' });
    expect(gunzipSync(zipped.body).toString()).toMatch(/^page/);
  }
});

test('a new version of the catalogue makes the page anew', async () => {
  await ask('/');
  shared[CATALOGUE] = { version: '2' };
  expect((await ask('/')).body.toString()).toBe('page 2 of /');
});

test('a client that has the page is told so', async () => {
  await ask('/');
  const again = await ask('/', { 'if-none-match': 'W/"1"' });
  expect([again.status, again.body.length]).toEqual([304, 0]);
});

test('tags are compared weakly, and dates only where there are no tags', async () => {
  const day = 'Mon, 02 Mar 2026 00:00:00 GMT';
  headers = { etag: 'W/"1"', 'last-modified': day };
  await ask('/');
  const status = async (asked: Record<string, string>) => (await ask('/', asked)).status;
  expect(await status({ 'if-none-match': '"0", "1"' })).toBe(304);
  expect(await status({ 'if-none-match': '*' })).toBe(304);
  expect(await status({ 'if-modified-since': day })).toBe(304);
  expect(await status({ 'if-modified-since': 'Sun, 01 Mar 2026 00:00:00 GMT' })).toBe(200);
  expect(await status({ 'if-none-match': '"2"', 'if-modified-since': day })).toBe(200);
});

test.each([
  ['a feed', '/feeds/atom'],
  ['the first page of a list of the API', '/api/v1/papers?window=all&tag=peft'],
])('%s that any cache may keep is made once in a version of the catalogue', async (_, path) => {
  headers = { 'x-nextjs-cache': '', 'cache-control': 'public, max-age=60' };
  await ask(path);
  expect((await ask(path)).body.toString()).toBe(`page 1 of ${path}`);
  shared[CATALOGUE] = { version: '2' };
  expect((await ask(path)).body.toString()).toBe(`page 2 of ${path}`);
});

test('what is too large, padded addresses, and searches and further pages without number, are not kept', async () => {
  headers = { 'x-nextjs-cache': '', 'cache-control': 'public, max-age=60' };
  const padded = `/api/v1/papers?limit=${'%20'.repeat(200)}1`;
  const paths = ['/api/v1/papers?q=a', '/api/v1/papers?window=all&after=x', '/large', padded];
  for (const path of [...paths, ...paths]) await ask(path);
  expect(made).toBe(8);
});

test.each([
  ['made for this request', { 'x-nextjs-cache': 'MISS' }, {}, '/'],
  ['in an encoding not looked at', { 'content-encoding': 'br' }, {}, '/'],
  ['of a query', {}, {}, '/?a=b'],
  ['of data', {}, { rsc: '1' }, '/'],
])('an answer %s is not kept', async (_, answered, asked, path) => {
  headers = answered as Record<string, string>;
  await ask(path, asked as Record<string, string>);
  await ask(path, asked as Record<string, string>);
  expect(made).toBe(2);
});
