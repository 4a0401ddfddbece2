import { expect, test } from 'vitest';
import { clientAddress, isLocal } from '@/lib/http/client-address.mjs';
import { serve } from '@/lib/http/web-process.mjs';

const headers = (forwarded?: string, host = 'localhost:3000') =>
  new Headers({ host, ...(forwarded && { 'x-forwarded-for': forwarded }) });
const address = (peer: string, forwarded: string | undefined, trustProxy: number) =>
  serve(peer, () => clientAddress(headers(forwarded), trustProxy));
const local = (peer: string, given: Headers) => serve(peer, () => isLocal(given));

test('without trusted proxies the connection tells, whatever the client forwards', () => {
  expect(address('203.0.113.9', '10.0.0.1', 0)).toBe('203.0.113.9');
});

test('with one trusted proxy the last forwarded address tells, not what the client put before it', () => {
  expect(address('127.0.0.1', '1.1.1.1, 203.0.113.9', 1)).toBe('203.0.113.9');
});

test('with two trusted proxies the last but one tells', () => {
  expect(address('127.0.0.1', '1.1.1.1, 203.0.113.9, 10.0.0.7', 2)).toBe('203.0.113.9');
});

test('an IPv4 address on a dual-stack socket is the IPv4 address', () => {
  expect(address('::ffff:203.0.113.9', undefined, 0)).toBe('203.0.113.9');
});

test('a request from this machine is local', () => {
  expect(local('::ffff:127.0.0.1', headers('127.0.0.1'))).toBe(true);
  expect(local('::1', headers(undefined, '[::1]:3000'))).toBe(true);
});

test.each([
  ['from elsewhere', '203.0.113.9', headers()],
  ['through a proxy on this machine', '127.0.0.1', headers('203.0.113.9')],
  ['under a foreign name that points here', '127.0.0.1', headers(undefined, 'evil.example:3000')],
])('a request %s is not local', (_, peer, given) => {
  expect(local(peer, given)).toBe(false);
});

test.each(['via', 'forwarded', 'x-real-ip'])(
  'a request through a proxy on this machine that only says %s is not local',
  (name) => {
    const given = headers();
    given.set(name, '203.0.113.9');
    expect(local('127.0.0.1', given)).toBe(false);
  },
);

test('under another web server than ours, nothing is known of the connection', () => {
  expect(isLocal(headers())).toBe(false);
  expect(clientAddress(headers(), 0)).toBe('unknown');
});
