import type { Page } from '@playwright/test';
import { violations } from './axe';
import { expect, test } from './fixtures';
import { addressOf, PAGES, strainingPaper } from './pages';

test.describe('axe finds nothing, in light and in dark', () => {
  const check = async (page: Page, path: string) => {
    await page.emulateMedia({ colorScheme: 'light' });
    await page.goto(addressOf(path));
    expect(await violations(page)).toEqual([]);
    // Only colours differ.
    await page.emulateMedia({ colorScheme: 'dark' });
    expect(await violations(page, ['color-contrast'])).toEqual([]);
  };

  for (const path of PAGES) test(path, ({ page }) => check(page, path));
  test('a paper that strains the page', async ({ page }) =>
    check(page, `/papers/${await strainingPaper()}`));
});
