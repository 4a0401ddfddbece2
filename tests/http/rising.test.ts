import { afterAll, expect, inject, test } from 'vitest';
import { openDatabase } from '@/lib/db/client';
import { bumpCatalogueVersion } from '@/lib/feed/catalogue-version';
import { keepRising } from '@/lib/rising/store';

const { url, cronSecret, dataDir } = inject('server');
const db = openDatabase({ dataDir });
afterAll(() => db.$disconnect());

test('with too few papers the page says what it takes, and the front page has no block', async () => {
  const page = await fetch(`${url}/rising`);
  expect(page.status).toBe(200);
  expect(await page.text()).toContain('too few papers here to tell what is rising');
  expect(await (await fetch(url)).text()).not.toContain('All rising topics');
});

test('the API has no topics then, and refuses what it does not know', async () => {
  const answer = await fetch(`${url}/api/v1/rising?window=month&tag=peft&limit=5`);
  expect(await answer.json()).toEqual({ topics: [], asOf: null });
  for (const query of ['window=year', 'tag=none-such', 'limit=0', 'limit=21', 'q=x']) {
    expect((await fetch(`${url}/api/v1/rising?${query}`)).status, query).toBe(400);
  }
});

test('is a feed that its page names, without entries then', async () => {
  const page = await (await fetch(`${url}/rising`)).text();
  expect(page).toContain('title="Broadsheet: Rising topics"');
  for (const format of ['atom', 'json']) {
    expect(page).toContain(`/feeds/${format}/rising"`);
    const answer = await fetch(`${url}/feeds/${format}/rising`);
    expect([answer.status, await answer.text()]).toEqual([
      200,
      expect.stringContaining('Broadsheet: Rising topics'),
    ]);
  }
  expect((await fetch(`${url}/feeds/rss/rising`)).status).toBe(404);
});

test('topics stand on their page, in the feed and on the page of their tag, there with its own figures', async () => {
  const { papers } = await (await fetch(`${url}/api/v1/papers?window=all&limit=2`)).json();
  const weeks = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 3, 11];
  await keepRising(db, [
    {
      span: 'month',
      asOf: new Date('2026-11-23T00:50:00Z'),
      recent: 3_000,
      topics: [
        {
          phrase: 'agent memory',
          papers: 14,
          before: 3,
          growth: 4.5,
          score: 20,
          query: '+"agent memory"',
          weeks,
          shares: weeks.map((n) => n / 100),
          rise: { key: 'agent memory', since: '2026-11-20T00:50:00.000Z', seen: '' },
          newest: papers.map(({ id }: { id: number }) => id),
          tags: [{ slug: 'peft', papers: 9, before: 2, growth: 3.4, weeks }],
        },
      ],
      ended: [],
    },
  ]);
  await bumpCatalogueVersion(db);
  const figures = '14 papers in the last 28 days, 3 in the 28 days before; share × 4.5';
  expect(await (await fetch(`${url}/rising`)).text()).toContain(figures);
  // A web process asks every second whether the catalogue changed.
  const items = async () => (await (await fetch(`${url}/feeds/json/rising`)).json()).items;
  await expect.poll(items, { timeout: 20_000 }).toMatchObject([
    {
      id: `${url}/rising#agent-memory-2026-11-20`,
      title: 'agent memory',
      date_published: '2026-11-20T00:50:00.000Z',
      content_html: expect.stringContaining(`<p>${figures}</p><ul><li><a href="${url}/papers/`),
    },
  ]);
  const inTag = await (await fetch(`${url}/api/v1/rising?tag=peft`)).json();
  expect(inTag.topics).toEqual([
    {
      phrase: 'agent memory',
      papers: 9,
      before: 2,
      growth: 3.4,
      query: '+"agent memory" tag:peft',
      weeks,
    },
  ]);
  expect((await (await fetch(`${url}/api/v1/rising?tag=lora`)).json()).topics).toEqual([]);
  await expect
    .poll(async () => (await fetch(`${url}/tags/peft`)).text(), { timeout: 20_000, interval: 500 })
    .toMatch(/agent memory.{0,80}9(?:<!-- -->)? papers, ×(?:<!-- -->)?3\.4/s);
  expect(await (await fetch(`${url}/tags/lora`)).text()).not.toContain('agent memory');
});

test('the job finds them in a process of its own', async () => {
  const answer = await fetch(`${url}/api/cron/rising`, {
    method: 'POST',
    headers: { authorization: `Bearer ${cronSecret}` },
  });
  expect(await answer.json()).toEqual({ topics: 0 });
});
