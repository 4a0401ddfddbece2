import { expect, test } from 'vitest';
import { pagesElsewhere } from '@/lib/papers/display';
import { splitLinks } from '@/lib/papers/web-link';

const linked = (text: string) =>
  splitLinks(text).map(({ text: piece, href }) => (href === null ? piece : `[${piece}](${href})`));

test.each([
  [
    'Code is at https://github.com/a/b.',
    ['Code is at ', '[https://github.com/a/b](https://github.com/a/b)', '.'],
  ],
  [
    'See (http://example.org/x_(y)).',
    ['See (', '[http://example.org/x_(y)](http://example.org/x_(y))', ').'],
  ],
  ['at github.com/a/b, soon', ['at ', '[github.com/a/b](https://github.com/a/b)', ', soon']],
  [
    '\\url{https://example.org/~me}',
    ['\\url{', '[https://example.org/~me](https://example.org/~me)', '}'],
  ],
])('an address in a text is a link, and what is around it is not: %s', (text, pieces) => {
  expect(linked(text)).toEqual(pieces);
});

test.each([
  'javascript:alert(1)',
  'https://example.org@evil.example/login',
  'https://user:secret@example.org/',
  'https://localhost/x',
  'mail me@github.com/x',
  `https://example.org/${'x'.repeat(600)}`,
  'no address here',
])('%s is no link', (text) => {
  expect(linked(text)).toEqual([text]);
});

test('letters that look like others end an address, so that none leads elsewhere than it seems', () => {
  for (const { href } of splitLinks('https://exаmple.org and https://a.org/\u202Egro.elgoog')) {
    expect(href === null || /^https:\/\/a\.org\/$/.test(href)).toBe(true);
  }
});

test('all pieces together are the text', () => {
  const text = 'a https://a.org/) https://b.org/?q=1#x, c http:// https://..., d';
  expect(
    splitLinks(text)
      .map((piece) => piece.text)
      .join(''),
  ).toBe(text);
});

test('a text of nothing but loose ends takes no longer than others', () => {
  const start = performance.now();
  splitLinks(`https://a.org/${')'.repeat(100_000)} ${'https://'.repeat(20_000)}`);
  expect(performance.now() - start).toBeLessThan(500);
});

test('other sites are linked by id alone, and only those that know such ids', () => {
  const names = (ids: { arxivId: string | null; doi: string | null }) =>
    pagesElsewhere(ids).map(({ name }) => name);
  expect(names({ arxivId: '2106.09685', doi: null })).toEqual([
    'Hugging Face',
    'alphaXiv',
    'Semantic Scholar',
    'Google Scholar',
    'Connected Papers',
  ]);
  expect(names({ arxivId: 'cs/0112017', doi: null })).toEqual([
    'Semantic Scholar',
    'Google Scholar',
  ]);
  expect(names({ arxivId: null, doi: '10.1/x' })).toHaveLength(3);
  expect(names({ arxivId: null, doi: null })).toEqual([]);
  for (const { url } of pagesElsewhere({ arxivId: null, doi: '10.1/a"><b>&c=d' })) {
    expect(new URL(url).href).not.toMatch(/["<>]/);
  }
});
