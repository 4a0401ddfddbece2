import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

const css = readFileSync(new URL('../../../app/globals.css', import.meta.url), 'utf8');
const tokens = Object.fromEntries(
  [...css.matchAll(/--color-([\w-]+): light-dark\((#\w{6}), (#\w{6})\)/g)].map(
    ([, name, light, dark]) => [name, { light, dark }],
  ),
) as Record<string, { light: string; dark: string }>;

/** Relative luminance, WCAG 2.2. */
function luminance(hex: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

describe.each(['light', 'dark'] as const)('%s', (theme) => {
  test.each([
    ['ink', 'page', 7],
    ['ink', 'wash', 7],
    ['muted', 'page', 4.5],
    ['muted', 'wash', 4.5],
    ['ink', 'mark', 7],
    ['muted', 'mark', 4.5],
    ['accent', 'page', 4.5],
    ['accent', 'wash', 4.5],
    ['on-accent', 'accent', 4.5],
    ['edge', 'page', 3],
    ['edge', 'wash', 3],
  ])('%s on %s reads', (text, ground, least) => {
    expect(contrast(tokens[text]![theme], tokens[ground]![theme])).toBeGreaterThanOrEqual(least);
  });
});
