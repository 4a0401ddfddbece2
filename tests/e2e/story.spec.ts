import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cli, type RunningServer, startServer } from '../server';
import { type SmtpSink, startSmtpSink } from '../smtp-sink';
import { expect, test } from './fixtures';

/**
 * The main job from end to end, on a server of its own that sends through a real SMTP server: the
 * text of a trending-papers page goes in, a feed and a digest come out.
 */
const LISTING = `new

Get trending papers in your email inbox!

Subscribe

byAK and the research community

Mar 12

Low-Rank Adapters for Continual Pre-training of Language Models

We study continual pre-training of language models with low-rank adaptation (LoRA), a
parameter-efficient fine-tuning method, and find that adapters forget less.

Whale Song Segmentation on a Budget

We segment recordings of whale song with a small convolutional network. It needs an hour of
annotated sound and a single processor, and it finds nine of ten songs in recordings from three oceans.
`;

let sink: SmtpSink;
let server: RunningServer;
let folder: string;

test.beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'broadsheet-story-'));
  sink = await startSmtpSink();
  server = await startServer({
    SMTP_URL: sink.url,
    SAMPLE: 'off',
    MAIL_FROM: 'Broadsheet <digest@papers.example>',
  });
});

test.afterAll(async () => {
  await server?.stop();
  await sink?.stop();
  await rm(folder, { recursive: true, force: true });
});

const cron = async (job: string) => {
  const response = await fetch(`${server.url}/api/cron/${job}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${server.cronSecret}` },
  });
  expect(response.status).toBe(200);
  return response.json();
};

/** Feed pages are cached; a change made by another process shows within a minute. */
const FRESH = { timeout: 60_000, intervals: [1_000] };

test('from a page of text to a digest, and out again by one click', async ({ page }) => {
  test.setTimeout(240_000);
  const reader = 'reader@reader.example';

  await test.step('importing the text beside the running server', async () => {
    const file = join(folder, 'page.txt');
    await writeFile(file, LISTING);
    const { code, out } = await cli(['import', file], { DATA_DIR: server.dataDir });
    expect(out).toContain('2 new');
    expect(code).toBe(0);
  });

  await test.step('the front page shows both papers', async () => {
    await expect(async () => {
      await page.goto(server.url);
      await expect(page.getByRole('link', { name: /Low-Rank Adapters/ })).toBeVisible({
        timeout: 500,
      });
    }).toPass(FRESH);
    await expect(page.getByRole('link', { name: /Whale Song/ })).toBeVisible();
  });

  await test.step('a tag and a combination of tags narrow it', async () => {
    await page.goto(`${server.url}/tags/peft`);
    await expect(page.getByRole('link', { name: /Low-Rank Adapters/ })).toBeVisible();
    await expect(page.getByRole('link', { name: /Whale Song/ })).toHaveCount(0);
    await page.goto(`${server.url}/tags/peft+continual-pre-training`);
    expect(new URL(page.url()).pathname).toBe('/tags/continual-pre-training+peft');
    await expect(page.getByRole('link', { name: /Low-Rank Adapters/ })).toBeVisible();
  });

  await test.step('searching finds a paper, and its page shows the abstract', async () => {
    await page.getByLabel('Search papers').first().fill('whale song');
    await page.keyboard.press('Enter');
    await page
      .getByRole('link', { name: /Whale Song Segmentation/ })
      .first()
      .click();
    await expect(page.getByRole('heading', { level: 1 })).toContainText('Whale Song');
    await expect(page.getByText('a small convolutional network').first()).toBeVisible();
  });

  await test.step('subscribing answers neutrally and sends a confirmation', async () => {
    await page.goto(server.url);
    await page.getByLabel('Email address').first().fill(reader);
    await page.getByRole('button', { name: 'Subscribe' }).first().click();
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await expect(page.getByRole('main')).toContainText(/inbox|mail/i);
  });

  await test.step('before confirmation no digest goes out', async () => {
    await cron('digest');
    expect(sink.mails.filter((mail) => mail.headers.has('list-unsubscribe'))).toEqual([]);
  });

  await test.step('the link of the confirmation mail leads to a button that activates', async () => {
    const mail = await sink.mailTo(reader, /confirm/i);
    const link = /https?:\/\/\S+\/confirm\?\S+/.exec(mail.text ?? '')?.[0] as string;
    expect(link).toBeTruthy();
    // A scanner that follows links changes nothing.
    await fetch(link);
    await cron('digest');
    expect(sink.mails.filter((each) => each.headers.has('list-unsubscribe-post'))).toEqual([]);
    await page.goto(link);
    await page.getByRole('main').getByRole('button').click();
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  });

  const digest = await test.step('the next cron call sends the first digest', async () => {
    await cron('digest');
    const mail = await sink.mailTo(reader, /./);
    const found = sink.mails.find((each) => each.text?.includes('Low-Rank Adapters'));
    expect(mail).toBeTruthy();
    expect(found?.text).toContain('Whale Song');
    expect(found?.html).toContain('Low-Rank Adapters');
    return found as NonNullable<typeof found>;
  });

  await test.step('calling cron again sends nothing more', async () => {
    const before = sink.mails.length;
    await Promise.all([cron('digest'), cron('digest')]);
    expect(sink.mails.length).toBe(before);
  });

  await test.step("the header's URL unsubscribes by POST, and only by POST", async () => {
    const list = digest.headerLines.find(({ key }) => key === 'list-unsubscribe')?.line ?? '';
    const url = /<(https?:[^>]+)>/.exec(list.replace(/\s+/g, ''))?.[1] as string;
    expect(digest.headerLines.map(({ line }) => line).join('\n')).toContain(
      'List-Unsubscribe=One-Click',
    );
    const status = async () =>
      (await cli(['digest', 'status', reader], { DATA_DIR: server.dataDir })).out;
    await fetch(url);
    expect(await status()).toContain('active');
    const response = await fetch(url, {
      method: 'POST',
      body: new URLSearchParams({ 'List-Unsubscribe': 'One-Click' }),
    });
    expect(response.ok).toBe(true);
    expect(await status()).toContain('unsubscribed');
  });
});
