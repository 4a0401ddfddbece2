import { expect, inject, test } from 'vitest';

const { url, cronSecret } = inject('server');

test('with too few papers the page says what it takes, and the front page has no block', async () => {
  const page = await fetch(`${url}/rising`);
  expect(page.status).toBe(200);
  expect(await page.text()).toContain('too few papers here to tell what rises');
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
    expect(page).toContain(`${url}/feeds/${format}/rising"`);
    const answer = await fetch(`${url}/feeds/${format}/rising`);
    expect([answer.status, await answer.text()]).toEqual([
      200,
      expect.stringContaining('Broadsheet: Rising topics'),
    ]);
  }
  expect((await fetch(`${url}/feeds/rss/rising`)).status).toBe(404);
});

test('the job finds them in a process of its own', async () => {
  const answer = await fetch(`${url}/api/cron/rising`, {
    method: 'POST',
    headers: { authorization: `Bearer ${cronSecret}` },
  });
  expect(await answer.json()).toEqual({ topics: 0 });
});
