import { beforeAll, describe, expect, it } from 'vitest';
import { completions } from '@/lib/search/complete';
import { indexPapers } from '@/lib/search/index/store';
import { search } from '@/lib/search/search';
import { similarPapers } from '@/lib/search/similar';
import { testDatabase } from '@/tests/db/database';
import { addPaper } from './papers';

const db = await testDatabase();
const ids: number[] = [];

beforeAll(async () => {
  for (let i = 0; i < 6; i++) {
    ids.push(
      await addPaper(db, {
        title: `Transformers for catastrophic forgetting, part ${i}`,
        abstract: 'Elastic weights in continual learning.',
        authors: ['Edward J. Hu', 'Ying Li', `Only Part${i}`],
        publishedAt: new Date(Date.UTC(2020 + (i % 2), 5, 1)),
        tags: ['continual-learning'],
      }),
    );
    ids.push(
      await addPaper(db, {
        title: `Protein folding number ${i}`,
        abstract: 'Amino acids and their transformers. Each a transformer by optimisation.',
        authors: ['Grace Hopper', 'Vera Amino'],
      }),
    );
  }
  await indexPapers(db, ids);
});

describe('a suggestion', () => {
  const meant = (text: string) => search(db, text, { limit: 5 }).suggestion();

  it.each([
    ['tranformers', 'transformers'],
    ['catastrofic forgetting', 'catastrophic forgetting'],
    ['protien tag:peft', 'protein tag:peft'],
    ['elastci', 'elastic'],
    ['transfromer', 'transformer'],
    ['optimisaton', 'optimisation'],
  ])('names for %s what is spelt alike', async (typed, suggestion) => {
    expect(await meant(typed)).toBe(suggestion);
  });

  it('leaves known words, excluded words and gibberish alone', async () => {
    expect(await meant('transformers')).toBeNull();
    expect(await meant('-tranformers')).toBeNull();
    expect(await meant('qqqqxxxxzzzz')).toBeNull();
  });
});

it('offers the author where the words are a name, too', async () => {
  const author = (text: string) => search(db, text, { limit: 5 }).author();
  expect(await author('amino')).toBe('author:amino');
  expect(await author('protein folding')).toBeNull();
});

describe('completions', () => {
  const texts = async (typed: string) => (await completions(db, typed)).map((c) => c.text);

  it('completes titles by the words typed and the start of the last', async () => {
    expect(await texts('catastrophic forg')).toContain(
      'Transformers for catastrophic forgetting, part 5',
    );
  });

  it('goes on completing while a word is typed beyond its stem', async () => {
    for (const typed of [
      'transfor',
      'transformer',
      'catastroph',
      'catastrophic',
      'forgetti',
      'fold',
      'foldin',
    ]) {
      expect((await texts(typed)).length, typed).toBeGreaterThan(0);
    }
  });

  it('completes surnames of two letters', async () => {
    expect(await texts('hu')).toEqual(['Edward J. Hu']);
    expect(await texts('Ying Li')).toEqual(['Ying Li']);
  });

  it('completes authors and tags', async () => {
    expect(await texts('edward h')).toEqual([]);
    expect(await texts('grace hop')).toEqual(['Grace Hopper']);
    expect(await texts('hopp')).toEqual(['Grace Hopper']);
    expect(await texts('contin')).toContain('Continual learning');
  });

  it('says nothing to less than two letters, fields and odd input', async () => {
    for (const typed of [
      '',
      'ab',
      'author:hu',
      '"phrase',
      "'; drop",
      '\0\0\0',
      '💥💥💥',
      '\\\\\\',
    ]) {
      expect(await completions(db, typed)).toEqual([]);
    }
  });
});

it('finds the papers most like one, and not the paper itself', async () => {
  const similar = await similarPapers(db, ids[0]!, 5);
  expect(similar).toHaveLength(5);
  expect(similar.every((id) => id !== ids[0] && ids.indexOf(id) % 2 === 0)).toBe(true);
  expect(await similarPapers(db, 999_999, 5)).toEqual([]);
});

it('divides a result into tags and years that add up', async () => {
  const facets = await search(db, 'catastrophic', { limit: 5, count: true }).facets();
  expect(facets.tags).toEqual([
    { slug: 'continual-learning', name: 'Continual learning', count: 6 },
  ]);
  expect(facets.years).toEqual([
    { year: 2021, count: 3 },
    { year: 2020, count: 3 },
  ]);
});
