import { expect, inject, test } from 'vitest';

const { url } = inject('server');

test.each([
  '/',
  '/new',
  '/tags',
  '/tags/peft',
  '/papers/1',
  '/search',
  '/search?q=lora',
  '/digests',
  '/status',
  '/about',
  '/about/api',
  '/about/feeds',
  '/about/privacy',
  '/about/ranking',
  '/no-such-page',
])('%s offers the digest, once', async (path) => {
  const html = await (await fetch(url + path)).text();
  expect(html.match(/<form[^>]* action="\/subscribe\/submit"/g)).toHaveLength(1);
});
