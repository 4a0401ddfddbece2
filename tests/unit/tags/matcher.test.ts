import { describe, expect, it } from 'vitest';
import { compileMatcher } from '@/lib/tags/matcher';
import { tokenize } from '@/lib/tags/tokens';

/** What stands in a text where it says one of the wordings, in the order in which it begins. */
function said(text: string, ...wordings: string[]): string[] {
  const tokens = tokenize(text);
  const matcher = compileMatcher(wordings.map((wording) => ({ wording, value: wording })));
  return matcher
    .match(tokens, matcher.words(text, tokens))
    .map(({ from, to }) => text.slice(tokens[from]!.start, tokens[to - 1]!.end));
}

describe('a wording', () => {
  it('in lower case is found in any case, one or many', () => {
    expect(said('Adapters, an ADAPTER and adapter.', 'adapter')).toEqual([
      'Adapters',
      'ADAPTER',
      'adapter',
    ]);
    expect(said('one adapter', 'adapters')).toEqual(['adapter']);
  });

  it('with a capital is found as it is written, or as many of it', () => {
    expect(said('LoRA, LoRAs, LoRa, lora', 'LoRA')).toEqual(['LoRA', 'LoRAs']);
    expect(said('LoRA', 'LoRAs')).toEqual(['LoRA']);
  });

  it('of several words is found where they follow each other in one sentence', () => {
    expect(said('Low rank adaptation; low adaptation, rank', 'low rank')).toEqual(['Low rank']);
    expect(said('It is low. Rank matters.', 'low rank')).toEqual([]);
    expect(said('this is low', 'low rank')).toEqual([]);
  });

  it('with a hyphen is found with a hyphen, a blank or nothing', () => {
    const text = 'Pre-training, pre training, pretraining, pre and training';
    expect(said(text, 'pre-training')).toEqual(['Pre-training', 'pre training', 'pretraining']);
    expect(said('pre-trainings', 'pretraining')).toEqual([]);
    expect(said('fewshot pre-training', 'few-shot pre-training')).toEqual(['fewshot pre-training']);
  });

  it('with a star at its end is found at the start of words', () => {
    expect(said('Distilling, DISTILLED; distil, undistilled', 'distill*')).toEqual([
      'Distilling',
      'DISTILLED',
    ]);
    expect(said('knowledge distillation', 'knowledge distill*')).toEqual([
      'knowledge distillation',
    ]);
    expect(said('distance, distilled, dist, do', 'distill*', 'dista*', 'do*')).toEqual([
      'distance',
      'distilled',
      'do',
    ]);
    expect(said('ViTs', 'ViT*')).toEqual(['ViTs']);
  });

  it('with a star at its start is found at the end of words, as written', () => {
    expect(said('MathBench, Bench, mathbench, MathBenches', '*Bench')).toEqual([
      'MathBench',
      'Bench',
    ]);
  });

  it('with a gap leaves room for up to four words of the same sentence', () => {
    const gap = 'learn … graph';
    expect(said('learn graph', gap)).toEqual(['learn graph']);
    expect(said('learn a b c d graph', gap)).toEqual(['learn a b c d graph']);
    expect(said('learn a b c d e graph', gap)).toEqual([]);
    expect(said('We learn. A graph follows.', gap)).toEqual([]);
    expect(said('we learn', gap)).toEqual([]);
    expect(said('learn on graph data sets', 'learn … graph … set')).toEqual([
      'learn on graph data sets',
    ]);
  });

  it('is found beside others that begin alike or stand within it', () => {
    const wordings = ['language', 'language model', 'language … agent', 'model'];
    expect(said('language models, language', ...wordings)).toEqual([
      'language',
      'language models',
      'models',
      'language',
    ]);
    expect(said('language agent', ...wordings)).toEqual(['language', 'language agent']);
  });

  it('stands for everything that it was given for', () => {
    const matcher = compileMatcher([
      { wording: 'bee', value: 1 },
      { wording: 'bees', value: 2 },
    ]);
    const tokens = tokenize('bee');
    expect(matcher.match(tokens, matcher.words('bee', tokens))).toEqual([
      { from: 0, to: 1, value: 1 },
      { from: 0, to: 1, value: 2 },
    ]);
  });
});
