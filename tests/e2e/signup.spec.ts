import type { Page } from '@playwright/test';
import { violations } from './axe';
import { expect, server, test } from './fixtures';

/** A reader's way, in a browser, on a site without a mail server: what is mailed is read in the outbox. */
const SHOTS = process.env.SIGNUP_SHOTS;

/** A page is well for those who do not see it; and can be looked at, where a folder for pictures is named. */
const look = async (page: Page, name: string) => {
  expect(await violations(page), name).toEqual([]);
  if (!SHOTS) return;
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    for (const width of [360, 1280]) {
      await page.setViewportSize({ width, height: 900 });
      await page.screenshot({
        path: `${SHOTS}/${name}-${width}-${colorScheme}.png`,
        fullPage: true,
      });
    }
  }
  await page.emulateMedia({ colorScheme: 'light' });
};

const cron = async () => {
  const answer = await fetch(`${server.url}/api/cron/digest`, {
    method: 'POST',
    headers: { authorization: `Bearer ${server.cronSecret}` },
  });
  return answer.json();
};

/** Opens the newest mail with such a subject, and its text. */
async function openMail(page: Page, subject: RegExp) {
  await expect(async () => {
    await page.goto(server.outbox);
    await page.getByRole('link', { name: subject }).first().click({ timeout: 1_000 });
  }).toPass({ timeout: 20_000 });
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(subject);
}

const inMail = (page: Page, path: string) => page.locator(`pre a[href*="${path}?token="]`).first();

test('from a filter to a first digest, its page, other choices, and out again', async ({
  page,
}) => {
  test.setTimeout(180_000);

  await test.step('a filter of two tags becomes a section; the form asks for the address alone', async () => {
    await page.goto('/tags/fine-tuning+large-language-models');
    await page.getByRole('link', { name: 'Get this by mail' }).click();
    await expect(page.getByRole('main')).toContainText(
      'with a section of papers on both fine-tuning and large language models',
    );
    await expect(page.getByRole('radio', { name: 'Weekly' })).toBeHidden();
    await look(page, 'subscribe');
  });

  await test.step('a tag is found by typing, and taken away again; only what applies is shown', async () => {
    await page.getByText('Choose topics, schedule and number of papers').click();
    await expect(page.getByLabel('Day of the week')).toBeVisible();
    await expect(page.getByLabel('Day of the month')).toBeHidden();
    await page.getByRole('radio', { name: 'Monthly' }).check();
    await expect(page.getByLabel('Day of the week')).toBeHidden();
    await expect(page.getByLabel('Minimum papers')).toBeHidden();
    await page.getByRole('radio', { name: 'Weekly' }).check();
    const find = page.getByLabel('Papers with any of these tags: find a tag');
    await find.fill('continual pre-tr');
    await find.press('Enter');
    await find.fill('peft');
    await look(page, 'subscribe-open');
    await page.getByRole('button', { name: /^PEFT/ }).click();
    await page.getByRole('button', { name: 'Remove Continual pre-training' }).click();
    await expect(page.getByRole('list', { name: 'Chosen' }).first()).toHaveText(/^PEFT×$/);
    await page.getByLabel('Email address').fill('browser@example.org');
    await page.getByRole('button', { name: 'Subscribe' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(
      'Check your inbox and confirm',
    );
    await expect(page.getByRole('main')).toContainText('kept on the machine');
    await look(page, 'sent');
  });

  await test.step('the mail and the page name what was chosen; one click confirms', async () => {
    await openMail(page, /confirm/i);
    await expect(page.locator('pre')).toContainText('Topics: PEFT');
    await expect(page.locator('pre')).toContainText('Also: papers on both fine-tuning and large');
    await inMail(page, '/confirm').click();
    await expect(page.getByRole('definition').first()).toHaveText('PEFT');
    await look(page, 'confirm');
    await page.getByRole('button', { name: 'Confirm subscription' }).click();
    await expect(page.getByRole('main')).toContainText('Your first digest is on its way');
    await look(page, 'confirmed');
  });

  await test.step('the preview is what comes, as a phone and as a desktop show it', async () => {
    await page.getByRole('link', { name: 'Preview your next digest' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Preview of your digest');
    for (const title of ['on a phone', 'on a desktop']) {
      const mail = page.frameLocator(`iframe[title="Your digest, ${title}"]`);
      await expect(mail.getByRole('heading', { level: 1 })).toHaveText(
        'To get you started: the best of PEFT and your searches',
      );
    }
    await look(page, 'preview');
  });

  await test.step('the first digest goes with the clock’s next turn', async () => {
    expect(await cron()).toMatchObject({ sent: 1 });
    expect(await cron()).toMatchObject({ sent: 0 });
    await openMail(page, /more in PEFT|PEFT|,/);
    await expect(page.locator('pre')).toContainText('To get you started: the best of PEFT');
    if (SHOTS) {
      const html = await page.getByRole('link', { name: 'Show as HTML' }).getAttribute('href');
      const mail = await page.context().newPage();
      for (const width of [375, 700]) {
        for (const colorScheme of ['light', 'dark'] as const) {
          await mail.emulateMedia({ colorScheme });
          await mail.setViewportSize({ width, height: 900 });
          await mail.goto(`${server.url}${html}`);
          const path = `${SHOTS}/mail-${width}-${colorScheme}.png`;
          await mail.screenshot({ path, fullPage: true });
        }
      }
      await mail.close();
    }
  });

  await test.step('on the web it says the same, and each line of the mail leads to its row', async () => {
    const settings = await inMail(page, '/preferences').getAttribute('href');
    await inMail(page, '/digests/issue').click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(
      'To get you started: the best of PEFT and your searches',
    );
    const row = page.locator('li.paper').first();
    await expect(row).toHaveAttribute('id', /^paper-\d+$/);
    await look(page, 'issue');
    await page.goto(settings as string);
    await look(page, 'preferences');
    await page.getByLabel('Saved search 1').fill('lora');
    await page.getByRole('button', { name: 'Save' }).click();
    await expect(page.getByText('Saved.', { exact: true })).toBeVisible();
  });

  await test.step('leaving takes one click', async () => {
    await page.getByRole('link', { name: 'Unsubscribe' }).click();
    await look(page, 'unsubscribe');
    await page.getByRole('button', { name: 'Unsubscribe' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('You’re unsubscribed');
  });
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('the form shows what applies, and tags by group', async ({ page }) => {
    await page.goto('/subscribe');
    await page.getByText('Choose topics, schedule and number of papers').click();
    await page.getByRole('radio', { name: 'Monthly' }).check();
    await expect(page.getByLabel('Day of the month')).toBeVisible();
    await expect(page.getByLabel('Day of the week')).toBeHidden();
    await expect(page.getByPlaceholder('Find a tag').first()).toBeHidden();
    await page
      .getByText(/^All \d+ tags$/)
      .first()
      .click();
    const box = 'input[name="tags"][value="peft"]';
    await page.locator(`details:has(${box}) > summary`).last().click();
    await expect(page.getByRole('checkbox', { name: 'PEFT' }).first()).toBeVisible();
  });
});
