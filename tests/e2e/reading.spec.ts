import { expect, test } from './fixtures';

test.describe('keyboard', () => {
  test('j and k move, a opens the abstract, o the paper', async ({ page }) => {
    await page.goto('/', { waitUntil: 'networkidle' });
    const titles = page.locator('.paper-title');
    await page.keyboard.press('j');
    await expect(titles.nth(0)).toBeFocused();
    await page.keyboard.press('j');
    await expect(titles.nth(1)).toBeFocused();
    await page.keyboard.press('k');
    await expect(titles.nth(0)).toBeFocused();
    await page.keyboard.press('a');
    await expect(page.locator('.paper details').first()).toHaveAttribute('open');
    const path = await titles.nth(0).getAttribute('href');
    await page.keyboard.press('o');
    await page.waitForURL(`**${path}`);
  });

  test('/ goes to the search, where letters are letters', async ({ page }) => {
    await page.goto('/', { waitUntil: 'networkidle' });
    await page.keyboard.press('/');
    await expect(page.getByLabel('Search papers')).toBeFocused();
    await page.keyboard.type('jok?');
    await expect(page.getByLabel('Search papers')).toHaveValue('jok?');
  });

  test('? lists the keys and can turn them off for good', async ({ page }) => {
    await page.goto('/', { waitUntil: 'networkidle' });
    await page.keyboard.press('?');
    await page.getByLabel('Use these keys').uncheck();
    await page.keyboard.press('Escape');
    await page.keyboard.press('j');
    await expect(page.locator('.paper-title').first()).not.toBeFocused();
    await page.reload({ waitUntil: 'networkidle' });
    await page.keyboard.press('j');
    await expect(page.locator('.paper-title').first()).not.toBeFocused();
  });
});

test('a chosen theme holds from the first paint of the next page', async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'light' });
  await page.goto('/', { waitUntil: 'networkidle' });
  await page.getByLabel('dark').check();
  await page.goto('/about', { waitUntil: 'commit' });
  await page.waitForSelector('main');
  const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  expect(await ground()).toBe('rgb(22, 21, 19)');
  await page.waitForLoadState('networkidle');
  await page.getByLabel('system').check();
  expect(await ground()).toBe('rgb(253, 252, 249)');
});

test('compact lists show more papers', async ({ page }) => {
  await page.goto('/', { waitUntil: 'networkidle' });
  const height = async () => (await page.locator('.papers').boundingBox())?.height ?? 0;
  const before = await height();
  await page.getByLabel('compact').check();
  expect(await height()).toBeLessThan(before / 1.5);
});

test('a citation is copied', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.goto('/papers/1', { waitUntil: 'networkidle' });
  await page.getByRole('button', { name: 'Copy as BibTeX' }).click();
  await expect(page.getByRole('button', { name: 'Copied as BibTeX' })).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toMatch(/^@(misc|article)\{/);
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('papers, their abstracts and further pages', async ({ page }) => {
    await page.goto('/');
    expect(await page.locator('.paper').count()).toBeGreaterThanOrEqual(10);
    const abstract = page.locator('.paper details').first();
    const text = abstract.locator('p');
    const closed = (await text.boundingBox())?.height ?? 0;
    await abstract.locator('summary').click();
    const open = async () => (await text.boundingBox())?.height ?? 0;
    await expect.poll(open).toBeGreaterThan(closed);
    const first = await page.locator('.paper-title').first().getAttribute('href');
    await page.getByRole('link', { name: 'Next page' }).click();
    await expect(page.locator('.paper-title').first()).not.toHaveAttribute('href', first ?? '');
  });

  test('search', async ({ page }) => {
    await page.goto('/');
    await page.getByLabel('Search papers').fill('language model');
    await page.getByRole('button', { name: 'Search' }).click();
    await expect(page).toHaveURL(/\/search\?q=language\+model/);
    expect(await page.locator('.paper').count()).toBeGreaterThan(0);
  });

  test('citations are links', async ({ page }) => {
    await page.goto('/papers/1');
    await expect(page.getByRole('link', { name: 'BibTeX' })).toHaveAttribute(
      'href',
      '/papers/1.bib',
    );
    await expect(page.getByRole('button', { name: /Copy/ })).toHaveCount(0);
  });

  test('what needs JavaScript is not shown', async ({ page }) => {
    await page.goto('/');
    await expect(page.getByLabel('compact')).toBeHidden();
  });
});
