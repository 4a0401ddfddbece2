import { readFileSync } from 'node:fs';
import type { AxeResults, RunOptions } from 'axe-core';
import { expect, test } from './fixtures';
import { addressOf, PAGES, strainingPaper } from './pages';

const axeSource = readFileSync(
  new URL('../../node_modules/axe-core/axe.min.js', import.meta.url),
  'utf8',
);
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

for (const theme of ['light', 'dark'] as const) {
  test.describe(`axe finds nothing, ${theme}`, () => {
    test.use({ colorScheme: theme });

    const check = async (page: import('@playwright/test').Page, path: string) => {
      await page.goto(addressOf(path));
      await page.evaluate(axeSource);
      const found = await page.evaluate(async (tags) => {
        const { axe } = window as unknown as {
          axe: { run(options: RunOptions): Promise<AxeResults> };
        };
        const results = await axe.run({ runOnly: tags });
        return results.violations.map(({ id, nodes }) => [
          id,
          nodes.slice(0, 3).map((n) => n.html),
        ]);
      }, TAGS);
      expect(found).toEqual([]);
    };

    for (const path of PAGES) test(path, ({ page }) => check(page, path));
    test('a paper that strains the page', async ({ page }) =>
      check(page, `/papers/${await strainingPaper()}`));
  });
}
