import { readdir } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { beforeAll, expect, inject, test } from 'vitest';
import { cli } from '../server';

const { url, dataDir } = inject('server');
const page = (path: string) => fetch(`${url}${path}`, { redirect: 'manual' });
const text = async (path: string) => (await page(path)).text();
const papersOn = (html: string) =>
  [...html.matchAll(/<li class="paper" data-paper="(\d+)"/g)].map((m) => m[1]);

/** A paper of long ago, beside a sample that is listed on the day of the first start. */
const OLD = `Mar 10

Prompt tuning for machines of another age

We propose prompt tuning for machines that nobody builds any more, and say enough to be an abstract.
`;

beforeAll(async () => {
  const { code } = await cli(['import', '-', '--date', '2025-03-10'], { DATA_DIR: dataDir }, OLD);
  expect(code).toBe(0);
  // Pages made before then are kept some seconds.
  await sleep(10_000);
}, 60_000);

test('a window with few papers is followed by earlier ones, and says so', async () => {
  const html = (await text('/tags/prompt-tuning/week')).replaceAll('<!-- -->', '');
  expect(html).toContain('Fewer than ten papers from the past week, so here are those of');
  const [recent, earlier] = html.split('id="earlier"');
  expect(papersOn(recent!).length).toBeGreaterThan(0);
  expect(papersOn(earlier!)).toHaveLength(1);
  expect(earlier).toContain('machines of another age');
});

test('reading on from page to page shows every paper once', async () => {
  const seen: (string | undefined)[] = [];
  for (let path: string | undefined = '/new'; path; ) {
    const html = await text(path);
    seen.push(...papersOn(html));
    path = html.match(/<a [^>]*href="([^"]+)"[^>]*rel="next"/)?.[1];
  }
  expect(seen.length).toBeGreaterThanOrEqual(98);
  expect(new Set(seen).size).toBe(seen.length);
});

test('each row says why it ranks there, in a sentence and as a sum, without a script', async () => {
  const html = (await text('/new')).replaceAll('<!-- -->', '');
  const whys = [
    ...html.matchAll(
      /<details class="why"><summary [^>]*>Why<\/summary><div class="because">([^<]+)<details><summary>How this adds up<\/summary><p class="sum">([^<]+)<\/p>/g,
    ),
  ];
  expect(whys.length).toBe(30);
  for (const [, reason, lines] of whys) {
    expect(reason).toMatch(/\. $/);
    const numbers = [...lines!.matchAll(/^(?:\+ )?(\d+\.\d\d) /gm)].map((m) => Number(m[1]));
    const total = Number(lines!.match(/^= (\d+\.\d\d)$/m)?.[1]);
    expect(numbers.reduce((a, b) => a + b, 0)).toBeCloseTo(total, 6);
  }
});

test('each link of a row has a name of its own', async () => {
  const html = await text('/new');
  const names = [...html.matchAll(/<a [^>]*aria-label="(PDF of [^"]+)"/g)].map(([, name]) => name);
  expect(names.length).toBeGreaterThan(20);
  expect(new Set(names).size).toBe(names.length);
});

/** The chips of a page: text of the link, or its label, by address. */
function chipsOn(html: string) {
  const bar = html.match(/<nav class="bar"[\s\S]*?<\/nav>/)![0].replaceAll('<!-- -->', '');
  return [...bar.matchAll(/<a ([^>]*)>([\s\S]*?)<\/a>/g)].map(([, attributes, inside]) => ({
    href: attributes!.match(/href="([^"]*)"/)?.[1],
    nofollow: attributes!.includes('rel="nofollow"'),
    name: (
      attributes!.match(/aria-label="([^"]*)"/)?.[1] ?? inside!.replace(/<[^>]+>/g, '')
    ).trim(),
  }));
}

test('every chip leads to a canonical page with as many papers as it says', async () => {
  for (const path of ['/new', '/tags/fine-tuning', '/tags/fine-tuning/without/lora/code']) {
    const chips = chipsOn(await text(path)).filter(({ href }) => !href?.startsWith('#'));
    expect(chips.length).toBeGreaterThan(3);
    for (const { href, name } of chips) {
      const answer = await page(href!);
      expect(answer.status, href).toBe(200);
      const count = name.match(/^(?!All|This|Past).* (\d+)$/)?.[1];
      if (!count) continue;
      const html = (await answer.text()).replaceAll('<!-- -->', '');
      expect(html, href).toMatch(
        new RegExp(
          `<b>${count} papers?</b>|<dd>${count}</dd>|aria-current="page">All <span class="n">${count}<`,
        ),
      );
    }
  }
});

test('two tags are two clicks, one off is one, leaving out is two', async () => {
  const click = async (path: string, name: RegExp) =>
    chipsOn(await text(path)).find((chip) => name.test(chip.name))!.href!;
  const one = await click('/new', /^Fine-tuning \d/);
  expect(one).toBe('/tags/fine-tuning/new');
  const two = await click(one, /^LLMs \d/);
  expect(two).toBe('/tags/fine-tuning+large-language-models/new');
  expect(await click(two, /^Remove Fine-tuning$/)).toBe('/tags/large-language-models/new');
  const without = await click(one, /^Leave out Fine-tuning$/);
  expect(without).toBe('/without/fine-tuning/new');
  expect(await click(without, /^Ask for Fine-tuning$/)).toBe(one);
});

test('search engines follow single tags and pairs, nothing else', async () => {
  const pair = chipsOn(await text('/tags/fine-tuning'));
  expect(pair.find(({ name }) => /^LLMs \d/.test(name))?.nofollow).toBe(false);
  expect(pair.find(({ name }) => name === 'Leave out Fine-tuning')?.nofollow).toBe(true);
  const three = chipsOn(await text('/tags/fine-tuning+large-language-models'));
  expect(three.find(({ name }) => /^Has code/.test(name))?.nofollow).toBe(true);
  const noindex = /<meta name="robots" content="noindex"/;
  expect(await text('/without/peft')).toMatch(noindex);
  expect(await text('/tags/fine-tuning+large-language-models/code')).toMatch(noindex);
  expect(await text('/tags/fine-tuning+large-language-models')).not.toMatch(noindex);
  expect(await text('/tags?of=/tags/peft')).toMatch(noindex);
});

test('at five tags no more are offered', async () => {
  const html = await text('/tags/code+fine-tuning+large-language-models+lora+peft');
  const offered = chipsOn(html).filter(({ name }) => / \d+$|tag$/.test(name));
  expect(offered.filter(({ name }) => !/time|year|month|week|day/.test(name))).toEqual([]);
});

test('an empty combination says what to drop', async () => {
  const html = (await text('/tags/lora+music')).replaceAll('<!-- -->', '');
  expect(papersOn(html)).toEqual([]);
  expect(html).toMatch(/<a class="link" href="\/tags\/lora">Drop Music<\/a> to see \d+\./);
});

test('the exact filter goes along to the mail and the feed', async () => {
  const html = await text('/tags/fine-tuning/without/lora/category/cs.CL/code');
  const query = 'tag:fine-tuning cat:cs.CL has:code -tag:lora';
  expect(html).toContain(`<input type="hidden" name="searches" value="${query}"/>`);
  expect(html).toContain(`href="/subscribe?${new URLSearchParams({ search: query })}"`);
  expect(html).toContain('href="/feeds/atom/tags/fine-tuning/without/lora/category/cs.CL/code"');
  const form = await text(`/subscribe?${new URLSearchParams({ search: query })}`);
  expect(form).toContain(`value="${query}"`);
});

test('the tag index of a filter lists what each tag would leave', async () => {
  const html = (await text('/tags?of=/tags/fine-tuning/without/lora')).replaceAll('<!-- -->', '');
  const { papers } = await (
    await page('/api/v1/papers?window=all&tag=fine-tuning&tag=peft&without=lora&limit=100')
  ).json();
  expect(html).toMatch(
    new RegExp(
      `href="/tags/fine-tuning\\+peft/without/lora"[^>]*><span>PEFT</span> <span class="n">${papers.length}<`,
    ),
  );
  expect(html).toContain('aria-label="Remove Fine-tuning"');
  expect(html).toContain('left out');
  expect((await page('/tags?of=/no/such/feed')).status).toBe(404);
});

test.each([
  ['/tags/peft+continual-pre-training', '/tags/continual-pre-training+peft'],
  ['/tags/peft/trending/all', '/tags/peft'],
  ['/top', '/top/week'],
  ['/2025-W11', '/2025-w11'],
  ['/category/cs.cl', '/category/cs.CL'],
])('%s leads to its one address', async (path, canonical) => {
  const response = await page(path);
  expect(response.status).toBe(308);
  expect(response.headers.get('location')).toBe(canonical);
});

test.each([
  '/tags/no-such-tag',
  '/category/zz-made.up',
  '/2025-02-30',
  '/0000-01-01',
  '/9999-12-31',
  '/new/after/nonsense',
  '/wp-login.php',
  '/%00',
])('%s is not found', async (path) => {
  expect((await page(path)).status).toBe(404);
});

test('an address that is not well-formed is refused', async () => {
  expect((await page('/%ff')).status).toBe(400);
});

test('an empty day says what kind of day it was, where a source would have brought papers', async () => {
  expect(await text('/2026-11-15')).toContain('No papers are filed under this date.');
  const { dataDir } = inject('server');
  await cli(['sources', 'on', 'arxiv-oai'], { DATA_DIR: dataDir });
  try {
    expect(await text('/2026-11-22')).toContain('so Sundays are quiet');
    expect(await text('/2025-06-20')).toContain('the evening of Juneteenth');
  } finally {
    await cli(['sources', 'off', 'arxiv-oai'], { DATA_DIR: dataDir });
  }
});

test('what is read often is cached, what has no end is not', async () => {
  const again = async (path: string) => {
    await page(path);
    return (await page(path)).headers.get('x-nextjs-cache');
  };
  expect(await again('/')).toBe('HIT');
  expect(await again('/tags/peft')).toBe('HIT');
  expect(await again('/tags/continual-pre-training+peft')).toBe('HIT');
  expect(await again('/tags/lora+peft+pruning')).toBe('MISS');
  expect(await again('/tags/peft/without/lora')).toBe('MISS');
  expect(await again('/tags/peft/2025-03')).toBe('MISS');
  expect(await again('/tags/no-such-tag')).toBe('MISS');
});

test('a page that a client has is not sent again, and is compressed for who asks', async () => {
  // The page is kept just after it is sent: a quick second request may come too early.
  const kept = async () => (await page('/new')).headers.get('x-nextjs-cache');
  await expect.poll(kept).toBe('HIT');
  const etag = (await page('/new')).headers.get('etag')!;
  const again = await fetch(`${url}/new`, { headers: { 'if-none-match': etag } });
  expect(again.status).toBe(304);
  const zipped = await fetch(`${url}/new`, { headers: { 'accept-encoding': 'gzip' } });
  expect(zipped.headers.get('content-encoding')).toBe('gzip');
  expect(papersOn(await zipped.text()).length).toBe(30);
});

test('made-up addresses write nothing to the disk', async () => {
  const built = fileURLToPath(new URL('../../.next/server/app', import.meta.url));
  const before = (await readdir(built, { recursive: true })).length;
  for (let i = 0; i < 50; i++) {
    await Promise.all([page(`/made-up-${i}`), page(`/19${10 + i}-01-01`), page(`/tags/t${i}`)]);
  }
  expect((await readdir(built, { recursive: true })).length).toBe(before);
});

test('an import by another process shows within a minute, to the first who looks', async () => {
  const title = 'Music that comes while readers look on';
  expect(await text('/tags/music')).not.toContain(title);
  const listing = `Mar 12\n\n${title}\n\nWe generate music, and our music generation says enough to be an abstract.\n`;
  const { code } = await cli(['import', '-'], { DATA_DIR: dataDir }, listing);
  expect(code).toBe(0);
  await sleep(10_000);
  expect(await text('/tags/music')).toContain(title);
});

test('a new reading by another process moves a paper within a minute', async () => {
  const title = 'A paper that readers come to like';
  const read = async (upvotes: number) => {
    const submittedOnDailyAt = '2024-03-12T05:10:00Z';
    const paper = { id: '2403.09999', title, summary: 'Short.', upvotes, submittedOnDailyAt };
    return cli(['import', '-'], { DATA_DIR: dataDir }, JSON.stringify([{ paper, title }]));
  };
  const first = async () => (await text('/top/all')).match(/<li class="paper".*?<\/h\d>/s)?.[0];
  expect((await read(0)).code).toBe(0);
  await sleep(10_000);
  expect(await first()).not.toContain(title);
  expect((await read(50_000)).code).toBe(0);
  await sleep(10_000);
  expect(await first()).toContain(title);
}, 60_000);

test('the ranking page works an example, and shows how well orders predicted later upvotes', async () => {
  const html = await text('/about/ranking');
  expect(html).toMatch(/<svg[^>]*aria-label="Within a week: this ranking 0\.\d{3}, raw upvotes/);
  expect(html).toContain('Shown, but without weight: 15,000 stars.');
  const shown = html.match(/<h2>An example<\/h2>.*?<\/table>/s)![0];
  const values = [...shown.matchAll(/<td>(\d+\.\d\d)<\/td>/g)].map((match) => Number(match[1]));
  const score = values.pop();
  expect(values.reduce((a, b) => a + b, 0)).toBeCloseTo(score!, 6);
});

test('later pages have one policy, and it names their scripts', async () => {
  const next = (await text('/new')).match(/<a [^>]*href="([^"]+)"[^>]*rel="next"/)?.[1];
  const policy = (await page(next!)).headers.get('content-security-policy');
  expect(policy).toMatch(/^default-src 'none'; script-src 'self' 'sha256-/);
  expect(policy).not.toContain('nonce');
  expect(policy?.match(/default-src/g)?.length).toBe(1);
});
