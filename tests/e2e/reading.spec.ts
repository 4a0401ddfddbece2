import { expect, test } from './fixtures';

test.describe('keyboard', () => {
  test('j and k move, w tells why, o opens the paper', async ({ page }) => {
    await page.goto('/', { waitUntil: 'networkidle' });
    const titles = page.locator('.paper-title');
    await page.keyboard.press('j');
    await expect(titles.nth(0)).toBeFocused();
    await page.keyboard.press('j');
    await expect(titles.nth(1)).toBeFocused();
    await page.keyboard.press('k');
    await expect(titles.nth(0)).toBeFocused();
    await page.keyboard.press('w');
    await expect(page.locator('.paper .why').first()).toHaveAttribute('open');
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
  await page.getByRole('radio', { name: 'dark' }).check();
  await page.goto('/about', { waitUntil: 'commit' });
  await page.waitForSelector('main');
  const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  expect(await ground()).toBe('rgb(22, 21, 19)');
  await page.waitForLoadState('networkidle');
  await page.getByRole('radio', { name: 'system' }).check();
  expect(await ground()).toBe('rgb(253, 252, 249)');
});

test('compact lists show more papers', async ({ page }) => {
  await page.goto('/', { waitUntil: 'networkidle' });
  const height = async () => (await page.locator('.papers').first().boundingBox())?.height ?? 0;
  const before = await height();
  await page.getByRole('radio', { name: 'compact' }).check();
  expect(await height()).toBeLessThan(before / 1.5);
});

test('the density chosen in the menu holds, and shows before anything moves', async ({ page }) => {
  await page.goto('/', { waitUntil: 'networkidle' });
  await page.getByText('View', { exact: true }).click();
  await page.getByRole('link', { name: 'Titles only' }).click();
  await expect(page.locator('.gist').first()).toBeHidden();
  await page.goto('/new', { waitUntil: 'commit' });
  await page.waitForSelector('.paper');
  expect(await page.evaluate(() => document.documentElement.dataset.density)).toBe('titles');
});

test('printed, a list has no controls and nothing overlaps', async ({ page }) => {
  for (const width of [360, 768, 1280]) {
    await page.setViewportSize({ width, height: 900 });
    await page.goto('/');
    await page.emulateMedia({ media: 'print' });
    await expect(page.locator('.bar')).toBeHidden();
    const boxes = await page.locator('.paper').evaluateAll((rows) =>
      rows.flatMap((row) => {
        const parts = [...row.children].filter((part) => part.getClientRects().length > 0);
        return parts
          .map((part) => part.getBoundingClientRect())
          .map(({ top, bottom, left, right }) => ({ top, bottom, left, right }));
      }),
    );
    const overlaps = boxes.filter(
      (box, i) =>
        i > 0 &&
        box.top < boxes[i - 1]!.bottom - 1 &&
        box.left < boxes[i - 1]!.right - 1 &&
        box.right > boxes[i - 1]!.left + 1,
    );
    expect(overlaps, `${width} px`).toEqual([]);
    await page.emulateMedia({ media: 'screen' });
  }
});

test('a citation is copied', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.goto('/papers/1', { waitUntil: 'networkidle' });
  await page.getByText('Cite', { exact: true }).click();
  await page.getByRole('button', { name: 'Copy as BibTeX' }).click();
  await expect(page.getByRole('button', { name: 'Copied as BibTeX' })).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toMatch(/^@(misc|article)\{/);
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('papers, why they rank, and further pages', async ({ page }) => {
    await page.goto('/new');
    expect(await page.locator('.paper').count()).toBeGreaterThanOrEqual(10);
    const why = page.locator('.paper .why').first();
    await expect(why.locator('.because')).toBeHidden();
    await why.locator('summary').first().click();
    await expect(why.locator('.because')).toBeVisible();
    await why.locator('.because summary').click();
    await expect(why.locator('.sum')).toContainText('= ');
    const first = await page.locator('.paper-title').first().getAttribute('href');
    await page.getByRole('link', { name: /^Next \d+ papers/ }).click();
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
    await page.getByText('Cite', { exact: true }).click();
    await expect(page.getByRole('link', { name: 'BibTeX' })).toHaveAttribute(
      'href',
      '/papers/1.bib',
    );
    await expect(page.getByRole('button', { name: /Copy/ })).toHaveCount(0);
  });

  test('the density is chosen by a link', async ({ page }) => {
    await page.goto('/');
    await page.getByText('View', { exact: true }).click();
    await page.getByRole('link', { name: 'Compact' }).click();
    await expect(page.locator('.gist').first()).toBeHidden();
    await expect(page.locator('.cols')).toBeVisible();
  });

  test('what needs JavaScript is not shown', async ({ page }) => {
    await page.goto('/');
    await expect(page.getByRole('radio', { name: 'compact' })).toBeHidden();
  });
});
