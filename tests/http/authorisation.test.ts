import { afterAll, describe, expect, inject, test } from 'vitest';
import { openDatabase } from '@/lib/db/client';
import { PURPOSES, type Purpose, signToken, tokenHash } from '@/lib/subscribers/link-tokens';
import { DEFAULT_PREFERENCES } from '@/lib/subscribers/preferences';
import { subscriptionColumns } from '@/lib/subscribers/subscription-store';

/**
 * Every route that takes a link, with every kind of link and none, by every method: who may do what. After
 * each request the reader's state is compared; only what the table allows may have changed it.
 */
const { url, dataDir, secret } = inject('server');
const db = openDatabase({ dataDir });
afterAll(() => db.$disconnect());

type Row = Awaited<ReturnType<typeof makeReader>>;

let count = 0;
async function makeReader(status: 'pending' | 'active' = 'active') {
  const email = `table-${++count}@example.org`;
  const reader = await db.reader.create({
    data: {
      email,
      emailKey: email,
      addressHash: email,
      status,
      subscriptions: {
        create: { ...subscriptionColumns(DEFAULT_PREFERENCES), nextRunAt: '2999-01-01T00:00:00Z' },
      },
    },
    include: { subscriptions: true },
  });
  const delivery = await db.delivery.create({
    data: {
      subscriptionId: reader.subscriptions[0]!.id,
      cadence: 'weekly',
      localPeriod: '2026-W01',
      domain: 'example.org',
      status: 'sent',
      notBefore: new Date(),
      staleAt: new Date(),
      plannedAt: new Date(),
    },
  });
  return { ...reader, delivery };
}

/** A link for the purpose, as a mail would have it. */
async function linkFor(reader: Row, purpose: Purpose): Promise<string> {
  const now = new Date();
  const kind = ({ confirm: 'confirm', 'change-address': 'change_address' } as const)[
    purpose as 'confirm'
  ];
  const owner = { readerKey: reader.key, epoch: 0 };
  if (!kind) {
    const subject = purpose === 'issue' ? reader.delivery.key : undefined;
    return signToken(purpose, { ...owner, ...(subject && { subject }) }, now, secret);
  }
  const mail = await db.transactionalMail.create({
    data: {
      readerId: reader.id,
      kind,
      email: kind === 'confirm' ? reader.email : `new-${reader.email}`,
      createdAt: now,
      // Nobody sends it.
      notBefore: '2999-01-01T00:00:00Z',
    },
  });
  const token = signToken(purpose, { ...owner, subject: mail.key }, now, secret);
  await db.transactionalMail.update({
    where: { id: mail.id },
    data: { tokenHash: tokenHash(token) },
  });
  return token;
}

const state = (id: number) =>
  db.reader
    .findUnique({
      where: { id },
      include: {
        subscriptions: true,
        consents: true,
        votes: true,
        mails: { select: { id: true, usedAt: true, kind: true }, orderBy: { id: 'asc' } },
      },
    })
    .then((reader) => JSON.stringify(reader));

interface Route {
  path: string;
  /** The link that opens it. */
  purpose: Purpose;
  /** What its form has besides the link; a page that has none changes nothing. */
  form?: Record<string, string>;
  /** The link stands in the address, as mail providers post it. */
  inAddress?: boolean;
  status?: 'pending';
}

const ROUTES: Route[] = [
  { path: '/confirm', purpose: 'confirm' },
  { path: '/confirm/address', purpose: 'change-address' },
  { path: '/preferences', purpose: 'preferences' },
  { path: '/preferences/preview', purpose: 'preferences' },
  { path: '/preferences/preview/mail', purpose: 'preferences' },
  { path: '/unsubscribe', purpose: 'unsubscribe' },
  { path: '/feedback', purpose: 'feedback' },
  { path: '/digests/issue', purpose: 'issue' },
  { path: '/account/move', purpose: 'move' },
  { path: '/account/export', purpose: 'export' },
  { path: '/account/erase', purpose: 'erase' },
  { path: '/confirm/submit', purpose: 'confirm', form: {}, status: 'pending' },
  { path: '/confirm/address/submit', purpose: 'change-address', form: {} },
  { path: '/preferences/save', purpose: 'preferences', form: { hour: '5' } },
  { path: '/preferences/pause', purpose: 'preferences', form: {} },
  { path: '/preferences/move', purpose: 'preferences', form: {} },
  { path: '/preferences/export', purpose: 'preferences', form: {} },
  { path: '/preferences/erase', purpose: 'preferences', form: { sure: 'yes' } },
  { path: '/unsubscribe/submit', purpose: 'unsubscribe', form: {} },
  {
    path: '/unsubscribe/one-click',
    purpose: 'unsubscribe',
    form: { 'List-Unsubscribe': 'One-Click' },
    inAddress: true,
  },
  { path: '/feedback/submit', purpose: 'feedback', form: { do: 'pause' } },
  { path: '/account/move/submit', purpose: 'move', form: { email: 'elsewhere@example.net' } },
  { path: '/account/erase/submit', purpose: 'erase', form: { sure: 'yes' } },
];
const METHODS = ['GET', 'HEAD', 'OPTIONS', 'POST', 'PUT', 'PATCH', 'DELETE'];

function ask(route: Route, method: string, token: string | null): Promise<Response> {
  const address = new URL(route.path, url);
  const form = new URLSearchParams(route.form);
  if (token !== null) {
    form.set('token', token);
    address.searchParams.set('token', token);
  }
  // Where a form carries the link, the address must not count; so it says it too.
  return fetch(address, {
    method,
    redirect: 'manual',
    headers: { origin: url },
    ...(method === 'GET' || method === 'HEAD' || method === 'OPTIONS' ? {} : { body: form }),
  });
}

const purposes = Object.keys(PURPOSES) as Purpose[];

/** Every visitor who has no link for the route: nobody, another purpose's, a stranger's secret, an old epoch. */
async function strangers(reader: Row, purpose: Purpose): Promise<[string, string | null][]> {
  const others = purposes.filter((other) => other !== purpose);
  const owner = { readerKey: reader.key, epoch: 0 };
  const now = new Date();
  const good = signToken(purpose, owner, now, secret);
  return [
    ['no link', null],
    ['an empty link', ''],
    ['a cut link', good.slice(0, -4)],
    ['a link signed with another secret', signToken(purpose, owner, now, `${secret}x`)],
    ['a revoked link', signToken(purpose, { ...owner, epoch: 1 }, now, secret)],
    ['an expired link', signToken(purpose, owner, new Date('2020-01-01T00:00:00Z'), secret)],
    ...(await Promise.all(
      others.map(
        async (other): Promise<[string, string]> => [
          `the link to ${other}`,
          await linkFor(reader, other),
        ],
      ),
    )),
  ];
}

describe.each(ROUTES)('$path', (route) => {
  test(`changes nothing without the link to ${route.purpose}, by any method`, async () => {
    const reader = await makeReader(route.status);
    const visitors = await strangers(reader, route.purpose);
    const before = await state(reader.id);
    for (const [name, token] of visitors) {
      for (const method of METHODS) {
        const answer = await ask(route, method, token);
        const body = await answer.text();
        expect(answer.status, `${method} with ${name}`).toBeLessThan(500);
        expect(body, `${method} with ${name}`).not.toContain(reader.email);
        expect(await state(reader.id), `${method} with ${name}`).toBe(before);
      }
    }
  }, 120_000);

  test(`with it, ${route.form ? 'POST alone changes' : 'no method changes'} the reader`, async () => {
    const reader = await makeReader(route.status);
    const token = await linkFor(reader, route.purpose);
    const before = await state(reader.id);
    for (const method of METHODS) {
      if (method === 'POST' && route.form) continue;
      const answer = await ask(route, method, token);
      await answer.arrayBuffer();
      expect(answer.status, method).toBeLessThan(500);
      expect(await state(reader.id), method).toBe(before);
    }
    if (!route.form) return;
    await ask(route, 'POST', token);
    expect(await state(reader.id)).not.toBe(before);
  }, 60_000);
});

test('what is kept about a reader is given out for the link to it alone, by POST', async () => {
  const reader = await makeReader();
  const route: Route = { path: '/account/export/submit', purpose: 'export', form: {} };
  for (const [name, token] of await strangers(reader, 'export')) {
    for (const method of METHODS) {
      const answer = await ask(route, method, token);
      expect(answer.headers.get('content-type') ?? '', `${method} with ${name}`).not.toMatch(/zip/);
      expect(await answer.text(), `${method} with ${name}`).not.toContain(reader.email);
    }
  }
  const token = await linkFor(reader, 'export');
  for (const method of METHODS) {
    const answer = await ask(route, method, token);
    const isFile = answer.headers.get('content-type') === 'application/zip';
    expect(isFile, method).toBe(method === 'POST');
    await answer.arrayBuffer();
  }
}, 120_000);

test('forms from another site change nothing, whatever link they carry', async () => {
  for (const route of ROUTES) {
    if (!route.form || route.inAddress) continue;
    const reader = await makeReader(route.status);
    const token = await linkFor(reader, route.purpose);
    const before = await state(reader.id);
    const answer = await fetch(new URL(route.path, url), {
      method: 'POST',
      headers: { origin: 'https://evil.example' },
      body: new URLSearchParams({ ...route.form, token }),
    });
    expect(answer.status, route.path).toBe(403);
    expect(await state(reader.id), route.path).toBe(before);
  }
}, 60_000);
