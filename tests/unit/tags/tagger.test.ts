import { describe, expect, it } from 'vitest';
import { WEIGHTS } from '@/lib/tags/tag-weights';
import { compileTagger, type TaggableText, tagPaper } from '@/lib/tags/tagger';
import { TAGS, taxonomySchema } from '@/lib/tags/taxonomy';
import samplePapers from '@/prisma/sample/papers.json';

const slugs = (title: string, abstract = '') =>
  tagPaper({ title, abstract }).map((tag) => tag.slug);

describe('tagPaper', () => {
  it('gives each paper of the sample a tag', () => {
    const without = samplePapers.filter(
      ({ title, summary: abstract, primaryCategory }) =>
        tagPaper({ title, abstract, categories: [primaryCategory ?? []].flat() }).length === 0,
    );
    expect(without.map(({ title }) => title)).toEqual([]);
  });

  it('finds a tag under each of its wordings', () => {
    for (const wording of [
      'Continual Pre-training',
      'Continued pretraining',
      'Further pre-training',
      'Domain-adaptive pre training',
    ]) {
      expect(slugs(`${wording} of Language Models`), wording).toContain('continual-pre-training');
    }
    for (const wording of [
      'LoRA',
      'Adapter tuning',
      'Prefix Tuning',
      'Parameter-Efficient Tuning',
    ]) {
      expect(slugs(`${wording} for Dialogue`), wording).toContain('peft');
    }
  });

  it('brings the broader tag along', () => {
    expect(slugs('QLoRA on a phone')).toEqual(expect.arrayContaining(['lora', 'peft']));
  });

  it('brings a broader tag that is wider than its kind only with evidence of its own', () => {
    expect(slugs('QLoRA on a phone')).not.toContain('fine-tuning');
    expect(slugs('QLoRA on a phone', 'We study the fine-tuning of large models.')).toContain(
      'fine-tuning',
    );
  });

  it('does not take a capitalised name for another one', () => {
    const found = slugs('Collisions in LoRa networks', 'LoRa and LoRaWAN are radio protocols.');
    expect(found).not.toContain('lora');
    expect(found).not.toContain('peft');
  });

  it('does not tag what a paper only mentions in passing', () => {
    expect(
      slugs(
        'A theorem on chordal completions',
        'Completions have been used in many fields such as reinforcement learning. We bound them.',
      ),
    ).not.toContain('reinforcement-learning');
  });

  it('does not tag what a paper does without', () => {
    expect(
      slugs('Answering from one example', 'Our method answers without reinforcement learning.'),
    ).not.toContain('reinforcement-learning');
  });

  it('gives evidence whose offsets are where the words stand', () => {
    const paper = {
      title: 'Low-Rank Adaptation of Speech Models',
      abstract: 'We study LoRA — “low-rank adaptation” — for naïve listeners.',
    };
    const lora = tagPaper(paper).find((tag) => tag.slug === 'lora');
    expect(lora?.evidence.length).toBeGreaterThan(1);
    for (const { where, words, start, end } of lora!.evidence) {
      if (where === 'title' || where === 'abstract') {
        expect(paper[where].slice(start, end)).toBe(words);
      }
    }
  });

  it('tags an empty paper with nothing', () => {
    expect(tagPaper({ title: '', abstract: '', categories: [], keywords: [] })).toEqual([]);
  });
});

const tag = (fields: object) =>
  taxonomySchema.parse([
    { slug: 'x', name: 'X', broader: null, group: 'G', definition: 'D', ...fields },
  ])[0]!;
const NOTHING: TaggableText = { title: '', abstract: '' };

describe('compileTagger', () => {
  it('refuses a taxonomy that names an unknown tag', () => {
    expect(() => compileTagger([tag({ implies: { y: 'sure' } })])).toThrow(/"x".*unknown tag "y"/);
  });

  it('refuses tags that depend on themselves', () => {
    const a = tag({ slug: 'a', implies: { b: 'sure' } });
    const b = tag({ slug: 'b', implies: { a: 'sure' } });
    expect(() => compileTagger([a, b])).toThrow(/depends on itself/);
  });

  it('takes new wording from data alone', () => {
    const tags = [...TAGS, tag({ slug: 'bees', sure: ['honey-bee', 'waggle danc*'] })];
    const found = compileTagger(tags)({ title: 'Waggle dances of honeybees', abstract: '' });
    expect(found.map(({ slug }) => slug)).toContain('bees');
  });
});

describe('what words count', () => {
  const { strength, place, repeat, hints, example } = WEIGHTS;
  /** Of a tag that its categories settle: what the words add, heaviest first. */
  function counted(fields: object, paper: Partial<TaggableText>): [string, number][] {
    const tagger = compileTagger([tag({ ...fields, categories: { a: 'sure', b: 'sure' } })]);
    return tagger({ ...NOTHING, categories: ['a', 'b'], ...paper })[0]!
      .evidence.filter(({ where }) => where !== 'category')
      .map(({ words, weight }) => [words, weight]);
  }
  const round = (weight: number) => Math.round(weight * 100) / 100;
  const bees = (abstract: string, fields: object = { sure: ['bee'] }) =>
    counted(fields, { abstract });
  const full = round(strength.sure * place.own);
  const plain = round(strength.sure * place.plain);

  it('is most in the title, then in sentences on the paper’s own work, least on the field', () => {
    expect(counted({ sure: ['bee'] }, { title: 'Bees' })).toEqual([
      ['Bees', round(strength.sure * place.title)],
    ]);
    expect(counted({ sure: ['bee'] }, { keywords: ['bees'] })).toEqual([
      ['bees', strength.sure * place.keyword],
    ]);
    expect(bees('We keep bees.')).toEqual([['bees', full]]);
    expect(bees('Keepers of bees.')).toEqual([['bees', plain]]);
    expect(bees('Recent keepers of bees.')).toEqual([['bees', round(strength.sure * place.field)]]);
  });

  it('is that of its own sentence', () => {
    expect(bees('We dance. Recent wasps sting. A bee hums.')).toEqual([['bee', plain]]);
    expect(bees('Recent wasps sting. We keep a bee.')).toEqual([['bee', full]]);
    expect(bees('A bee hums. We dance. Recent wasps sting.')).toEqual([['bee', plain]]);
  });

  it('is that of own work where a sentence speaks of both', () => {
    expect(bees('Recently we kept a bee.')).toEqual([['bee', full]]);
    expect(bees('We kept a recent bee.')).toEqual([['bee', full]]);
  });

  it('is that of the field only if its sentence begins so', () => {
    const a = (words: number) => 'a '.repeat(words);
    const field = round(strength.sure * place.field);
    expect(bees(`Bee ${a(6)}recent`)).toEqual([['Bee', field]]);
    expect(bees(`Bee ${a(7)}recent`)).toEqual([['Bee', plain]]);
    expect(bees(`Wasps hum. Bee ${a(6)}recent`)).toEqual([['Bee', field]]);
  });

  it('is nothing where the paper does without: up to two words after it says so', () => {
    expect(bees('Honey without bees')).toEqual([]);
    expect(bees('Honey without any large bees')).toEqual([]);
    expect(bees('Honey without one two bees')).toEqual([]);
    expect(bees('Honey without one two three bees')).toEqual([['bees', plain]]);
    expect(bees('Honey without. Bees hum')).toEqual([['Bees', plain]]);
    expect(bees('Bees hum without')).toEqual([['Bees', plain]]);
    expect(counted({ sure: ['bee'] }, { title: 'Honey without bees' })).toHaveLength(1);
  });

  it('is little in an example: up to twelve words after it begins', () => {
    const some = round(strength.sure * place.plain * example);
    const a = (words: number) => 'a '.repeat(words);
    expect(bees(`Animals such as ${a(12)}bees`)).toEqual([['bees', some]]);
    expect(bees(`Animals such as ${a(13)}bees`)).toEqual([['bees', plain]]);
    expect(bees('Animals such as wasps. Bees hum')).toEqual([['Bees', plain]]);
  });

  it('is nothing where the paper does without its example, in whatever order it says so', () => {
    expect(bees('Without, for example, bees')).toEqual([]);
    expect(bees('For example, without bees')).toEqual([]);
  });

  it('is less each time that a wording comes back, and nothing from the fifth time on', () => {
    const times = repeat.map((share) => ['bee', round(strength.strong * place.plain * share)]);
    expect(bees('A bee, a bee, a bee, a bee, a bee, a bee.', { strong: ['bee'] })).toEqual(times);
  });

  it('is full for each other wording, and its heaviest mention comes first', () => {
    const fields = { strong: ['bee', 'wasp'] };
    expect(bees('A bee and a wasp.', fields)).toEqual([
      ['bee', round(strength.strong * place.plain)],
      ['wasp', round(strength.strong * place.plain)],
    ]);
    expect(counted(fields, { title: 'Bee', abstract: 'A bee.' })).toEqual([
      ['Bee', round(strength.strong * place.title)],
      ['bee', round(strength.strong * place.plain * repeat[1])],
    ]);
    expect(bees('A bee. We keep a bee.', { strong: ['bee'] })).toEqual([
      ['bee', round(strength.strong * place.own)],
      ['bee', round(strength.strong * place.plain * repeat[1])],
    ]);
  });

  it('is bounded for hints, however many', () => {
    const hinted = bees('A hive, some wax, more honey, a comb.', {
      hint: ['hive', 'wax', 'honey', 'comb'],
    });
    expect(hinted.map(([words]) => words)).toEqual(['hive', 'wax', 'honey']);
    expect(hinted.reduce((sum, [, weight]) => sum + weight, 0)).toBeCloseTo(hints, 1);
  });

  it('is in the title alone for what is wording of titles', () => {
    expect(counted({ title: ['bee'] }, { title: 'Bees', abstract: 'Bees.' })).toEqual([
      ['Bees', round(strength.title * place.title)],
    ]);
  });

  it('is that of the longest of wordings that overlap, and of those alike of the heavier', () => {
    const fields = { strong: ['honey bee'], fair: ['bee', 'honey'] };
    expect(bees('A honey bee.', fields)).toEqual([
      ['honey bee', round(strength.strong * place.plain)],
    ]);
    expect(bees('A honey bee hive.', { fair: ['honey bee'], strong: ['bee hive'] })).toEqual([
      ['bee hive', round(strength.strong * place.plain)],
    ]);
    expect(bees('A honey bee hive.', { fair: ['honey bee', 'bee hive'] })).toEqual([
      ['honey bee', round(strength.fair * place.plain)],
    ]);
  });

  it('is for a longer wording no less than for one inside it', () => {
    expect(bees('A honey bee.', { fair: ['honey bee'], strong: ['bee'] })).toEqual([
      ['honey bee', round(strength.strong * place.plain)],
    ]);
  });

  it('is nothing inside a longer wording that is none of the tag’s', () => {
    const fields = { sure: ['bee'], not: ['spelling bee'] };
    expect(bees('A spelling bee.', fields)).toEqual([]);
    expect(bees('A spelling bee and a bee.', fields)).toEqual([['bee', plain]]);
    expect(counted(fields, { title: 'Bees', abstract: 'A spelling bee.' })).toEqual([
      ['Bees', round(strength.sure * place.title)],
    ]);
  });

  it('is not doubled by an abbreviation right after it', () => {
    const fields = { strong: ['large language model', 'LLM'] };
    expect(bees('Large language models (LLMs) hum.', fields)).toHaveLength(1);
    expect(bees('Large language models, or LLMs, hum.', fields)).toHaveLength(2);
    expect(counted(fields, { title: 'A large language model', abstract: 'LLM x y.' })).toHaveLength(
      2,
    );
  });

  it('is what another tag allows', () => {
    const tags = [
      tag({ slug: 'needy', with: { hive: ['swarm'] }, categories: { a: 'sure', b: 'sure' } }),
      tag({ slug: 'hive', sure: ['hive'] }),
    ];
    const needy = (abstract: string) =>
      compileTagger(tags)({ title: '', abstract, categories: ['a', 'b'] })
        .find(({ slug }) => slug === 'needy')!
        .evidence.filter(({ where }) => where === 'abstract')
        .map(({ words, weight }) => [words, weight]);
    expect(needy('A swarm.')).toEqual([]);
    expect(needy('A swarm. We keep a hive.')).toEqual([
      ['swarm', round(strength.fair * place.plain)],
    ]);
  });
});

describe('a tag', () => {
  const found = (tags: object[], paper: Partial<TaggableText>) =>
    compileTagger(tags.map(tag))({ ...NOTHING, ...paper });

  it('has its evidence, heaviest first and no more than six pieces, and the sum of all', () => {
    const animals = ['ant', 'bee', 'cat', 'dog', 'eel'];
    const [x] = found([{ strong: animals, categories: { 'q-bio': 'fair' } }], {
      title: 'Ants',
      abstract: 'Bees. We keep cats, two dogs, an eel. An ant.',
      categories: ['q-bio', 'cs.LG'],
    });
    expect(x!.evidence).toEqual([
      { words: 'Ants', where: 'title', weight: 1.16, start: 0, end: 4 },
      { words: 'cats', where: 'abstract', weight: 0.61, start: 14, end: 18 },
      { words: 'dogs', where: 'abstract', weight: 0.61, start: 24, end: 28 },
      { words: 'eel', where: 'abstract', weight: 0.61, start: 33, end: 36 },
      { words: 'Bees', where: 'abstract', weight: 0.52, start: 0, end: 4 },
      { words: 'q-bio', where: 'category', weight: 0.5 },
    ]);
    expect(x!.weight).toBeCloseTo(1.155 + 3 * 0.605 + 0.5225 * 1.45 + 0.5, 1);
  });

  it('is shown without a place in the text where keywords name it', () => {
    const [x] = found([{ sure: ['honey bee'], fair: ['hive'] }], {
      keywords: ['the honey bee', 'hives'],
    });
    expect(x!.evidence).toEqual([
      { words: 'honey bee', where: 'keyword', weight: 0.95 },
      { words: 'hives', where: 'keyword', weight: 0.32 },
    ]);
  });

  it('needs more than a category, or than a mention that is not of own work', () => {
    expect(found([{ categories: { a: 'sure' } }], { categories: ['a'] })).toEqual([]);
    expect(found([{ sure: ['bee'] }], { abstract: 'Bees hum.' })).toEqual([]);
    expect(found([{ sure: ['bee'] }], { abstract: 'We keep bees.' })).toHaveLength(1);
  });

  it('has the primary category’s full word, half of that of others, each once', () => {
    const tags = [
      { slug: 'x', categories: { a: 'strong', b: 'strong' } },
      { slug: 'y', categories: { b: 'sure', a: 'fair' } },
    ];
    expect(found(tags, { categories: ['a', 'b', 'b', 'a'] })).toEqual([
      {
        slug: 'x',
        weight: 1.2,
        evidence: [
          { words: 'a', where: 'category', weight: 0.8 },
          { words: 'b', where: 'category', weight: 0.4 },
        ],
      },
    ]);
    expect(found(tags, { categories: ['b', 'a'] }).map(({ slug }) => slug)).toEqual(['x', 'y']);
  });

  it('is evidence for those that it implies, through any number of them, wherever they stand', () => {
    const tags = [
      { slug: 'animal' },
      { slug: 'insect', implies: { animal: 'sure' } },
      { slug: 'bee', sure: ['bee'], implies: { insect: 'sure', honey: 'strong' } },
      { slug: 'honey', fair: ['honey'] },
    ];
    expect(found(tags, { title: 'Bees' }).map(({ slug }) => slug)).toEqual([
      'bee',
      'animal',
      'insect',
    ]);
    expect(found(tags, { title: 'Bees' })[2]!.evidence).toEqual([
      { words: 'bee', where: 'tag', weight: 1.02 },
    ]);
    const honey = found(tags, { title: 'Bees', abstract: 'Honey is sweet.' });
    expect(honey.find(({ slug }) => slug === 'honey')?.evidence).toEqual([
      { words: 'bee', where: 'tag', weight: 0.8 },
      { words: 'Honey', where: 'abstract', weight: 0.3, start: 0, end: 5 },
    ]);
  });

  it('stands before lighter ones, and among equals by its name', () => {
    const tags = [
      { slug: 'c', sure: ['bee'] },
      { slug: 'a', sure: ['wasp'] },
      { slug: 'b', sure: ['wasp'] },
    ];
    const order = (title: string) => found(tags, { title }).map(({ slug }) => slug);
    expect(order('Wasps')).toEqual(['a', 'b']);
    expect(found(tags.toReversed(), { title: 'Wasps' }).map(({ slug }) => slug)).toEqual([
      'a',
      'b',
    ]);
    expect(
      found(tags, {
        title: 'Bee',
        abstract: 'Bees. A wasp; we keep wasps.',
        keywords: ['wasp'],
      }).map(({ slug }) => slug),
    ).toEqual(['c', 'a', 'b']);
  });
});
