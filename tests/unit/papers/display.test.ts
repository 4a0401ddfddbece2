import { expect, test } from 'vitest';
import { authorLine, compactCount, webUrl } from '@/lib/papers/display';

test('few authors are all named, many are counted', () => {
  expect(authorLine(['A', 'B'])).toBe('A, B');
  expect(authorLine([])).toBe('');
  const many = Array.from({ length: 400 }, (_, index) => `N${index}`);
  expect(authorLine(many)).toBe('N0, N1, N2 … N399 (400 authors)');
});

test('counts stay short', () => {
  expect([7, 950, 2140, 1_300_000].map(compactCount)).toEqual(['7', '950', '2.1K', '1.3M']);
});

test('a reader is sent to http and https only', () => {
  expect(webUrl('https://github.com/a/b')).toBe('https://github.com/a/b');
  for (const bad of ['javascript:alert(1)', 'data:text/html,x', '//x', 'x', null]) {
    expect(webUrl(bad)).toBeNull();
  }
});
