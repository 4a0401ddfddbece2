import { describe, expect, it } from 'vitest';
import { MODEL_DATA, openModel } from '@/lib/tags/model';
import { WEIGHTS } from '@/lib/tags/tag-weights';
import { compileTagger } from '@/lib/tags/tagger';
import { TAXONOMY_VERSION, taggingVersion } from '@/lib/tags/tagging-version';
import { TAGS, tagBySlug, taxonomySchema } from '@/lib/tags/taxonomy';
import { FILLER, modelOf } from '../../fixtures/tag-model';

describe('the model', () => {
  const model = openModel(modelOf('bees', { hive: 20, queen: 60, stock: -30 }));
  const read = (...texts: string[]) =>
    model.read(
      texts.map((text) =>
        text.split(' ').map((word) => ({ symbols: [], begins: false, term: model.term(word) })),
      ),
    );
  const logit = (words: string) => read(words, FILLER)!.logit(0);
  const over = (sum: number, words: number) => sum / Math.sqrt(words);

  it('adds up the words that it knows, over the root of how many there are', () => {
    expect(logit('')).toBe(0);
    expect(logit('a hive')).toBeCloseTo(over(20, 31), 5);
    expect(logit('a hive of the queen')).toBeCloseTo(over(80, 32), 5);
    expect(logit('a hive in stock')).toBeCloseTo(over(-10, 32), 5);
  });

  it('counts a word that comes back by the logarithm', () => {
    const value = 1 + Math.log(3);
    expect(logit('hive hive hive')).toBeCloseTo((20 * value) / Math.sqrt(30 + value ** 2), 5);
  });

  it('reads each paper by itself', () => {
    const before = logit('hive');
    read('queen queen');
    expect(logit('hive')).toBe(before);
  });

  it('says nothing of a paper of few words that it knows', () => {
    expect(read('a hive of the queen')).toBeNull();
    expect(read()).toBeNull();
  });

  it('names the words that speak most for a tag', () => {
    const reading = read('stock hive and a queen', FILLER)!;
    expect(reading.strongest(0, 5)).toEqual([model.term('queen'), model.term('hive')]);
    expect(reading.strongest(0, 1)).toEqual([model.term('queen')]);
  });

  it('does not know a tag or a word that it has not learnt', () => {
    expect(model.tag('bees')).toBe(0);
    expect(model.tag('wasps')).toBe(-1);
    expect(model.term('wasp')).toBe(-1);
  });
});

describe('the model that comes with the tagger', () => {
  it('knows tags of the taxonomy alone, and weighs at most 2 MB', () => {
    expect(MODEL_DATA.slugs.filter((slug) => !tagBySlug(slug))).toEqual([]);
    expect(MODEL_DATA.slugs.length).toBeGreaterThan(100);
    expect(JSON.stringify(MODEL_DATA).length).toBeLessThanOrEqual(2_000_000);
  });

  it('has papers tagged anew where it changes', () => {
    const [first, ...rest] = MODEL_DATA.offsets;
    const changed = { ...MODEL_DATA, offsets: [first! + 0.01, ...rest] };
    expect(taggingVersion(TAGS, MODEL_DATA)).toBe(TAXONOMY_VERSION);
    expect(taggingVersion(TAGS, changed)).not.toBe(TAXONOMY_VERSION);
  });
});

describe('what the model counts', () => {
  const shared = { broader: null, group: 'G', definition: 'D', sure: ['wasp'] };
  const bees = taxonomySchema.parse([
    { ...shared, slug: 'bees', name: 'Bees', strong: ['bee'], hint: ['hive'] },
  ]);
  const wasps = taxonomySchema.parse([{ ...shared, slug: 'wasps', name: 'Wasps' }]);
  const tagged = (words: Record<string, number>, abstract: string, tags = bees) =>
    compileTagger(tags, modelOf('bees', words))({ title: '', abstract: `${abstract}. ${FILLER}` });
  const found = (words: Record<string, number>, abstract: string) => tagged(words, abstract)[0];
  const { most } = WEIGHTS.model;

  it('tips the balance for a tag, with the words that did', () => {
    expect(found({}, 'We keep bees. A hive. Bees')).toBeUndefined();
    expect(found({ meadow: 100 }, 'We keep bees. A hive. A meadow. Bees')!.evidence).toContainEqual(
      {
        words: 'meadow',
        where: 'model',
        weight: most,
      },
    );
  });

  it('tips it against a tag where it speaks so', () => {
    const slugs = (words: Record<string, number>) =>
      tagged(words, 'We keep a wasp in stock', [...bees, ...wasps]).map(({ slug }) => slug);
    expect(slugs({})).toEqual(['bees', 'wasps']);
    expect(slugs({ stock: -127 })).toEqual(['wasps']);
  });

  it('leaves no paper without a tag that the rules gave it', () => {
    expect(found({ stock: -127 }, 'We keep a wasp in stock')!.slug).toBe('bees');
  });

  it('never settles a tag alone, nor with hints', () => {
    expect(found({ meadow: 127, hive: 127 }, 'A meadow and a hive')).toBeUndefined();
  });
});
