import { beforeAll, describe, expect, it } from 'vitest';
import { rankPapers } from '@/lib/feed/rank';
import { completions } from '@/lib/search/complete';
import { searchExamples } from '@/lib/search/examples';
import { indexPapers } from '@/lib/search/index/store';
import { parseQuery } from '@/lib/search/query/parse';
import { tagNamed } from '@/lib/search/query/topics';
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

describe('a misspelt word', () => {
  const shown = async (text: string) =>
    (await search(db, text, { limit: 5 }).page()).correction?.shown ?? null;

  it.each([
    ['tranformers', 'transformers'],
    ['catastrofic forgetting', 'catastrophic forgetting'],
    ['protien -tag:peft', 'protein -tag:peft'],
    ['elastci', 'elastic'],
    ['transfromer', 'transformer'],
    ['optimisaton', 'optimisation'],
  ])('such as in %s shows what is spelt alike', async (typed, correction) => {
    expect(await shown(typed)).toBe(correction);
  });

  it('leaves known words, excluded words, wanted words and gibberish alone', async () => {
    for (const text of ['transformers', '-tranformers', '+tranformers', 'qqqqxxxxzzzz']) {
      expect(await shown(text), text).toBeNull();
    }
  });

  it('shows the papers of its correction on every page, and the way back to what was typed', async () => {
    const first = await search(db, 'catastrofic forgetting', { limit: 4 }).page();
    expect(first.whole).toBe(4);
    expect(first.correction?.typed).toBe('+catastrofic forgetting');
    const next = await search(db, 'catastrofic forgetting', { limit: 4, after: first.next }).page();
    expect([...first.ids, ...next.ids].sort()).toEqual(ids.filter((_, i) => i % 2 === 0).sort());
    const back = await search(db, first.correction!.typed, { limit: 4 }).page();
    expect([back.ids, back.correction]).toEqual([[], null]);
  });

  it('is searched as it stands in feeds and saved searches', async () => {
    const { ids: found } = await search(db, 'catastrofic', { limit: 5, exact: true }).page();
    expect(found).toEqual([]);
  });

  it('is never what another one is corrected to, and is pointed out where a paper has it', async () => {
    const more = [];
    for (let i = 0; i < 120; i++) {
      more.push(await addPaper(db, { title: `Quantization, number ${i}`, abstract: 'Of models.' }));
    }
    more.push(await addPaper(db, { title: 'Quantizaton here', abstract: 'It was misspelt.' }));
    await indexPapers(db, more);
    expect(await shown('quantizatn')).toBe('quantization');
    const known = search(db, 'quantizaton', { limit: 5 });
    expect((await known.page()).ids).toEqual([more.at(-1)]);
    expect(await known.suggestion()).toBe('quantization');
    await db.paper.deleteMany({ where: { id: { in: more } } });
  });
});

it.each([
  ['peft', 'peft'],
  ['parameter-efficient fine-tuning', 'peft'],
  ['LLM', 'large-language-models'],
  ['"Continual pretraining"', 'continual-pre-training'],
  ['diffusion', 'diffusion'],
  ['continual', null],
  ['peft survey', null],
  ['-peft', null],
  ['', null],
])('knows whether “%s” names a tag', (text, slug) => {
  expect(tagNamed(parseQuery(text).query.clauses)).toBe(slug);
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
  expect(facets.papers).toBe(6);
  expect(facets.tags).toEqual([
    { slug: 'continual-learning', name: 'Continual learning', count: 6 },
  ]);
  expect(facets.years).toEqual([
    { year: 2021, count: 3 },
    { year: 2020, count: 3 },
  ]);
  expect(facets.categories).toEqual([{ category: 'cs.LG', count: 6 }]);
  expect(facets.withCode).toBe(0);
});

it('gives examples that find papers here', async () => {
  await rankPapers(db, ids, new Date('2026-11-20T12:00:00Z'));
  const examples = await searchExamples(db);
  expect(examples.length).toBeGreaterThan(5);
  for (const { query } of examples) {
    const { ids: found } = await search(db, query, { limit: 1 }).page();
    expect(found.length, query).toBe(1);
  }
});
