import { describe, expect, it, test } from 'vitest';
import { exactForm, singular, tokenize } from '@/lib/tags/tokens';

const words = (text: string) => tokenize(text).map(({ start, end }) => text.slice(start, end));

/** The words of each sentence. */
function sentences(text: string): string[] {
  const found: string[] = [];
  for (const { start, end, sentence } of tokenize(text)) {
    const before = found[sentence];
    const word = text.slice(start, end);
    found[sentence] = before === undefined ? word : `${before} ${word}`;
  }
  return found;
}

describe('the words of a text', () => {
  it('are its letters and digits; everything else separates', () => {
    expect(words('pre-training (of GPT4), 3.5×')).toEqual([
      'pre',
      'training',
      'of',
      'GPT4',
      '3',
      '5',
    ]);
    expect(words('/09:@AZ[`az{')).toEqual(['09', 'AZ', 'az']);
    expect(words('')).toEqual([]);
    expect(words(' …! ')).toEqual([]);
  });

  it('may be in any script', () => {
    expect(words('naïve Àpropos β-VAE 学习 é')).toEqual([
      'naïve',
      'Àpropos',
      'β',
      'VAE',
      '学习',
      'é',
    ]);
  });

  it('are parted by the dashes, quotes and blanks of typographers, and by × and ÷', () => {
    expect(words('low—rank “LoRA’s” a\u2000b\u206fc 2×3÷4 ©·')).toEqual([
      'low',
      'rank',
      'LoRA',
      's',
      'a',
      'b',
      'c',
      '2',
      '3',
      '4',
    ]);
  });
});

describe('a sentence', () => {
  it('ends with a full stop, an exclamation or a question mark before a blank, and at an empty line', () => {
    expect(sentences('One. Two! Three?\nFour\n\nFive.')).toEqual([
      'One',
      'Two',
      'Three',
      'Four',
      'Five',
    ]);
  });

  it('goes on over a line break, a number, a name and dots within a word', () => {
    expect(sentences('One\nline of v1.5 and Node.js, why?not')).toEqual([
      'One line of v1 5 and Node js why not',
    ]);
  });

  it.each(['e.g.', 'i.e.', 'Li et al.', 'vs.', 'cf.', 'etc.', 'resp.', 'Fig.', 'no.', 'approx.'])(
    'goes on after the abbreviation %s',
    (abbreviation) => {
      expect(sentences(`See ${abbreviation} this`)).toHaveLength(1);
      expect(sentences(`See ${abbreviation}\nthis`)).toHaveLength(1);
    },
  );

  it('ends after an abbreviation that is called out', () => {
    expect(sentences('Layers etc! Then more')).toHaveLength(2);
  });

  it('is not empty, however many signs end it', () => {
    expect(sentences('. One... ! ? Two. . Three.')).toEqual(['One', 'Two', 'Three']);
  });
});

test.each([
  ['Adapters', 'adapter'],
  ['studies', 'study'],
  ['LoRA', 'lora'],
  ['gas', 'gas'],
  ['maps', 'map'],
  ['News', 'news'],
  ['loss', 'loss'],
  ['corpus', 'corpus'],
  ['analysis', 'analysis'],
  ['Processes', 'process'],
  ['indexes', 'index'],
])('%s is the word %s', (word, one) => {
  expect(singular(word)).toBe(one);
});

test.each([
  ['LLMs', 'LLM'],
  ['GPT4s', 'GPT4'],
  ['LoRAs', 'LoRA'],
  ['Transformers', 'Transformers'],
  ['LLM', 'LLM'],
  ['As', 'As'],
  ['LLMsX', 'LLMsX'],
])('as written %s is %s', (word, exact) => {
  expect(exactForm(word)).toBe(exact);
});
