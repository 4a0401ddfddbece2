import { describe, expect, it } from 'vitest';
import { compileTagger, tagPaper } from '@/lib/tags/tagger';
import { TAGS, taxonomySchema } from '@/lib/tags/taxonomy';

const slugs = (title: string, abstract = '') =>
  tagPaper({ title, abstract }).map((tag) => tag.slug);

describe('tagPaper', () => {
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
    expect(slugs('QLoRA on a phone')).toEqual(
      expect.arrayContaining(['lora', 'peft', 'fine-tuning']),
    );
  });

  it('does not take a capitalised name for another one', () => {
    expect(slugs('Collisions in LoRa networks', 'LoRa and LoRaWAN are radio protocols.')).toEqual(
      [],
    );
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

describe('compileTagger', () => {
  const tag = (fields: object) =>
    taxonomySchema.parse([
      { slug: 'x', name: 'X', broader: null, group: 'G', definition: 'D', ...fields },
    ])[0]!;

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
