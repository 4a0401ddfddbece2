import { expect, test } from 'vitest';
import { cardText } from '@/lib/site/card-text';

test('only letters that the card can draw are left', () => {
  expect(cardText('Łukasz’s $O(n^2)$ für 学习 — “LoRA”', 100)).toBe('Lukasz’s O(n²) für — “LoRA”');
  expect(cardText('ℝ and 𝓛 and ﬁ', 100)).toBe('R and L and fi');
});

test('long text is cut between words', () => {
  expect(cardText('one two three four', 12)).toBe('one two…');
});
