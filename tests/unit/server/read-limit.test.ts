import { beforeEach, expect, test } from 'vitest';
import { tooMany } from '@/lib/server/own-answers.mjs';
import { BURST, PER_SECOND, readLimit } from '@/lib/server/read-limit.mjs';

let now = 0;
let isWithinLimit: ReturnType<typeof readLimit>;

const passed = (address: string, times: number, path = '/search?q=lora') =>
  Array.from({ length: times }, () => isWithinLimit(path, address)).filter(Boolean).length;

beforeEach(() => {
  now = 0;
  isWithinLimit = readLimit(() => now);
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
  expect(passed('203.0.113.10', 1)).toBe(1);
});

test('one IPv6 customer is one network, whatever the address', () => {
  passed('2001:db8:1:2::1', BURST);
  expect(passed('2001:db8:1:2:ffff::9', 1)).toBe(0);
  expect(passed('2001:db8:1:3::1', 1)).toBe(1);
});

test.each(['127.0.0.1', '::1', '::ffff:127.0.0.1', '10.0.0.3', '172.17.0.1', 'fd00::1', 'unknown'])(
  'ourselves and proxies that nothing is known of are not limited: %s',
  (address) => expect(passed(address, BURST + 10)).toBe(BURST + 10),
);

test.each(['/_next/static/a.js', '/api/webhooks/ses', '/unsubscribe/one-click?token=a'])(
  'files, and services that come in bursts, are not counted: %s',
  (path) => expect(passed('203.0.113.9', BURST + 10, path)).toBe(BURST + 10),
);

test.each([
  '/_next/../search?q=lora',
  '/_next/static/%2e%2e/%2e%2e/search?q=lora',
  '/_next/image?url=a',
])('no detour goes round the limit: %s', (path) => {
  expect(passed('203.0.113.9', BURST + 10, path)).toBe(BURST);
});

test('who is refused hears when to come again, a program in its own way', () => {
  const page = tooMany('/search?q=lora');
  expect(page.headers['retry-after']).toBe(10);
  expect(page.body).toContain('wait 10 seconds');
  const api = tooMany('/api/v1/papers?q=a');
  expect(api.headers['content-type']).toBe('application/problem+json');
  expect(JSON.parse(api.body)).toMatchObject({ status: 429 });
});

test('memory is bounded: the networks not seen for longest are forgotten', () => {
  passed('203.0.113.9', BURST);
  for (let i = 0; i < 10_000; i++) passed(`198.${18 + (i >> 16)}.${(i >> 8) & 255}.${i & 255}`, 1);
  expect(passed('203.0.113.9', 1)).toBe(1);
});
