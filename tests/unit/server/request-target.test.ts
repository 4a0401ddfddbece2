import { expect, test } from 'vitest';
import { pathOfTarget } from '@/lib/server/request-target.mjs';

test.each([
  ['/papers/1?a=b', '/papers/1?a=b'],
  ['/search?q=[x]^|%', '/search?q=[x]^|%'],
  ['//[', '//['],
  ['http://example.org:8080/papers/1?a=b', '/papers/1?a=b'],
  ['HTTPS://example.org', '/'],
])('%s asks for %s', (target, path) => {
  expect(pathOfTarget(target)).toBe(path);
});

test.each([
  '*',
  '*^',
  '*[',
  '*:99999',
  '',
  'papers/1',
  '?a',
  '/%',
  '/%ff',
  'http://[/',
  'http://a:99999/',
  'http:/papers',
  'ftp://example.org/papers',
  'http://example.org/%ff',
  `/unsubscribe?token=${'a'.repeat(501)}`,
  `/preferences?a=b&token=${'a'.repeat(9_000)}`,
])('"%s" is malformed', (target) => {
  expect(pathOfTarget(target)).toBeNull();
});
