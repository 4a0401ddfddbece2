import { expect, it } from 'vitest';
import { freeSlug, shelfSlug } from '@/lib/readers/shelf-name';

it.each([
  ['Thesis, ch. 3', 'thesis-ch-3'],
  ['  Größe & Maß  ', 'grosse-mass'],
  ['論文', 'shelf'],
  ['../../etc', 'etc'],
  ['a'.repeat(200), 'a'.repeat(60)],
])('makes an address of %s', (name, slug) => {
  expect(shelfSlug(name)).toBe(slug);
});

it('gives each shelf an address of its own', () => {
  expect(freeSlug('c', new Set(['c', 'c-2']))).toBe('c-3');
});
