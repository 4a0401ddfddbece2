import { describe, expect, it } from 'vitest';
import { DIMENSIONS, factorsOf } from '@/lib/search/vectors/factors';
import { meanOf, nearness, quantised, vectorOf, withNearness } from '@/lib/search/vectors/vector';

const SUBJECTS = ['graph', 'robot', 'galaxy'];
const LETTERS = 'abcdefghijklmnopqrstuvwx';
/** One of a subject's 576 words. */
const wordOf = (subject: string, i: number) =>
  `${subject}${LETTERS[Math.floor(i / 24) % 24]}${LETTERS[i % 24]}q`;
/** Thirty of them, every `step`th from one on. */
const about = (subject: string, from: number, step: number) =>
  Array.from({ length: 30 }, (_, k) => wordOf(subject, from + k * step)).join(' ');

const texts = Array.from({ length: 600 }, (_, i) =>
  about(SUBJECTS[i % 3]!, i * 31, 1 + 2 * (i % 37)),
);
const factors = await factorsOf(texts);
const near = (a: string, b: string) => nearness(vectorOf(a, factors)!, vectorOf(b, factors)!);

describe('vectors', () => {
  it('are near for texts on one subject that share no word, and far for others', () => {
    const graphs = about('graph', 0, 2);
    expect(near(graphs, about('graph', 1, 2))).toBeGreaterThan(0.25);
    expect(near(graphs, about('robot', 1, 2))).toBeLessThan(0.1);
  });

  it('are the same at every run', async () => {
    expect(await factorsOf(texts)).toEqual(factors);
  });

  it('hold only numbers, whatever the texts are', async () => {
    for (const odd of [[], [''], ['a a a'], Array(50).fill('same words here'), texts.slice(0, 9)]) {
      for (const values of (await factorsOf(odd)).values()) {
        expect(values).toHaveLength(DIMENSIONS);
        expect(values.every(Number.isFinite)).toBe(true);
      }
    }
  });

  it('do not exist for a text of unknown words', () => {
    expect(vectorOf('nobody\nwrote\nthis', factors)).toBeNull();
    expect(meanOf([])).toBeNull();
  });

  it('lose less than half a step as bytes', () => {
    const values = factors.get(wordOf('graph', 0))!;
    const { bytes, scale } = quantised(values);
    values.forEach((value, i) => {
      expect(Math.abs(bytes[i]! * scale - value)).toBeLessThanOrEqual(scale / 2 + 1e-9);
    });
  });
});

describe('likeness with vectors', () => {
  const papers = [
    { id: 1, like: 1 },
    { id: 2, like: 0.9 },
    { id: 3, like: 0.8 },
  ];
  const order = (near: [number, number][]) =>
    withNearness(papers, new Map(near))
      .sort((a, b) => b.like - a.like)
      .map(({ id }) => id);

  it('brings what is near before what shares a little more words', () => {
    expect(
      order([
        [1, 0],
        [2, 0.5],
        [3, 0],
      ]),
    ).toEqual([2, 1, 3]);
  });

  it('neither raises nor lowers a paper without a vector', () => {
    expect(
      order([
        [1, 0.3],
        [3, 0.3],
      ]),
    ).toEqual([1, 2, 3]);
    expect(order([])).toEqual([1, 2, 3]);
  });
});
