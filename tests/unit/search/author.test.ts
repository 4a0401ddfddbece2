import { expect, test } from 'vitest';
import { authorKey, authorPath, authorSearch } from '@/lib/search/author';
import { parseQuery } from '@/lib/search/query/parse';

const NAMES = [
  'Yann LeCun',
  'Edward J. Hu',
  'José García Márquez',
  'Jean-Baptiste Alayrac',
  "Conor O'Neill",
  'Łukasz Kaiser',
  '何恺明',
  '김철수',
  'Αλέξανδρος',
  'NVIDIA',
  'The LIGO Scientific Collaboration',
  'Firstname7 O’Łaskiewicz-Müller7',
];

test('one spelling of a name is one address: case, accents, dots and hyphens do not matter', () => {
  const same = ['José García', 'JOSÉ GARCÍA', 'Jose Garcia', 'jose-garcia', 'José  García.'];
  expect(new Set(same.map(authorPath))).toEqual(new Set(['/authors/jose-garcia']));
});

test('an initial is no name, and word order is kept', () => {
  expect(authorKey('Y. LeCun')).toBe('y-lecun');
  expect(authorKey('Wang Wei')).not.toBe(authorKey('Wei Wang'));
});

test.each(NAMES)(
  'the address of %s leads to itself, so that no redirect goes in a ring',
  (name) => {
    const key = authorKey(name);
    expect(key).not.toBe('');
    expect(authorKey(key)).toBe(key);
  },
);

test.each(['', '…', '-', '"', '*'])('%j has no page', (name) => {
  expect(authorPath(name)).toBeNull();
});

test.each([...NAMES, 'Robert "Bob" Smith', 'a*'])(
  'the search for %s is one author clause, whatever the name holds',
  (name) => {
    const { query, messages } = parseQuery(authorSearch(name));
    expect(messages).toEqual([]);
    expect(query.clauses.map(({ kind }) => kind)).toEqual(['author']);
  },
);
