import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { openDatabase } from '@/lib/db/client';
import { Browser, signedIn } from './browser';
import { ADMIN } from './global-setup';

const { url, dataDir } = inject('server');
const db = openDatabase({ dataDir });
afterAll(() => db.$disconnect());

const PAGES = [
  '/admin',
  '/admin/readers',
  '/admin/readers?q=example',
  '/admin/readers/1',
  '/admin/papers',
  '/admin/papers/1',
  '/admin/log',
];
const reason = 'tried by a test';
let admin: Browser;
let reader: Browser;
let nobody: Browser;

beforeAll(async () => {
  reader = await signedIn('no-admin@example.org');
  admin = await signedIn(ADMIN);
  nobody = new Browser();
});

const readerAt = (email: string) => db.reader.findUnique({ where: { emailKey: email } });

test.each(PAGES)('%s is there for admins alone, and in no cache', async (page) => {
  for (const browser of [nobody, reader]) {
    const refused = await browser.ask(page);
    expect(refused.status).toBe(404);
    expect(await refused.text()).not.toContain('no-admin@example.org');
  }
  const answer = await admin.ask(page);
  expect(answer.status).toBe(200);
  expect(answer.headers.get('cache-control')).toMatch(/no-store/);
  expect(await answer.text()).toContain('aria-label="Admin"');
});

test('pages of readers and papers that do not exist are not found', async () => {
  for (const page of [
    '/admin/readers/999999',
    '/admin/papers/999999',
    '/admin/papers/99999999999',
  ]) {
    expect((await admin.ask(page)).status, page).toBe(404);
  }
});

test('forms of whoever is no admin, or of another site, do nothing', async () => {
  const { id } = (await readerAt('no-admin@example.org'))!;
  const email = 'no-admin@example.org';
  const forms: [string, Record<string, string>][] = [
    ['/admin/readers/submit', { do: 'remove', id: String(id), email, sure: 'yes', reason }],
    ['/admin/readers/submit', { do: 'export', reason }],
    ['/admin/papers/submit', { do: 'hide', id: '1', reason }],
  ];
  for (const [path, form] of forms) {
    for (const browser of [nobody, reader]) {
      const answer = await browser.post(path, form);
      expect(answer.status, path).toBe(404);
      expect(await answer.text(), path).not.toContain('@');
    }
    const foreign = await admin.post(path, form, {
      origin: 'https://evil.example',
      'sec-fetch-site': 'cross-site',
    });
    expect(foreign.status, path).toBe(403);
    expect((await admin.ask(path)).status, path).toBe(405);
  }
  expect(await readerAt(email)).not.toBeNull();
  expect((await admin.ask('/papers/1')).status).toBe(200);
});

test('a reader is erased only with a reason and a tick, and then for good', async () => {
  const email = 'to-erase@example.org';
  await signedIn(email);
  const { id } = (await readerAt(email))!;
  const form = { do: 'remove', id: String(id), email, reason, sure: 'yes' };
  const place = async (changes: Record<string, string>) =>
    (await admin.post('/admin/readers/submit', { ...form, ...changes })).headers.get('location');
  expect(await place({ reason: '' })).toBe(`/admin/readers/${id}?problem=reason`);
  expect(await place({ sure: '' })).toBe(`/admin/readers/${id}?problem=sure`);
  expect(await readerAt(email)).not.toBeNull();
  expect(await place({})).toBe('/admin/readers?done=removed');
  expect(await readerAt(email)).toBeNull();
  expect(await admin.page('/admin/readers?done=removed')).toContain('is erased');
  const found = await admin.page(`/admin/readers?q=${email}`);
  expect(found).toContain('Nothing is ever sent to');
  const lifted = await admin.post('/admin/readers/submit', { do: 'unsuppress', email, reason });
  expect(lifted.headers.get('location')).toBe('/admin/readers?done=lifted');
  const log = await admin.page('/admin/log');
  expect(log).toContain('erased a reader');
  expect(log).not.toContain(email);
});

test('readers come in from a file and go out as one', async () => {
  const form = new FormData();
  form.set('do', 'import');
  form.set('reason', reason);
  const rows = 'email,confirmed_at,source\nimported@example.org,2024-01-01,list\nnobody,,\n';
  form.set('file', new File([rows], 'list.csv'));
  const done = await admin.ask('/admin/readers/submit', {
    method: 'POST',
    headers: { origin: url, 'sec-fetch-site': 'same-origin' },
    body: form,
  });
  const place = done.headers.get('location')!;
  expect(place).toBe('/admin/readers?imported=1.0.0.0.1&lines=3');
  expect(await admin.page(place)).toContain('1 readers get the digest');
  const out = await admin.post('/admin/readers/submit', { do: 'export', reason });
  expect(out.headers.get('cache-control')).toMatch(/no-store/);
  expect(out.headers.get('content-type')).toBe('text/csv; charset=utf-8');
  expect(await out.text()).toContain('imported@example.org,2024-01-01T00:00:00.000Z,list');
  const refused = await admin.post('/admin/readers/submit', { do: 'export', reason: '' });
  expect(refused.headers.get('location')).toBe('/admin/readers?problem=reason');
});

test('a paper is pinned and hidden, and everybody can read why, not who', async () => {
  const act = async (what: string) => {
    const answer = await admin.post('/admin/papers/submit', { do: what, id: '2', reason });
    expect(answer.headers.get('location')).toBe(`/admin/papers/2?done=${what}`);
  };
  const eventually = (check: () => Promise<boolean>) =>
    expect.poll(check, { timeout: 15_000, interval: 300 }).toBe(true);
  await act('pin');
  await eventually(async () => {
    const html = await nobody.page('/');
    const [, first = ''] = html.split('<li class="paper"');
    return first.includes('data-paper="2"') && first.includes('Pinned');
  });
  await act('hide');
  await eventually(async () => (await nobody.ask('/papers/2')).status === 404);
  const log = await nobody.page('/about/log');
  expect(log).toContain(reason);
  expect(log).toContain('An admin');
  expect(log).not.toContain(ADMIN);
  await act('unhide');
  await eventually(async () => (await nobody.ask('/papers/2')).status === 200);
}, 60_000);
