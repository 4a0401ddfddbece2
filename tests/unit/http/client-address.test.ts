import { expect, test } from 'vitest';
import { clientAddress } from '@/lib/http/client-address.mjs';
import { serve } from '@/lib/http/web-process.mjs';

const headers = (forwarded?: string) =>
  new Headers(forwarded === undefined ? {} : { 'x-forwarded-for': forwarded });
const address = (peer: string, forwarded: string | undefined, trustProxy: number) =>
  serve({ id: 'x', peer }, () => clientAddress(headers(forwarded), trustProxy));

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

test('under another web server than ours, nothing is known of the connection', () => {
  expect(clientAddress(headers(), 0)).toBe('unknown');
});
