import { expect, test } from 'vitest';
import { authorLine, compactCount, shorten, webUrl, withoutLooseEnd } from '@/lib/papers/display';

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

test.each([
  ['Towards a unified theory of such things that matter', 30, 'Towards a unified theory…'],
  ['Fine-tuning, pruning and distillation of models', 24, 'Fine-tuning, pruning…'],
  ['Learning to rank with (and without) labels', 32, 'Learning to rank…'],
  ['A theory of “the new” and a half', 22, 'A theory…'],
  ['A built-in plug-in for editors', 23, 'A built-in plug-in…'],
  ['Short enough to end with the', 30, 'Short enough to end with the'],
])('a text that is cut ends with no loose word or mark: %s', (text, most, cut) => {
  expect(shorten(text, most)).toBe(cut);
});

test.each(['-', ' ', ' - ', '(', ', ', ' the ', ' a and'])(
  'a long run of loose ends within a text takes no time: %j',
  (run) => {
    // Short enough that an exponential pattern fails here, rather than never ends.
    const long = run.repeat(26 / run.length);
    const started = performance.now();
    withoutLooseEnd(`Title ${long}y`);
    withoutLooseEnd(`Title ${long}`);
    expect(performance.now() - started).toBeLessThan(200);
  },
);
