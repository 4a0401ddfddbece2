import { describe, expect, it } from 'vitest';
import { markedAuthors, markedTitle, snippet } from '@/lib/search/highlight';
import { parseQuery } from '@/lib/search/query/parse';
import { planSearch } from '@/lib/search/query/plan';

const marksOf = (query: string) => planSearch(parseQuery(query).query).marks;

const marked = (text: string, query: string) =>
  snippet(text, marksOf(query))
    .map((piece) => (piece.hit ? `[${piece.text}]` : piece.text))
    .join('');

describe('snippet', () => {
  it('marks the words of the query in whatever spelling they stand there', () => {
    expect(marked('We study pre-training and its models.', 'pretraining model')).toBe(
      'We study [pre-training] and its [models].',
    );
    expect(marked('Parameter-efficient fine-tuning helps.', 'PEFT')).toBe(
      '[Parameter-efficient fine-tuning] helps.',
    );
    expect(marked('Quantized and quantization.', 'quantiz*')).toBe(
      '[Quantized] and [quantization].',
    );
  });

  it('shows the part of a long text where most words stand', () => {
    const text = `${'Nothing here at all. '.repeat(40)}Catastrophic forgetting is the subject. ${'More of it. '.repeat(40)}`;
    const shown = marked(text, 'catastrophic forgetting');
    expect(shown).toContain('[Catastrophic] [forgetting]');
    expect(shown.startsWith('… ')).toBe(true);
    expect(shown.length).toBeLessThan(420);
  });

  it('marks what an acronym stands for as a whole, never a word of it alone', () => {
    expect(marked('A large language model is a large model.', 'LLM')).toBe(
      'A [large language model] is a large model.',
    );
  });

  it('keeps formulas whole', () => {
    const text = `Let $\\alpha + \\beta$ be the learning rate. ${'x '.repeat(200)}`;
    expect(marked(text, 'alpha learning')).toContain(
      'Let $\\alpha + \\beta$ be the [learning] rate',
    );
  });

  it('gives back every text unchanged but for the marks, whatever the query', () => {
    const text = 'Short text with “quotes”, $x$ and \\textbf{bold} words.';
    for (const query of ['', 'text', '"with quotes"', 'bold words x', '💥', 'te*', 'text*']) {
      const pieces = snippet(text, marksOf(query));
      expect(pieces.map((piece) => piece.text).join('')).toBe(text);
    }
  });
});

const shown = (list: { text: string; hit: boolean }[]) =>
  list.map((piece) => (piece.hit ? `[${piece.text}]` : piece.text)).join('');

it('marks a title where title:, a word or a start of a word matched', () => {
  const title = 'Adapters for $x$ quantization';
  expect(shown(markedTitle(title, marksOf('title:adapter')))).toBe(
    '[Adapters] for $x$ quantization',
  );
  expect(shown(markedTitle(title, marksOf('quantizat*')))).toBe('Adapters for $x$ [quantization]');
  expect(shown(markedTitle(title, marksOf('-adapters x')))).toBe(title);
});

it('marks the authors that author: asks for', () => {
  const names = ['Edward J. Hu', 'Maria Hu', 'Yelong Shen'];
  const line = names.join(', ');
  const marks = (query: string) => shown(markedAuthors(line, marksOf(query), names));
  expect(marks('author:"E. Hu"')).toBe('[Edward J. Hu], Maria Hu, Yelong Shen');
  expect(marks('author:She*')).toBe('Edward J. Hu, Maria Hu, [Yelong Shen]');
  expect(marks('shen -author:hu')).toBe(line);
});
