import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { openDatabase } from '@/lib/db/client';
import { shorten } from '@/lib/papers/display';
import { type Scope, tokenHolder } from './token-holder';

const { url, dataDir } = inject('server');
const client = new Client({ name: 'tests', version: '1' });
beforeAll(() => client.connect(new StreamableHTTPClientTransport(new URL(`${url}/mcp`))));
afterAll(() => client.close());

async function call(name: string, args: Record<string, unknown> = {}, caller = client) {
  const { content, isError = false } = await caller.callTool({ name, arguments: args });
  const [first] = content as { type: string; text: string }[];
  return { text: first!.text, isError };
}

const post = (headers: Record<string, string>, body: unknown = initialize) =>
  fetch(`${url}/mcp`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
      ...headers,
    },
    body: JSON.stringify(body),
  });
const initialize = {
  jsonrpc: '2.0',
  id: 1,
  method: 'initialize',
  params: {
    protocolVersion: '2025-11-25',
    capabilities: {},
    clientInfo: { name: 'tests', version: '1' },
  },
};

describe('the official client', () => {
  test('lists at most six tools, all of them read-only', async () => {
    const { tools } = await client.listTools();
    expect(tools.map(({ name }) => name)).toEqual([
      'trending',
      'search',
      'paper',
      'similar',
      'tags',
      'for-you',
    ]);
    expect(tools.every(({ annotations }) => annotations?.readOnlyHint)).toBe(true);
  });

  test('gets what trends, with why, and goes on from a paper to those like it', async () => {
    const trending = await call('trending', { window: 'all', limit: 3 });
    expect(trending.isError).toBe(false);
    expect(trending.text.match(/^- /gm)).toHaveLength(3);
    expect(trending.text.match(/^ {2}why: /gm)).toHaveLength(3);
    const [, id = ''] = /id (\d+)/.exec(trending.text) ?? [];
    const paper = await call('paper', { id });
    expect(paper.text).toMatch(/^## (?:Abstract|Summary)/m);
    expect(paper.text).toContain('## Why it stands where it does');
    const similar = await call('similar', { id, limit: 2 });
    expect(similar.text).toContain(`Like paper ${id}:`);
  });

  test('searches', async () => {
    const found = await call('search', { query: 'language model', limit: 5 });
    expect(found.text.match(/^- /gm)?.length).toBeGreaterThan(0);
  });

  test('gets no answer above 10 KB, and hears how many did not fit', async () => {
    const answers = await Promise.all([
      call('trending', { window: 'all', limit: 25 }),
      call('tags'),
      call('tags', { text: 'a' }),
      call('search', { query: 'model', limit: 25 }),
    ]);
    for (const { text } of answers) expect(Buffer.byteLength(text)).toBeLessThanOrEqual(10_000);
    expect(answers[2]!.text).toMatch(/\d+ more did not fit: ask with text\.$/);
  });

  test.each([
    ['paper', { id: '999999999' }, 'Call search'],
    ['paper', { id: 'x y' }, 'Call search'],
    ['similar', { id: '2401.99999' }, 'Call search'],
    ['trending', { tags: ['language'] }, 'Near: '],
    ['search', { query: 'qqqqzzzz' }, 'Try fewer or other words'],
    ['tags', { text: 'qqqqzzzz' }, 'Try another word'],
    ['trending', { limit: 1000 }, 'limit'],
  ])('of %s with %j hears what to do', async (name, args, says) => {
    const { text, isError } = await call(name, args);
    expect(isError).toBe(true);
    expect(text).toContain(says);
  });
});

describe('what is for a reader', () => {
  const db = openDatabase({ dataDir });
  afterAll(() => db.$disconnect());

  async function clientOf(...scopes: Scope[]) {
    const { token } = await tokenHolder(db, ...scopes);
    const own = new Client({ name: 'tests', version: '1' });
    const requestInit = { headers: { authorization: `Bearer ${token}` } };
    await own.connect(new StreamableHTTPClientTransport(new URL(`${url}/mcp`), { requestInit }));
    return { own, token };
  }

  test('is papers like those saved, each with the saved paper and the words that brought it', async () => {
    const { own, token } = await clientOf('read', 'write');
    const empty = await call('for-you', {}, own);
    expect(empty).toMatchObject({
      isError: true,
      text: expect.stringContaining('Save five papers'),
    });
    const answer = await fetch(`${url}/api/v1/papers?q=language&limit=6`);
    const papers: { id: number; title: string }[] = (await answer.json()).papers;
    for (const { id } of papers) {
      await fetch(`${url}/api/v1/papers/${id}/save`, {
        method: 'PUT',
        headers: { authorization: `Bearer ${token}` },
        body: JSON.stringify({ shelf: 'Language' }),
      });
    }
    const found = await call('for-you', { limit: 3 }, own);
    expect(found.text).toMatch(/^For you, of shelf:language:\n/);
    const reasons = [...found.text.matchAll(/^ {2}why: Because of “(.+)$/gm)].map(
      ([, why]) => why!,
    );
    expect(reasons).toHaveLength(3);
    for (const why of reasons) {
      expect(papers.some(({ title }) => why.startsWith(`${shorten(title, 60)}”: “`))).toBe(true);
      expect(why).toMatch(/, “[^”]+”$/);
    }
    const unknown = await call('for-you', { interest: 'shelf:none' }, own);
    expect(unknown).toMatchObject({ isError: true, text: expect.stringContaining('Ask without') });
    await own.close();
  });

  test('opens to no one without a token, nor to one without its scope', async () => {
    const { own } = await clientOf('write', 'account');
    for (const caller of [client, own]) {
      const refused = await call('for-you', {}, caller);
      expect(refused).toMatchObject({ isError: true, text: expect.stringContaining('/account') });
    }
    await own.close();
  });
});

describe('a page of another site', () => {
  test.each([{ origin: 'https://evil.example' }, { origin: 'null' }])(
    'is refused by its origin %j',
    async (headers) => {
      expect((await post(headers)).status).toBe(403);
    },
  );

  test('is refused under a name that leads here (DNS rebinding)', async () => {
    const { request } = await import('node:http');
    const { port } = new URL(url);
    const status = await new Promise((resolve) => {
      const asked = request(
        {
          port,
          path: '/mcp',
          method: 'POST',
          headers: { host: 'evil.example', 'content-type': 'application/json' },
        },
        (answer) => resolve(answer.statusCode),
      );
      asked.end(JSON.stringify(initialize));
    });
    expect(status).toBe(403);
  });

  test('while our own may ask', async () => {
    expect((await post({ origin: url })).status).toBe(200);
  });
});

test('GET is refused with what is taken, and a request that is too large by its size', async () => {
  const got = await fetch(`${url}/mcp`);
  expect(got.status).toBe(405);
  expect(got.headers.get('allow')).toBe('POST, OPTIONS');
  expect((await post({}, { ...initialize, padding: 'x'.repeat(20_000) })).status).toBe(413);
});
