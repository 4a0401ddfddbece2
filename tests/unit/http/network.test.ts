import { expect, test } from 'vitest';
import { networkOf, plainAddress, rangeOf } from '@/lib/http/network.mjs';

test('an IPv4 customer has an address, a site 256 of them', () => {
  expect(networkOf('203.0.113.9')).toBe('203.0.113.9/32');
  expect(networkOf('203.0.113.9', 'site')).toBe('203.0.113.0/24');
});

test('an IPv6 customer has 64 bits, a site 48', () => {
  expect(networkOf('2001:DB8:1:2:3:4:5:6')).toBe('2001:db8:1:2::/64');
  expect(networkOf('2001:db8:1:2:3:4:5:6', 'site')).toBe('2001:db8:1::/48');
});

test.each(['::ffff:203.0.113.9', '::ffff:cb00:7109'])('%s is an IPv4 address', (mapped) => {
  expect(networkOf(mapped)).toBe('203.0.113.9/32');
  expect(plainAddress(mapped)).toBe('203.0.113.9');
  expect(rangeOf(mapped)).toBe(rangeOf('203.0.113.9'));
});

test('what is no address has no network', () => {
  expect([networkOf('unknown'), rangeOf('unknown')]).toEqual([null, null]);
  expect(plainAddress('unknown')).toBe('unknown');
});
