import { strFromU8, unzipSync } from 'fflate';
import { afterAll, describe, expect, inject, test } from 'vitest';
import { openDatabase } from '@/lib/db/client';
import { cli } from '../server';
import { askToSignIn, Browser, signedIn } from './browser';
import { awaitMails, mailsTo } from './outbox';

const { url, dataDir } = inject('server');
const db = openDatabase({ dataDir });
afterAll(() => db.$disconnect());

describe('signing in', () => {
  test('asks for one address, and says the same of every one', async () => {
    const page = await new Browser().page('/sign-in');
    expect(page.match(/<input[^>]*name="email"/g)).toHaveLength(1);
    await db.reader.create({
      data: {
        email: 'bounced@example.org',
        emailKey: 'bounced@example.org',
        addressHash: 'bounced',
        status: 'suppressed',
      },
    });
    const times: number[] = [];
    for (const email of ['unknown@example.org', 'bounced@example.org']) {
      const began = performance.now();
      const answer = await new Browser().post('/sign-in/submit', { email });
      times.push(performance.now() - began);
      expect([answer.status, answer.headers.get('location')]).toEqual([303, '/sign-in/sent']);
    }
    for (const time of times) expect(time).toBeGreaterThanOrEqual(299);
    await awaitMails(dataDir, 'unknown@example.org', 1);
    expect(await mailsTo(dataDir, 'bounced@example.org')).toHaveLength(0);
  });

  test('by link: looking signs nobody in, the button does, and leads back to where one was', async () => {
    const browser = new Browser();
    const { token } = await askToSignIn(browser, 'link@example.org', '/papers/1');
    const path = `/sign-in/confirm?token=${token}`;
    for (const method of ['GET', 'HEAD', 'OPTIONS']) await browser.ask(path, { method });
    expect(browser.cookies.has('session')).toBe(false);
    expect(await browser.page(path)).toContain('link@example.org');
    const done = await browser.post('/sign-in/confirm/submit', { token });
    expect([done.status, done.headers.get('location')]).toEqual([303, '/papers/1']);
    const session = done.headers.getSetCookie().find((line) => line.startsWith('session='))!;
    expect(session).toMatch(/; HttpOnly/);
    expect(session).toMatch(/; SameSite=Lax/);
    expect(await browser.page('/account')).toContain('link@example.org');
    const again = await browser.post('/sign-in/confirm/submit', { token });
    expect(again.headers.get('location')).toContain('problem=void');
  });

  test('by code: in the browser that asked, or beside the link in another one', async () => {
    const [asking, other] = [new Browser(), new Browser()];
    const { token, code } = await askToSignIn(asking, 'code@example.org');
    expect(await other.page(`/sign-in/confirm?token=${token}`)).not.toContain('code@example.org');
    await other.post('/sign-in/confirm/submit', { token });
    await other.post('/sign-in/confirm/submit', { code });
    expect(other.cookies.has('session')).toBe(false);
    await asking.post('/sign-in/confirm/submit', { code });
    expect(asking.cookies.has('session')).toBe(true);
    const second = await askToSignIn(asking, 'code@example.org', '', 2);
    await other.post('/sign-in/confirm/submit', second);
    expect(other.cookies.has('session')).toBe(true);
  });

  test('sends nobody on to another site', async () => {
    for (const next of ['https://evil.example', '//evil.example', '/\\evil.example', '/a\nb']) {
      const browser = new Browser();
      await browser.post('/sign-in/submit', { email: 'next@example.org', next });
      const { token } = await askToSignIn(browser, 'next@example.org', next);
      const done = await browser.post('/sign-in/confirm/submit', { token });
      const location = done.headers.get('location')!;
      expect(['/account', '/sign-in?problem=void']).toContain(location);
    }
  });
});

describe('the account page', () => {
  test('sends whoever is not signed in to sign in, and is kept by no cache', async () => {
    const answer = await new Browser().ask('/account');
    expect([307, 303, 302]).toContain(answer.status);
    expect(answer.headers.get('location')).toContain('/sign-in?next=%2Faccount');
    const browser = await signedIn('cache@example.org');
    const own = await browser.ask('/account');
    expect(own.headers.get('cache-control')).toMatch(/no-store|private/);
    // Pages that a cache holds are the same for everybody.
    expect(await browser.page('/papers/1')).toBe(await new Browser().page('/papers/1'));
  });

  test('lists browsers and signs them out', async () => {
    const one = await signedIn('devices@example.org');
    const two = await signedIn('devices@example.org', 2);
    const page = await one.page('/account');
    const [, id] = /name="id" value="(\d+)"/.exec(page)!;
    await one.post('/account/sessions/submit', { id: id! });
    expect((await two.ask('/account')).status).not.toBe(200);
    await one.post('/account/sign-out/submit', {});
    expect(one.cookies.has('session')).toBe(false);
    expect(await db.session.count({ where: { reader: { email: 'devices@example.org' } } })).toBe(0);
  });

  test('makes a token, shows it once, and revokes it', async () => {
    const browser = await signedIn('tokens@example.org');
    const form = new URLSearchParams([
      ['do', 'create'],
      ['name', 'My <notes>'],
      ['scope', 'read'],
      ['scope', 'write'],
    ]);
    await browser.post('/account/tokens/submit', form);
    const shown = await browser.page('/account');
    const [token] = /broadsheet_[\w-]{43}/.exec(shown)!;
    const later = await browser.page('/account');
    expect(later).toContain('My &lt;notes&gt;');
    expect(later).not.toContain(token);
    const row = await db.personalToken.findFirstOrThrow({ where: { name: 'My <notes>' } });
    expect(row.scopes).toEqual(['read', 'write']);
    await browser.post('/account/tokens/submit', { do: 'revoke', id: String(row.id) });
    expect(await db.personalToken.count({ where: { id: row.id } })).toBe(0);
  });

  test('moves to another address only by a link that is mailed just then', async () => {
    const browser = await signedIn('moving@example.org');
    const form = { email: 'elsewhere@example.org' };
    const asked = await browser.post('/account/move/submit', form);
    expect(asked.headers.get('location')).toBe('/account?done=asked');
    const mail = (await awaitMails(dataDir, 'moving@example.org', 2)).at(-1)!;
    expect(mail.text).toContain('/account/move?token=');
    expect(await mailsTo(dataDir, 'elsewhere@example.org')).toHaveLength(0);
  });

  test('gives everything as a zip, and erases it after asking', async () => {
    const browser = await signedIn('own@example.org');
    const file = await browser.post('/account/export/submit', {});
    expect(file.headers.get('content-type')).toBe('application/zip');
    const data = JSON.parse(
      strFromU8(unzipSync(new Uint8Array(await file.arrayBuffer()))['reader.json']!),
    );
    expect(data).toMatchObject({ email: 'own@example.org', sessions: [{}] });
    expect(await browser.page('/account/erase')).toContain('name="sure"');
    await browser.post('/account/erase/submit', {});
    expect(await db.reader.count({ where: { email: 'own@example.org' } })).toBe(1);
    const done = await browser.post('/account/erase/submit', { sure: 'yes' });
    expect(done.headers.get('location')).toBe('/preferences/erased');
    expect(await db.reader.count({ where: { email: 'own@example.org' } })).toBe(0);
    expect(browser.cookies.has('session')).toBe(false);
  });
});

test('forms that a session opens are refused where a browser says that another site sent them', async () => {
  const browser = await signedIn('forged@example.org');
  const reader = await db.reader.findUniqueOrThrow({ where: { emailKey: 'forged@example.org' } });
  const state = async () =>
    JSON.stringify([
      await db.reader.count({ where: { id: reader.id } }),
      await db.session.findMany({ where: { readerId: reader.id }, select: { id: true } }),
      await db.personalToken.count({ where: { readerId: reader.id } }),
    ]);
  const before = await state();
  const { id } = await db.session.findFirstOrThrow({ where: { readerId: reader.id } });
  const forms: [string, Record<string, string>][] = [
    ['/account/sign-out/submit', {}],
    ['/account/sessions/submit', { id: String(id) }],
    ['/account/tokens/submit', { do: 'create', name: 'a', scope: 'account' }],
    ['/account/export/submit', {}],
    ['/account/erase/submit', { sure: 'yes' }],
    ['/account/move/submit', {}],
  ];
  const forged: Record<string, string>[] = [
    { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' },
    { origin: 'https://evil.example', 'sec-fetch-site': 'same-origin' },
    { origin: 'null', 'sec-fetch-site': 'same-origin' },
    { origin: url, 'sec-fetch-site': 'cross-site' },
    { origin: url, 'sec-fetch-site': 'same-site' },
  ];
  for (const [path, form] of forms) {
    for (const headers of forged) {
      const answer = await browser.post(path, form, headers);
      expect(answer.status, `${path} ${JSON.stringify(headers)}`).toBe(403);
      expect(await state(), path).toBe(before);
    }
  }
});

test('the command line makes a token, and a reader where there is none', async () => {
  const made = await cli(
    ['readers', 'token', 'Program@example.org', '--scope', 'read,write,account'],
    { DATA_DIR: dataDir },
  );
  expect(made.code, made.err).toBe(0);
  const last = made.out.trimEnd().split('\n').at(-1);
  expect(last).toMatch(/^broadsheet_[\w-]{43}$/);
  expect(await db.reader.findUnique({ where: { emailKey: 'program@example.org' } })).toMatchObject({
    status: 'unsubscribed',
  });
  const wrong = await cli(['readers', 'token', 'a@example.org', '--scope', 'admin'], {
    DATA_DIR: dataDir,
  });
  expect(wrong.code).not.toBe(0);
  expect(wrong.err).toContain('read, write and account');
});
