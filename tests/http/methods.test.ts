import { expect, inject, test } from 'vitest';

const { url } = inject('server');
const ask = (method: string, path: string) => fetch(url + path, { method, redirect: 'manual' });

test.each([
  ['POST', '/', 'GET, HEAD, OPTIONS'],
  ['POST', '/papers/1', 'GET, HEAD, OPTIONS'],
  ['POST', '/about', 'GET, HEAD, OPTIONS'],
  ['DELETE', '/search?q=a', 'GET, HEAD, OPTIONS'],
  ['PUT', '/papers/1.bib', 'GET, HEAD, OPTIONS'],
  ['POST', '/cards/papers/1', 'GET, HEAD, OPTIONS'],
  ['POST', '/feeds/atom', 'GET, HEAD, OPTIONS'],
  ['PATCH', '/api/v1/papers/1', 'GET, HEAD, OPTIONS'],
  ['GET', '/api/v1/subscriptions', 'POST, OPTIONS'],
  ['GET', '/subscribe/submit', 'POST, OPTIONS'],
  ['GET', '/preferences/erase', 'POST, OPTIONS'],
  ['DELETE', '/unsubscribe/one-click', 'GET, HEAD, POST, OPTIONS'],
  ['PUT', '/no/such/page', 'GET, HEAD, OPTIONS'],
])('%s %s is refused, and told what is taken', async (method, path, allow) => {
  const answer = await ask(method, path);
  expect([answer.status, answer.headers.get('allow')]).toEqual([405, allow]);
  const type = path.startsWith('/api/') ? 'application/problem+json' : 'text/plain; charset=utf-8';
  expect(answer.headers.get('content-type')).toBe(type);
});

test.each(['/', '/cards/papers/1', '/cards/tags/peft', '/papers/1.md', '/api/v1/papers'])(
  'OPTIONS %s tells what is taken',
  async (path) => {
    const answer = await ask('OPTIONS', path);
    expect([answer.status, answer.headers.get('allow')]).toEqual([204, 'GET, HEAD, OPTIONS']);
  },
);

test('the API says itself that it has no such address, whatever the method', async () => {
  for (const method of ['GET', 'POST', 'DELETE']) {
    const answer = await ask(method, '/api/v1/nothing');
    expect([answer.status, answer.headers.get('content-type')]).toEqual([
      404,
      'application/problem+json',
    ]);
  }
});

test.each([
  ['/feeds/atom', 'cross-origin'],
  ['/feeds/no-such-format', 'cross-origin'],
  ['/api/v1/tags', 'cross-origin'],
  ['/cards/papers/1', 'cross-origin'],
  ['/papers/1.bib', 'cross-origin'],
  ['/papers/1', 'same-origin'],
  ['/api/health', 'same-origin'],
  ['/no/such/page', 'same-origin'],
])('%s may be loaded by pages of %s', async (path, policy) => {
  const { headers } = await ask('GET', path);
  expect(headers.get('cross-origin-resource-policy')).toBe(policy);
});

test('a token that cannot be ours is not sent back', async () => {
  const long = 'x'.repeat(2_000);
  for (const path of ['/unsubscribe/one-click', '/preferences/preview/mail', '/feedback']) {
    const answer = await ask('GET', `${path}?token=${long}`);
    expect(answer.status).toBe(400);
    expect(await answer.text()).not.toContain('xxx');
  }
});
