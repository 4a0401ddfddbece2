import { readdir } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { expect, inject, test } from 'vitest';
import { cli } from '../server';

const { url, dataDir } = inject('server');
const page = (path: string) => fetch(`${url}${path}`, { redirect: 'manual' });
const text = async (path: string) => (await page(path)).text();
const papersOn = (html: string) =>
  [...html.matchAll(/<li class="paper" id="(p\d+)"/g)].map((m) => m[1]);

test('the front page widens to papers that there are, and says so in words', async () => {
  const html = await text('/');
  expect(papersOn(html).length).toBe(30);
  expect(html).toContain('There are no papers from the past week: these are from all time.');
});

test('reading on from page to page shows every paper once', async () => {
  const seen: (string | undefined)[] = [];
  for (let path: string | undefined = '/'; path; ) {
    const html = await text(path);
    seen.push(...papersOn(html));
    path = html.match(/<a [^>]*href="([^"]+)"[^>]*rel="next"/)?.[1];
  }
  expect(seen.length).toBeGreaterThanOrEqual(98);
  expect(new Set(seen).size).toBe(seen.length);
});

test('each row tells why it stands there, without a script', async () => {
  const html = await text('/');
  const sums = [
    ...html.matchAll(/<details class="why"><summary>why here<\/summary><p>([^<]+)<\/p>/g),
  ];
  expect(sums.length).toBe(30);
  for (const [, lines] of sums) {
    const numbers = [...lines!.matchAll(/^(?:\+ )?(\d+\.\d\d) /gm)].map((m) => Number(m[1]));
    const total = Number(lines!.match(/^= (\d+\.\d\d)$/m)?.[1]);
    expect(numbers.reduce((a, b) => a + b, 0)).toBeCloseTo(total, 6);
  }
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

test('an empty day says what kind of day it was', async () => {
  expect(await text('/2026-11-22')).toContain('so Sundays are quiet');
  expect(await text('/2025-06-20')).toContain('the evening of Juneteenth');
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
  const title = 'A paper that comes while readers look on';
  expect(await text('/new')).not.toContain(title);
  const listing = `Mar 12\n\n${title}\n\nIts abstract says enough to be an abstract, and a little more.\n`;
  const { code } = await cli(['import', '-'], { DATA_DIR: dataDir }, listing);
  expect(code).toBe(0);
  await sleep(10_000);
  expect(await text('/new')).toContain(title);
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

test('the ranking page works an example, and shows how well orders foresaw later upvotes', async () => {
  const html = await text('/about/ranking');
  expect(html).toMatch(/<svg[^>]*aria-label="Within a week: this ranking 0\.\d{3}, raw upvotes/);
  expect(html).toContain('Shown, and without weight: 15,000 stars.');
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
