import { afterEach, beforeEach, expect, test } from 'vitest';
import { clientAddress, isLocal } from '@/lib/http/client-address.mjs';

const OURS = Symbol.for('broadsheet.peer');
beforeEach(() => Reflect.set(globalThis, OURS, true));
afterEach(() => void Reflect.deleteProperty(globalThis, OURS));

const headers = (peer: string, forwarded?: string, host = 'localhost:3000') =>
  new Headers({
    'x-broadsheet-peer': peer,
    host,
    ...(forwarded && { 'x-forwarded-for': forwarded }),
  });

test('without trusted proxies the connection tells, whatever the client forwards', () => {
  expect(clientAddress(headers('203.0.113.9', '10.0.0.1'), 0)).toBe('203.0.113.9');
});

test('with one trusted proxy the last forwarded address tells, not what the client put before it', () => {
  expect(clientAddress(headers('127.0.0.1', '1.1.1.1, 203.0.113.9'), 1)).toBe('203.0.113.9');
});

test('with two trusted proxies the last but one tells', () => {
  expect(clientAddress(headers('127.0.0.1', '1.1.1.1, 203.0.113.9, 10.0.0.7'), 2)).toBe(
    '203.0.113.9',
  );
});

test('an IPv4 address on a dual-stack socket is the IPv4 address', () => {
  expect(clientAddress(headers('::ffff:203.0.113.9'), 0)).toBe('203.0.113.9');
});

test('a request from this machine is local', () => {
  expect(isLocal(headers('::ffff:127.0.0.1', '127.0.0.1'))).toBe(true);
  expect(isLocal(headers('::1', undefined, '[::1]:3000'))).toBe(true);
});

test.each([
  ['from elsewhere', headers('203.0.113.9')],
  ['through a proxy on this machine', headers('127.0.0.1', '203.0.113.9')],
  ['under a foreign name that points here', headers('127.0.0.1', undefined, 'evil.example:3000')],
])('a request %s is not local', (_, given) => {
  expect(isLocal(given)).toBe(false);
});

test.each(['via', 'forwarded', 'x-real-ip'])(
  'a request through a proxy on this machine that only says %s is not local',
  (name) => {
    const given = headers('127.0.0.1');
    given.set(name, '203.0.113.9');
    expect(isLocal(given)).toBe(false);
  },
);

test('under another web server than ours, the header is only what a client wrote', () => {
  Reflect.deleteProperty(globalThis, OURS);
  expect(isLocal(headers('127.0.0.1'))).toBe(false);
  expect(clientAddress(headers('127.0.0.1'), 0)).toBe('unknown');
});
