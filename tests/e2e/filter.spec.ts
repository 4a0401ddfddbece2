import type { Page } from '@playwright/test';
import { expect, test } from './fixtures';

/** Tabs until an element is focused; fails after as many keys as no bar needs. */
async function tabTo(page: Page, selector: string) {
  for (let key = 0; key < 60; key++) {
    await page.keyboard.press('Tab');
    if (await page.evaluate((wanted) => document.activeElement?.matches(wanted), selector)) return;
  }
  throw new Error(`${selector} was not reached`);
}

test.describe('filter bar, by keyboard', () => {
  test('two tags in, one out, one left out', async ({ page }) => {
    await page.goto('/new', { waitUntil: 'networkidle' });
    await tabTo(page, '.chips [href="/tags/fine-tuning/new"]');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/tags/fine-tuning/new');
    await tabTo(page, '.chips [href="/tags/fine-tuning+large-language-models/new"]');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/tags/fine-tuning+large-language-models/new');
    await expect(page.getByRole('heading', { level: 1 })).toContainText(
      'fine-tuning and large language models',
    );
    await tabTo(page, '[aria-label="Leave out Fine-tuning"]');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/tags/large-language-models/without/fine-tuning/new');
    await tabTo(page, '[aria-label="Remove “not Fine-tuning”"]');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/tags/large-language-models/new');
  });

  test('the panel opens, narrows, moves, closes and gives the focus back', async ({ page }) => {
    await page.goto('/new', { waitUntil: 'networkidle' });
    await tabTo(page, '.plus');
    await page.keyboard.press('Enter');
    const find = page.getByLabel('Find a tag');
    await expect(find).toBeFocused();
    await expect(page.locator('.panel .group').first()).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(page.locator('.panel')).toBeHidden();
    await expect(page.locator('.plus')).toBeFocused();
    await page.keyboard.press('Enter');
    await find.pressSequentially('rl');
    await page.keyboard.press('ArrowDown');
    await expect(page.locator('.panel .add:focus')).toHaveAttribute('href', /reinforcement/);
    await page.keyboard.press('ArrowUp');
    await expect(find).toBeFocused();
    await find.fill('lora');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/tags/lora/new');
  });

  test('never covers what has the focus', async ({ page }) => {
    await page.setViewportSize({ width: 1280, height: 500 });
    // A smooth scroll takes a while to uncover it.
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await page.goto('/new', { waitUntil: 'networkidle' });
    const covered = () =>
      page.evaluate(() => {
        const bar = document.querySelector('.bar')!;
        const focused = document.activeElement;
        if (!focused || focused === document.body || bar.contains(focused)) return null;
        const box = focused.getBoundingClientRect();
        const { bottom, top } = bar.getBoundingClientRect();
        return box.top < bottom - 1 && box.bottom > top + 1 ? focused.outerHTML : null;
      });
    for (const key of ['Tab', 'Shift+Tab']) {
      for (let i = 0; i < 70; i++) {
        await page.keyboard.press(key);
        expect(await covered()).toBeNull();
      }
    }
  });

  test('an open menu closes with Escape', async ({ page }) => {
    await page.goto('/new', { waitUntil: 'networkidle' });
    await tabTo(page, '.menu.first summary');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('link', { name: /^This week/ })).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(page.getByRole('link', { name: /^This week/ })).toBeHidden();
    await expect(page.locator('.menu.first summary')).toBeFocused();
  });
});

test.describe('filter bar, without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('chips, menus and the tag index are links', async ({ page }) => {
    await page.goto('/new');
    await page.getByRole('link', { name: '+ tag' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Add a tag');
    await page.getByRole('link', { name: /^LoRA \d/ }).click();
    await expect(page).toHaveURL(/\/tags\/lora\/new$/);
    await page.getByRole('link', { name: '+ tag' }).click();
    await page.getByRole('link', { name: 'Leave out Fine-tuning' }).click();
    await expect(page).toHaveURL(/\/tags\/lora\/without\/fine-tuning\/new$/);
    await page.getByRole('link', { name: 'Clear' }).click();
    await expect(page).toHaveURL(/\/new$/);
    await page.locator('.menu.first summary').click();
    await page.getByRole('link', { name: /^This week/ }).click();
    await expect(page).toHaveURL(/\/new\/week$/);
  });

  test('on a phone the chips scroll, the page does not', async ({ page }) => {
    await page.setViewportSize({ width: 360, height: 800 });
    await page.goto('/tags/fine-tuning+large-language-models');
    const widths = await page.evaluate(() => {
      const chips = document.querySelector('.chips')!;
      const page = document.documentElement;
      return [chips.scrollWidth > chips.clientWidth, page.scrollWidth <= page.clientWidth];
    });
    expect(widths).toEqual([true, true]);
    const title = await page.locator('.paper-title').first().boundingBox();
    expect(title!.y).toBeLessThan(480);
  });
});

test('a chip is not asked for before it is clicked', async ({ page }) => {
  const asked: string[] = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  await page.goto('/new', { waitUntil: 'networkidle' });
  await page.locator('.chips .chip').nth(1).hover();
  await page.waitForTimeout(500);
  expect(asked.filter((path) => path.startsWith('/tags'))).toEqual([]);
});
