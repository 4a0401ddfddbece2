import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { embeddedLocation } from '@/lib/db/location';
import { TAGS } from '@/lib/tags/taxonomy';
import { type DatabaseProxy, startDatabaseProxy } from '../database-proxy';
import { emptyDatabase } from '../empty-database';
import { type RunningServer, startServer } from '../server';

/** Each kind of address that the database is asked for. `N` stands for a number not asked for before, `T` for a tag. */
const PAGES = ['/papers/N', '/tags/T', '/search?q=N', '/tags', '/status'];
const FOR_PROGRAMS = [
  '/api/v1/papers?q=N',
  '/api/v1/papers/N',
  '/api/v1/completions?q=N',
  '/api/health',
  '/feeds/atom/tags/T',
  '/feeds/json/search?q=N',
  '/papers/N.bib',
  '/papers/N.md',
  '/cards/papers/N',
  '/sitemaps/N',
];
const FORM = { 'content-type': 'application/x-www-form-urlencoded' };
const WRITES: [string, RequestInit][] = [
  ['/subscribe/submit', { headers: FORM, body: 'email=a@example.org&cadence=daily&hour=7' }],
  [
    '/api/v1/subscriptions',
    { headers: { 'content-type': 'application/json' }, body: '{"email":"b@example.org"}' },
  ],
];
const MOST_MS = 5_000;

let number = 10;
let tag = 0;
async function ask(url: string, path: string, init: RequestInit = {}) {
  const began = performance.now();
  const filled = path
    .replace('N', () => String(number++))
    .replace('T', () => TAGS[tag++ % TAGS.length]!.slug);
  const answer = await fetch(url + filled, {
    redirect: 'manual',
    ...init,
    signal: AbortSignal.timeout(30_000),
  });
  const text = await answer.text();
  return {
    path,
    status: answer.status,
    headers: answer.headers,
    text,
    took: performance.now() - began,
  };
}
type Answered = Awaited<ReturnType<typeof ask>>;

/** What a machine that is busy with other things needs besides: what the same takes with the database there. */
async function allowance(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return MOST_MS + Math.max(0, performance.now() - began - 1_000);
}

/** Everything at once, as readers come. */
async function askAll(url: string, most: number): Promise<void> {
  const [pages, programs, writes] = await Promise.all([
    Promise.all(PAGES.map((path) => ask(url, path))),
    Promise.all(FOR_PROGRAMS.map((path) => ask(url, path))),
    Promise.all(WRITES.map(([path, init]) => ask(url, path, { method: 'POST', ...init }))),
  ]);
  const all = [...pages, ...programs, ...writes];
  expect(all.filter(({ took }) => took > most).map(told)).toEqual([]);
  expect(all.filter(({ status }) => status !== 503).map(told)).toEqual([]);
  expect(all.filter(({ headers }) => !headers.has('retry-after')).map(told)).toEqual([]);
  for (const { text } of pages) {
    expect(text).toContain('Temporarily unavailable');
    expect(text).toContain('id="site-foot"');
  }
  for (const { path, headers } of programs) {
    expect([path, headers.get('content-type')]).toEqual([path, expect.stringContaining('json')]);
  }
}
const told = ({ path, status, took }: Answered) => `${path}: ${status} after ${took.toFixed()} ms`;

/** Read before, by two readers, so that all caches have it. */
const READ_BEFORE = ['/', '/papers/1', '/feeds/atom', '/api/v1/papers?limit=5', '/cards/papers/1'];
async function readBefore(url: string): Promise<void> {
  for (let i = 0; i < 2; i++) for (const path of READ_BEFORE) await ask(url, path);
}
async function stillThere(url: string): Promise<void> {
  const answers = await Promise.all([...READ_BEFORE, '/about'].map((path) => ask(url, path)));
  expect(answers.filter(({ status }) => status !== 200).map(told)).toEqual([]);
  expect(answers.filter(({ took }) => took > MOST_MS / 2).map(told)).toEqual([]);
}

const askPages = (url: string) =>
  Promise.all([...PAGES, ...FOR_PROGRAMS].map((path) => ask(url, path)));
const fortyReaders = (url: string) =>
  Promise.all(Array.from({ length: 40 }, () => ask(url, '/search?q=N')));

async function recovers(url: string): Promise<void> {
  const until = Date.now() + 15_000;
  while ((await ask(url, '/search?q=N')).status !== 200 && Date.now() < until) await sleep(500);
  const paths = [...PAGES, '/api/v1/papers/N', '/papers/N.bib'];
  const answers = await Promise.all(paths.map((path) => ask(url, path)));
  expect(answers.filter(({ status }) => status >= 500).map(told)).toEqual([]);
}

describe('a database behind DATABASE_URL', () => {
  const stops: (() => Promise<void>)[] = [];
  let proxy: DatabaseProxy;
  let server: RunningServer;
  beforeAll(async () => {
    const database = await emptyDatabase('away');
    stops.push(() => database.remove());
    proxy = await startDatabaseProxy(database.target);
    stops.push(() => proxy.stop());
    server = await startServer({
      DATABASE_URL: proxy.url,
      SECRET: 'a secret for this test only',
      CRON_SECRET: 'another secret for this test',
      SAMPLE: 'on',
    });
    stops.push(() => server.stop());
    await readBefore(server.url);
  });
  afterAll(async () => {
    for (const stop of stops.reverse()) await stop();
  });

  test.each(['silence', 'vanish'] as const)(
    'that does %s: readers are told soon',
    async (how) => {
      const most = await allowance(() => askPages(server.url));
      await proxy[how]();
      try {
        await askAll(server.url, most);
        await stillThere(server.url);
        await askAll(server.url, most);
      } finally {
        await proxy.recover();
      }
      await recovers(server.url);
    },
    180_000,
  );

  test('forty readers at once of a silent one are told soon, all of them', async () => {
    const most = await allowance(() => fortyReaders(server.url));
    proxy.silence();
    try {
      const answers = await fortyReaders(server.url);
      expect(answers.filter(({ took }) => took > most).map(told)).toEqual([]);
    } finally {
      await proxy.recover();
    }
    await recovers(server.url);
  }, 180_000);
});

test('an embedded database that is silent: readers are told soon', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'broadsheet-silent-'));
  const server = await startServer({ DATA_DIR: dataDir });
  try {
    await readBefore(server.url);
    const most = await allowance(() => askPages(server.url));
    const { pid } = JSON.parse(await readFile(embeddedLocation(dataDir).lock, 'utf8'));
    process.kill(pid, 'SIGSTOP');
    try {
      await askAll(server.url, most);
      await stillThere(server.url);
    } finally {
      process.kill(pid, 'SIGCONT');
    }
    await recovers(server.url);
  } finally {
    await server.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}, 180_000);
