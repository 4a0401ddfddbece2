import type { Page } from '@playwright/test';
import { violations } from './axe';
import { expect, server, test } from './fixtures';

/** A reader's own, in a browser, on a site without a mail server: what is mailed is read in the outbox. */
const SHOTS = process.env.READERS_SHOTS;

const look = async (page: Page, name: string) => {
  expect(await violations(page), name).toEqual([]);
  if (!SHOTS) return;
  for (const width of [360, 1280]) {
    await page.setViewportSize({ width, height: 900 });
    await page.screenshot({ path: `${SHOTS}/${name}-${width}.png` });
  }
};

async function openMail(page: Page) {
  await expect(async () => {
    await page.goto(server.outbox);
    await page
      .getByRole('link', { name: 'Your link to sign in' })
      .first()
      .click({ timeout: 1_000 });
  }).toPass({ timeout: 20_000 });
}

async function askToSignIn(page: Page, email: string) {
  await page.getByLabel('Email address', { exact: true }).last().fill(email);
  await page.getByRole('button', { name: 'Email me a link' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Check your inbox');
}

test('with scripts: signs in by link, votes, saves, dismisses, makes a token, signs out', async ({
  page,
}) => {
  test.setTimeout(180_000);
  await page.goto('/');
  await page.getByRole('link', { name: 'Sign in' }).click();
  await look(page, 'sign-in');
  await askToSignIn(page, 'scripts@example.org');
  await look(page, 'sign-in-sent');
  await openMail(page);
  await page.locator('pre a[href*="/sign-in/confirm?token="]').first().click();
  await look(page, 'sign-in-confirm');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Account');
  await look(page, 'account');

  await page.goto('/');
  await expect(page.getByRole('link', { name: 'Account', exact: true })).toBeVisible();
  const row = page.locator('.paper').nth(2);
  const id = await row.getAttribute('data-paper');
  const [vote, save] = [
    row.getByRole('button', { name: /^Vote for/ }),
    row.getByRole('button', { name: /^Saved? / }),
  ];
  await vote.click();
  await expect(vote).toHaveAttribute('aria-pressed', 'true');
  await save.click();
  await expect(save).toHaveText('Saved');
  await look(page, 'rows');
  await page.reload();
  await expect(save).toHaveText('Saved');
  await expect(vote).toHaveAttribute('aria-pressed', 'true');
  await row.getByText('···').click();
  await row.getByRole('button', { name: /^Not for me/ }).click();
  await expect(row).toHaveText('Not for you. Undo', { useInnerText: true });
  await look(page, 'dismissed');
  await row.getByRole('button', { name: 'Undo' }).click();
  await expect(row.getByRole('heading')).toBeVisible();
  await page.goto(`/papers/${id}`);
  await expect(page.getByRole('button', { name: 'Saved' })).toBeVisible();
  await look(page, 'paper');

  await page.goto('/library');
  await look(page, 'library');
  await page.getByRole('link', { name: /^Add note/ }).click();
  await page.getByLabel('Note', { exact: true }).fill('Read again in April.');
  await look(page, 'library-note');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByText('Read again in April.')).toBeVisible();
  await page.getByLabel('Name of a new shelf').fill('Thesis');
  await page.getByRole('button', { name: 'Make' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Thesis');
  await page.goto('/library', { waitUntil: 'networkidle' });
  const box = page.getByRole('checkbox').first();
  await page.keyboard.press('j');
  await page.keyboard.press('x');
  await expect(box).toBeChecked();
  await page.keyboard.press('x');
  await expect(box).not.toBeChecked();
  // Also where the box itself has the focus.
  await box.focus();
  await page.keyboard.press('x');
  await expect(box).toBeChecked();
  await page.getByText('Put on', { exact: true }).click();
  await page.getByRole('button', { name: 'Thesis' }).click();
  await page.goto('/library/thesis');
  await expect(page.locator('.paper.saved')).toHaveCount(1);
  await look(page, 'shelf');
  await page.goto('/for-you');
  const liked = page.locator('.paper').first();
  await expect(liked.getByText('Because of')).toBeVisible();
  await look(page, 'for-you');
  await page.getByRole('link', { name: 'Reading list' }).click();
  await page.getByText('Its words').click();
  await look(page, 'interest');
  const likedId = await liked.getAttribute('data-paper');
  await liked
    .locator('.because')
    .getByRole('button', { name: /^Not for me/ })
    .click();
  await expect(liked).toHaveText('Not for you. Undo', { useInnerText: true });
  await page.reload();
  await expect(liked).not.toHaveAttribute('data-paper', likedId!);

  await page.goto('/account');
  await page.getByLabel('Name of a new token').fill('Notes');
  await page.getByRole('button', { name: 'Make a token' }).click();
  await expect(page.locator('code', { hasText: 'broadsheet_' })).toBeVisible();
  await look(page, 'account-token');
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.goto('/');
  await expect(page.getByRole('link', { name: 'Sign in' })).toBeVisible();
});

test.describe('without scripts', () => {
  test.use({ javaScriptEnabled: false });

  test('signs in by code, saves and takes it back, and erases everything', async ({ page }) => {
    test.setTimeout(120_000);
    await page.goto('/new');
    const save = page.getByRole('button', { name: /^Save / }).first();
    await save.click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Sign in');
    await askToSignIn(page, 'noscript@example.org');
    const mail = await page.context().newPage();
    await openMail(mail);
    const [, code] = /Code: (\d{6})/.exec((await mail.locator('pre').first().textContent()) ?? '')!;
    await page.getByLabel('Six-digit code').fill(code!);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await expect(page).toHaveURL(/\/new$/);
    await save.click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Saved');
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('No longer saved');
    await page.getByRole('link', { name: 'Back', exact: true }).click();
    await expect(page).toHaveURL(/\/new#paper-/);
    await save.click();
    await page.goto('/library');
    await page.getByRole('checkbox').first().check();
    await page.getByRole('button', { name: 'Mark as reading' }).click();
    await page.getByRole('link', { name: 'Reading 1' }).click();
    await expect(page.locator('.paper.saved')).toHaveCount(1);
    await page.getByRole('checkbox').first().check();
    await page.getByRole('button', { name: 'Remove', exact: true }).click();
    await page.getByRole('button', { name: 'Remove 1 paper' }).click();
    await expect(page.locator('.paper.saved')).toHaveCount(0);
    await page.goto('/account');
    await page.getByRole('link', { name: 'Delete everything' }).click();
    await page.getByLabel('Delete everything of mine').check();
    await page.getByRole('button', { name: 'Delete my data' }).click();
    await page.goto('/account');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Sign in');
  });
});
