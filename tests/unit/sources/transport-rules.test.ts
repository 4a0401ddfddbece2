import { describe, expect, it } from 'vitest';
import { hostRule } from '@/lib/sources/fetch/etiquette';
import { isPublicAddress } from '@/lib/sources/fetch/public-address';
import { backoff, isTemporary, waitAsked } from '@/lib/sources/fetch/retry';

const NOW = new Date('2026-11-23T12:00:00Z');

describe('addresses', () => {
  it.each([
    '127.0.0.1',
    '10.1.2.3',
    '172.16.0.1',
    '192.168.1.1',
    '169.254.169.254',
    '0.0.0.0',
    '100.64.0.1',
    '224.0.0.1',
    '::1',
    '::',
    'fe80::1',
    'fc00::1',
    '::ffff:127.0.0.1',
    '::7f00:1',
    '2001::1',
    '4000::1',
    '64:ff9b::7f00:1',
    '2002:7f00:1::',
    'fe80::1%eth0',
    'not an address',
  ])('%s is not public', (address) => expect(isPublicAddress(address)).toBe(false));
  it.each(['8.8.8.8', '151.101.1.42', '2a04:4e42::1', '::ffff:8.8.8.8'])(
    '%s is public',
    (address) => expect(isPublicAddress(address)).toBe(true),
  );
});

describe('waiting', () => {
  it.each([
    [{ 'retry-after': '7' }, 7_000],
    [{ 'retry-after': 'Mon, 23 Nov 2026 12:00:30 GMT' }, 30_000],
    [{ 'retry-after': 'Mon, 23 Nov 2026 11:00:00 GMT' }, 0],
    [{ 'retry-after': '86400' }, 86_400_000],
    [{ 'retry-after': '99999999' }, 604_800_000],
    [{ ratelimit: '"api";r=0;t=42' }, 42_000],
    [{ ratelimit: 'limit=500, remaining=0, reset=12' }, 12_000],
    [{ 'ratelimit-remaining': '0', 'ratelimit-reset': '5' }, 5_000],
    [
      { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(NOW.getTime() / 1000 + 9) },
      9_000,
    ],
    [{ ratelimit: '"api";r=12;t=42' }, null],
    [{ 'retry-after': 'soon' }, null],
    [{}, null],
  ])('%j asks for %s ms', (headers, expected) => {
    expect(waitAsked(headers, NOW)).toBe(expected);
  });

  it('grows with every attempt, with jitter, up to a limit', () => {
    expect([1, 2, 3, 20].map((attempt) => backoff(attempt, 0))).toEqual([
      500, 1_000, 2_000, 30_000,
    ]);
    expect(backoff(3, 0.999)).toBeGreaterThan(3_900);
  });

  it('tries again only what may pass', () => {
    expect([429, 500, 502, 503, 504, 408].every((status) => isTemporary(status, {}))).toBe(true);
    expect([400, 401, 403, 404, 410].some((status) => isTemporary(status, {}))).toBe(false);
    expect(isTemporary(403, { 'x-ratelimit-remaining': '0' })).toBe(true);
  });
});

it('counts all of arXiv’s hosts together: one request every three seconds', () => {
  for (const host of ['export.arxiv.org', 'oaipmh.arxiv.org', 'rss.arxiv.org', 'arxiv.org']) {
    expect(hostRule(host)).toEqual({ key: 'arxiv.org', delayMs: 3_000, concurrency: 1 });
  }
  expect(hostRule('notarxiv.org').key).toBe('notarxiv.org');
});
