import { describe, expect, test } from 'vitest';
import { splitSentences } from '@/lib/papers/sentences';
import { oneSentence } from '@/lib/papers/summary';

function sentenceOf(title: string, abstract: string) {
  return oneSentence({ title, abstract, abstractKind: 'abstract', tldr: null });
}

const BACKGROUND = 'Large models are expensive to adapt, and existing methods remain slow.';
const RESULTS = 'Extensive experiments on six benchmarks show gains of 3.1% over strong baselines.';
const LINK = 'Our code is available at https://example.org/weigh.';

describe('the sentence that is chosen', () => {
  test('says what the paper proposes, not background, results or links', () => {
    const proposal =
      'We propose Weigh, a method that scales adapters by their rank during training.';
    expect(
      sentenceOf('Weigh: Scaling Adapters by Rank', `${BACKGROUND} ${proposal} ${RESULTS} ${LINK}`),
    ).toEqual({ sentence: proposal, row: proposal, from: 'abstract', shortened: false });
  });

  test('has no words that tie it to the sentence before', () => {
    for (const lead of [
      'In this paper, ',
      'To address these issues, ',
      'To this end, ',
      'However, in this work, ',
      'Motivated by this observation, ',
      'Leveraging these insights, ',
    ]) {
      const chosen = sentenceOf(
        'Scaling Adapters by Rank',
        `${BACKGROUND} ${lead}we propose a method that scales adapters by their rank during training.`,
      );
      expect(chosen?.sentence, lead).toBe(
        'We propose a method that scales adapters by their rank during training.',
      );
      expect(chosen?.shortened).toBe(true);
    }
  });

  test('never begins with a word that stands for something before it', () => {
    expect(
      sentenceOf(
        'Scaling Adapters by Rank',
        'Adapters that scale by rank are studied. It proposes scaling adapters by rank, by rank and rank.',
      )?.sentence,
    ).toBe('Adapters that scale by rank are studied.');
    expect(sentenceOf('Scaling', 'This is how scaling works. They are scaled.')).toBeNull();
  });

  test('is not one that says what the paper is not about', () => {
    expect(
      sentenceOf(
        'A Guide to Adapters',
        'We do not aim to describe all adapters. We describe a line of work on adapters from its roots to what it has become.',
      )?.sentence,
    ).toBe('We describe a line of work on adapters from its roots to what it has become.');
  });

  test('is left out where no sentence says what the paper is about', () => {
    expect(sentenceOf('Weighing Ranks in Training', BACKGROUND)).toBeNull();
    expect(sentenceOf('Weighing Ranks in Training', '')).toBeNull();
  });

  test('is the TL;DR where there is one', () => {
    const paper = { title: 'T', abstract: BACKGROUND, abstractKind: 'abstract' as const };
    expect(oneSentence({ ...paper, tldr: 'Adapters, weighed.' })).toEqual({
      sentence: 'Adapters, weighed.',
      row: 'Adapters, weighed.',
      from: 'tldr',
      shortened: false,
    });
  });

  test('of a summary written for the site is marked as such', () => {
    const abstract = 'Adapters get a scale of their own. Training is faster.';
    expect(
      oneSentence({ title: 'On Scales', abstract, abstractKind: 'summary', tldr: null })?.from,
    ).toBe('summary');
  });
});

describe('a long sentence', () => {
  const long =
    'We propose a method that scales low-rank adapters by their rank during the whole of the training, from the first step on, ' +
    'for language models of any size and any number of layers, thereby making them cheap to adapt to many tasks at once and with little memory.';

  test('loses its last clause on the page', () => {
    expect(sentenceOf('Scaling Adapters', long)?.sentence).toBe(
      `${long.slice(0, long.indexOf(', thereby'))}.`,
    );
  });

  test('keeps its enumerations whole', () => {
    const listed = long.replace('from the first step', '(i) from the first step');
    expect(sentenceOf('Scaling Adapters', listed)?.sentence).toBe(listed);
  });

  test('fits a row, cut at a clause or a word, never within a formula', () => {
    expect(sentenceOf('Scaling Adapters', long)?.row).toBe(
      'We propose a method that scales low-rank adapters by their rank during the whole of the training…',
    );
    const formulas = `We propose ${'a rank $r_{max} \\leq \\alpha$ and '.repeat(12)}more.`;
    const row = sentenceOf('Ranks', formulas)?.row ?? '';
    expect(row.length).toBeLessThanOrEqual(105);
    expect(row).not.toMatch(/[$\\]/);
  });

  test('in a row begins with what is proposed', () => {
    expect(
      sentenceOf(
        'Scaling Adapters',
        'Building on the well-known success of low-rank adapters in language models of all sizes, we propose scaling adapters by rank.',
      )?.row,
    ).toBe('We propose scaling adapters by rank.');
  });

  test('of one word is cut too', () => {
    expect(sentenceOf('x', `We propose ${'x'.repeat(400)}.`)?.row.length).toBeLessThanOrEqual(105);
  });
});

describe('sentences', () => {
  test.each([
    ['We use e.g. rank. It works.', ['We use e.g. rank.', 'It works.']],
    ['J. R. Smith et al. Found it.', ['J. R. Smith et al. Found it.']],
    ['We use GPT. It works.', ['We use GPT.', 'It works.']],
    ['It needs memory.To save it we prune.', ['It needs memory.', 'To save it we prune.']],
    ['We set $x = 1. Then$ it holds. Done.', ['We set $x = 1. Then$ it holds.', 'Done.']],
    ['It costs $5. We save it. Done.', ['It costs $5.', 'We save it.', 'Done.']],
    ['Two (one. Two) parts. Done.', ['Two (one. Two) parts.', 'Done.']],
    ['One.\n\ntwo', ['One.', 'two']],
    ['It gains 3.1 points. pFedGA is new.', ['It gains 3.1 points.', 'pFedGA is new.']],
    ['', []],
  ])('%s', (text, expected) => {
    expect(splitSentences(text)).toEqual(expected);
  });
});
