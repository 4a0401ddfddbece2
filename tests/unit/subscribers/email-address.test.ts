import { expect, test } from 'vitest';
import { parseAddress } from '@/lib/subscribers/email-address';

const parsed = (text: string) => {
  const result = parseAddress(text);
  return result.ok ? result.address : null;
};

test.each([
  ['reader@example.org', 'reader@example.org', 'reader@example.org'],
  ['  Reader.Name@Example.ORG ', 'Reader.Name@example.org', 'reader.name@example.org'],
  ['reader+papers@example.org', 'reader+papers@example.org', 'reader+papers@example.org'],
  ["o'neil@example.ie", "o'neil@example.ie", "o'neil@example.ie"],
  ['leser@bücher.example', 'leser@xn--bcher-kva.example', 'leser@xn--bcher-kva.example'],
  ['reader@例え.jp', 'reader@xn--r8jz45g.jp', 'reader@xn--r8jz45g.jp'],
  ['reader@example.org.', 'reader@example.org', 'reader@example.org'],
])('%s is taken', (typed, email, key) => {
  expect(parsed(typed)).toMatchObject({ email, key });
});

test.each([
  '',
  'reader',
  'reader@',
  '@example.org',
  '"a@evil"@y.org',
  'a@y.org, evil@z.org',
  'a@y.org,evil@z.org',
  'a@y.org;evil@z.org',
  'Reader <reader@example.org>',
  'reader@example.org\r\nBcc: evil@z.org',
  'rea\nder@example.org',
  'rea\0der@example.org',
  'reader\u202e@example.org',
  'reader\u200b@example.org',
  'reader @example.org',
  'reader@@example.org',
  '.reader@example.org',
  'rea..der@example.org',
  'reader.@example.org',
  'reader@localhost',
  'reader@[127.0.0.1]',
  'reader@127.0.0.1',
  'reader@-example.org',
  'reader@example..org',
  'reader@exa_mple.org',
  'reader@example.invalid',
  `${'a'.repeat(65)}@example.org`,
  `a@${'b'.repeat(64)}.org`,
  `a@${'bcd.'.repeat(80)}org`,
  'lésér@example.org',
  'reader@mailinator.com',
  'reader@sub.yopmail.com',
  'reader%40example.org',
])('%j is refused in words', (typed) => {
  const result = parseAddress(typed);
  expect(result.ok).toBe(false);
  expect(result.ok || result.problem).toMatch(/^[A-Z].+\.$/);
});

test('limits count an address without its plus-suffix, and without dots at Gmail', () => {
  expect(parsed('a.b+1@gmail.com')!.limitKey).toBe('ab@gmail.com');
  expect(parsed('A.b@googlemail.com')!.limitKey).toBe('ab@gmail.com');
  expect(parsed('a.b+1@example.org')!.limitKey).toBe('a.b@example.org');
});
