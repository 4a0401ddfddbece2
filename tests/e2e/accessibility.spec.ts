import { violations } from './axe';
import { expect, test } from './fixtures';
import { addressOf, PAGES, strainingPaper } from './pages';

for (const theme of ['light', 'dark'] as const) {
  test.describe(`axe finds nothing, ${theme}`, () => {
    test.use({ colorScheme: theme });

    const check = async (page: import('@playwright/test').Page, path: string) => {
      await page.goto(addressOf(path));
      expect(await violations(page)).toEqual([]);
    };

    for (const path of PAGES) test(path, ({ page }) => check(page, path));
    test('a paper that strains the page', async ({ page }) =>
      check(page, `/papers/${await strainingPaper()}`));
  });
}
