import type { IncomingMessage, ServerResponse } from 'node:http';
import { beforeEach, expect, test } from 'vitest';
import { BURST, PER_SECOND, withReadLimit } from '@/lib/server/read-limit.mjs';

let now = 0;
let handle: ReturnType<typeof withReadLimit>;

/** Asks once; gives the status, and what else was said. */
function ask(address: string, url = '/search?q=lora', method = 'GET') {
  const answer = { status: 200, headers: {} as Record<string, unknown>, body: '' };
  const response = {
    writeHead(status: number, headers: Record<string, unknown>) {
      Object.assign(answer, { status, headers });
      return response;
    },
    end(body: string) {
      answer.body = body;
    },
  };
  handle(
    { url, method, headers: { 'x-address': address } } as unknown as IncomingMessage,
    response as unknown as ServerResponse,
  );
  return answer;
}

const passed = (address: string, times: number, url?: string, method?: string) =>
  Array.from({ length: times }, () => ask(address, url, method)).filter((a) => a.status === 200)
    .length;

beforeEach(() => {
  now = 0;
  handle = withReadLimit(
    () => undefined,
    ({ headers }) => String(headers['x-address']),
    () => now,
  );
});

test('a network gets a burst, then so many a second', () => {
  expect(passed('203.0.113.9', BURST + 50)).toBe(BURST);
  now += 2_000;
  expect(passed('203.0.113.9', 50)).toBe(2 * PER_SECOND);
  now += 3_600_000;
  expect(passed('203.0.113.9', BURST + 50)).toBe(BURST);
});

test('others are not held up', () => {
  passed('203.0.113.9', BURST + 1);
  expect(ask('203.0.113.10').status).toBe(200);
});

test('one IPv6 customer is one network, whatever the address', () => {
  passed('2001:db8:1:2::1', BURST);
  expect(ask('2001:db8:1:2:ffff::9').status).toBe(429);
  expect(ask('2001:db8:1:3::1').status).toBe(200);
});

test.each(['127.0.0.1', '::1', '10.0.0.3', '172.17.0.1', 'fd00::1', 'unknown'])(
  'ourselves and proxies that nothing is known of are not limited: %s',
  (address) => expect(passed(address, BURST + 10)).toBe(BURST + 10),
);

test.each([
  ['/_next/static/a.js', 'GET'],
  ['/api/webhooks/ses', 'POST'],
  ['/unsubscribe/one-click?token=a', 'POST'],
])('files, and services that come in bursts, are not counted: %s', (url, method) => {
  expect(passed('203.0.113.9', BURST + 10, url, method)).toBe(BURST + 10);
});

test.each([
  ['/search?q=lora', 'POST'],
  ['/search?q=lora', 'PROPFIND'],
  ['/_next/../search?q=lora', 'GET'],
  ['/_next/static/%2e%2e/%2e%2e/search?q=lora', 'GET'],
  ['/_next/image?url=a', 'GET'],
])('no method and no detour goes round the limit: %s by %s', (url, method) => {
  expect(passed('203.0.113.9', BURST + 10, url, method)).toBe(BURST);
});

test('who is refused hears when to come again, a program in its own way', () => {
  passed('203.0.113.9', BURST);
  const page = ask('203.0.113.9');
  expect(page).toMatchObject({ status: 429, headers: { 'retry-after': '10' } });
  expect(page.body).toContain('wait 10 seconds');
  const api = ask('203.0.113.9', '/api/v1/papers?q=a');
  expect(api.headers['content-type']).toBe('application/problem+json');
  expect(JSON.parse(api.body)).toMatchObject({ status: 429 });
});

test('memory is bounded: the networks not seen for longest are forgotten', () => {
  passed('203.0.113.9', BURST);
  for (let i = 0; i < 10_000; i++) ask(`198.${18 + (i >> 16)}.${(i >> 8) & 255}.${i & 255}`);
  expect(ask('203.0.113.9').status).toBe(200);
});
