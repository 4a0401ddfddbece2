import { expect, test } from 'vitest';
import { plainMaths } from '@/lib/papers/tex/plain-text';

test.each([
  ['no formula, 5 % off $5 to $10', 'no formula, 5 % off $5 to $10'],
  ['an $O(n^2)$ bound', 'an O(n²) bound'],
  ['$x_{i+1} \\leq \\alpha \\cdot x_i$', 'xᵢ₊₁ ≤ α· xᵢ'],
  ['in $\\mathbb{R}^d$ and $\\mathcal{L}_2$', 'in ℝᵈ and L₂'],
  ['$\\frac{1}{2}$ and $\\frac{a+b}{c}$', '1/2 and (a+b)/c'],
  ['$\\epsilon$-greedy, $90^\\circ$, $10\\times$', 'ϵ-greedy, 90°, 10×'],
  ['$\\log n$ and $e^{Q}$', 'log n and e^Q'],
  ['$\\unknowncommand{x}$', '\\unknowncommand{x}'],
  ['$\\sqrt{n}$', '√n'],
])('%s reads %s', (tex, plain) => {
  expect(plainMaths(tex)).toBe(plain);
});

test('any string gives a string', () => {
  for (const text of [
    '$',
    '$$',
    '$\\',
    '$\\frac{$',
    '$^$',
    '$_{_{_}}$',
    '$\\constructor$',
    '$a^{b^{c}}$',
  ]) {
    expect(typeof plainMaths(text)).toBe('string');
  }
});
