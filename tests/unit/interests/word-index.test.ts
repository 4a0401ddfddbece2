import { expect, test } from 'vitest';
import type { ProfileWord } from '@/lib/interests/profile';
import { recommend } from '@/lib/interests/recommend';
import { wordIndex } from '@/lib/interests/word-index';

const word = (stem: string, weight: number): ProfileWord => ({ stem, query: 1, weight, from: [] });
const texts = ['graph graph colour', 'graph minor', 'robot arm', 'colour colour robot arm arm'];
const papers = texts.map((text, i) => ({
  id: i + 1,
  text,
  categories: [],
  trending: null,
  copies: [i + 1],
}));
const words = [word('graph', 3), word('colour', 2), word('unknown', 9)];

test('an index in memory puts papers in the order of what scores them one by one', async () => {
  const find = await wordIndex(papers, 3);
  const found = find(words, { accepts: () => true, most: 10 }).map(({ paper }) => paper.id);
  const one = recommend(papers, { words, archive: null, direction: null, balance: 1 }, 3).map(
    ({ id }) => id,
  );
  expect(found).toEqual(one);
  expect(found).toEqual([1, 2, 4]);
});

test('it gives those that are accepted, and no more than asked for', async () => {
  const find = await wordIndex(papers, 3);
  const found = find(words, { accepts: ({ id }) => id !== 1, most: 1 });
  expect(found.map(({ paper }) => paper.id)).toEqual([2]);
});
