import { expect, it } from 'vitest';
import { examplesOf } from '@/lib/search/examples';
import { parseQuery } from '@/lib/search/query/parse';

const paper = {
  title: 'A Survey: Attention With Sparse Gradients, "quoted" and tag:odd',
  authors: ['Ada Lovelace'],
  arxivId: '2411.15124',
  hasCode: true,
  year: 2024,
};

it('the examples of a catalogue are made of its papers, and each is read without complaint', () => {
  const examples = examplesOf([paper], ['tag:peft', 'cat:cs.CL']);
  expect(examples.map(({ query }) => query)).toEqual(
    expect.arrayContaining([
      '"sparse gradients"',
      'author:lovelace',
      'tag:peft',
      'cat:cs.CL',
      'sparse after:2024 before:2025',
      'sparse has:code',
      '2411.15124',
    ]),
  );
  for (const { query } of examples) expect(parseQuery(query).messages, query).toEqual([]);
});

it('an empty catalogue, and one whose titles are no words, have none', () => {
  expect(examplesOf([], [])).toEqual([]);
  expect(examplesOf([{ ...paper, title: '量子 and X' }], ['tag:peft'])).toEqual([]);
});
