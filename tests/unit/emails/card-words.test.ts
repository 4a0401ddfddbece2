import { describe, expect, test } from 'vitest';
import { cardWords } from '@/emails/card-words';
import { paper, SITE } from './samples';

const BACKGROUND = 'Large language models are everywhere.';
const TELLING = 'We propose GaLore, a training strategy with gradient low-rank projection.';
const NEXT = 'It halves the memory of optimizer states.';
const card = (changed: Parameters<typeof paper>[1]) =>
  cardWords(paper(1, { title: 'GaLore: Gradient Low-Rank Projection', ...changed }), SITE.url);

describe('the sentences of a card', () => {
  test('are the telling one and the one after it', () => {
    const { sentences } = card({ abstract: `${BACKGROUND} ${TELLING} ${NEXT} More follows.` });
    expect(sentences).toBe(`${TELLING} ${NEXT}`);
  });

  test('begin with a TLDR where a source gave one', () => {
    const { sentences } = card({ tldr: 'Less memory.', abstract: `${BACKGROUND} ${TELLING}` });
    expect(sentences).toBe(`Less memory. ${BACKGROUND}`);
  });

  test('are whole: one where the other has no room', () => {
    const telling = `${TELLING.slice(0, -1)}, which keeps all parameters and needs no more steps.`;
    const { sentences } = card({
      abstract: `${telling} ${NEXT.slice(0, -1)} ${'of it '.repeat(20)}.`,
    });
    expect(sentences).toBe(telling);
  });

  test('are cut at a word where they are long, and what stands last stands alone', () => {
    const long = card({ abstract: `${TELLING} ${'It does a great deal more. '.repeat(3)}${NEXT}` });
    expect(long.sentences.startsWith(TELLING)).toBe(true);
    const wordy = card({ abstract: `${TELLING} It ${'saves a lot of '.repeat(30)}memory.` });
    expect(wordy.sentences.length).toBeLessThanOrEqual(210);
    expect(wordy.sentences).toMatch(/\w…$/);
    expect(card({ abstract: `${BACKGROUND} ${TELLING}` }).sentences).toBe(TELLING);
  });

  test('are plain text', () => {
    const { sentences } = card({ abstract: 'We propose an $O(n^2)$ projection of gradients.' });
    expect(sentences).toBe('We propose an O(n²) projection of gradients.');
  });
});

test('tags have their short names', () => {
  const { tags } = card({ tags: ['large-language-models', 'peft'] });
  expect(tags.map(({ name }) => name)).toEqual(['LLMs', 'PEFT']);
});
