import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { preview } from '@/lib/digest/preview';
import { createMailer } from '@/lib/mail/send/create-mailer';
import { eraseReader } from '@/lib/mail/send/erase';
import { sendTransactionalMails } from '@/lib/mail/transactional/send';
import { addressHashes, parseAddress } from '@/lib/subscribers/email-address';
import { readImportRow } from '@/lib/subscribers/import-row';
import { activeReaders, importReaders } from '@/lib/subscribers/import-store';
import { leave, unsuppress } from '@/lib/subscribers/leave';
import { holderOf } from '@/lib/subscribers/link-holder';
import { PURPOSES, type Purpose, signToken } from '@/lib/subscribers/link-tokens';
import { askForAddress, askForTask, confirmAddress } from '@/lib/subscribers/own-data';
import { DEFAULT_PREFERENCES } from '@/lib/subscribers/preferences';
import { findByEmailKey, findReader } from '@/lib/subscribers/reader-store';
import { confirm, signUp } from '@/lib/subscribers/sign-up';
import { fitsSuppressionKey, rehashReaders } from '@/lib/subscribers/suppression-key-store';
import { suppressReader } from '@/lib/subscribers/suppression-store';
import { mailToken } from '@/lib/subscribers/transactional-mail-store';
import { emptyTables, testDatabase } from '../database';
import {
  addPapers,
  addReader,
  type Sink,
  SECRET as secret,
  startSink,
  toolsFor,
} from '../digest/world';

const db = await testDatabase();
const sink: Sink = await startSink();
const dataDir = await mkdtemp(join(tmpdir(), 'broadsheet-own-data-'));
afterAll(async () => {
  await sink.stop();
  await rm(dataDir, { recursive: true });
});
beforeEach(() => emptyTables(db));

const now = new Date('2026-11-23T12:00:00Z');
/** As `addReader` hashes. */
const suppressionKey = secret;
const evidence = { ip: null, userAgent: null };
const membership = { isPrivate: false, allowedDomains: null };
const keys = { evidence, secret, suppressionKey, membership, now };

function address(text: string) {
  const parsed = parseAddress(text);
  if (!parsed.ok) throw new Error(parsed.problem);
  return parsed.address;
}

async function tokenFor(readerId: number, purpose: Purpose, signedWith = secret) {
  const { key: readerKey, tokenEpoch: epoch } = await db.reader.findUniqueOrThrow({
    where: { id: readerId },
  });
  return signToken(purpose, { readerKey, epoch }, now, signedWith);
}

async function sendAll() {
  const tools = toolsFor(sink.url);
  await sendTransactionalMails(db, tools, { now, budgetMs: 20_000 });
  await tools.mailer.close();
}

test('a link for what only the owner may do comes by mail, one for each task', async () => {
  const { readerId } = await addReader(db, 'owner@example.org');
  const { reader } = (await findReader(db, readerId))!;
  for (const task of ['move', 'export', 'erase'] as const) {
    expect(await askForTask(db, reader, task, { secret, now })).toBe(true);
  }
  expect(await askForTask(db, reader, 'erase', { secret, now })).toBe(false);
  await sendAll();
  const mails = await sink.mailsTo('owner@example.org');
  const opened = mails.map(({ text }) => /\/account\/(\w+)\?token=(\S+)/.exec(text!)!.slice(1));
  expect(opened.map(([task]) => task).sort()).toEqual(['erase', 'export', 'move']);
  for (const [task, token] of opened) {
    for (const purpose of Object.keys(PURPOSES) as Purpose[]) {
      const holder = await holderOf(db, purpose, token, { secret, now });
      expect(holder.ok).toBe(purpose === task);
    }
  }
});

test('who moves to another address is told so at the old one, which does not learn the new one', async () => {
  const { readerId } = await addReader(db, 'before@example.org');
  const { reader } = (await findReader(db, readerId))!;
  await askForAddress(db, reader, address('after@example.org'), keys);
  const [mail] = await db.transactionalMail.findMany();
  expect(await confirmAddress(db, mailToken(mail!, reader, secret), keys)).toMatchObject({
    ok: true,
    reader: { email: 'after@example.org' },
  });
  await sendAll();
  const [told] = await sink.mailsTo('before@example.org');
  expect(told!.subject).toBe('Your digest now goes to a different address');
  expect(told!.text).not.toContain('after@example.org');
});

test('after a rotation old links unsubscribe and do nothing else; after the next, nothing', async () => {
  const { readerId } = await addReader(db, 'reader@example.org');
  const rotated = { secret: 'the secret after the rotation', previousSecret: secret, now };
  for (const purpose of Object.keys(PURPOSES) as Purpose[]) {
    const token = await tokenFor(readerId, purpose);
    expect((await holderOf(db, purpose, token, rotated)).ok).toBe(purpose === 'unsubscribe');
  }
  const token = await tokenFor(readerId, 'unsubscribe');
  const again = {
    ...rotated,
    secret: 'the secret after another one',
    previousSecret: rotated.secret,
  };
  expect(await leave(db, token, 'test', { ...again, evidence })).toMatchObject({
    problem: 'invalid',
  });
  expect((await leave(db, token, 'test', { ...rotated, evidence })).ok).toBe(true);
});

test('who was erased is known under every new secret, and a lost key is noticed', async () => {
  const { readerId } = await addReader(db, 'erased@example.org');
  await addReader(db, 'other@example.org');
  await eraseReader(db, readerId, { dataDir, now });
  const rotated = { ...keys, secret: 'the secret after the rotation' };
  await signUp(db, address('erased@example.org'), DEFAULT_PREFERENCES, rotated);
  expect(await findByEmailKey(db, 'erased@example.org')).toBeNull();
  expect(await fitsSuppressionKey(db, suppressionKey)).toBe(true);
  expect(await fitsSuppressionKey(db, 'another key of some length')).toBe(false);
  expect(await rehashReaders(db, 'another key of some length')).toEqual({ renewed: 1, void: 1 });
  expect(await fitsSuppressionKey(db, 'another key of some length')).toBe(true);
});

test('a preview has no signed link: who looks at one would have fresh ones for good', async () => {
  const { readerId } = await addReader(db, 'reader@example.org', {
    nextRunAt: '2026-11-24T08:00:00Z',
  });
  await addPapers(db, [{ id: 1 }, { id: 2 }]);
  const { subscription } = (await findReader(db, readerId))!;
  const { site } = toolsFor(sink.url);
  const shown = await preview(db, subscription, {
    site,
    search: async () => [],
    subject: null,
    now,
  });
  if (!('html' in shown)) throw new Error(shown.nothing);
  expect(shown.html).toContain('Paper 1');
  expect(shown.html).toContain('https://papers.example.org/preferences');
  expect(shown.html).not.toContain('token=');
});

describe('erasing', () => {
  test('removes the mails to all addresses of the reader from the outbox, and no other', async () => {
    const { readerId } = await addReader(db, 'Gone@example.org');
    await db.transactionalMail.create({
      data: {
        readerId,
        kind: 'change_address',
        email: 'new@example.org',
        createdAt: now,
        notBefore: now,
      },
    });
    const mailer = createMailer({ smtpUrl: null, dataDir });
    for (const to of ['Gone@example.org', 'new@example.org', 'ungone@example.org']) {
      const raw = Buffer.from(
        `From: a@b.org\r\nTo: ${to}\r\nSubject: x\r\n\r\nTo: Gone@example.org\r\n`,
      );
      await mailer.send({ envelope: { from: 'a@b.org', to }, raw });
    }
    await writeFile(
      join(dataDir, 'outbox/20261123-080000000-0a.eml.part'),
      'To: gone@example.org\n',
    );
    await eraseReader(db, readerId, { dataDir, now });
    expect(await readdir(join(dataDir, 'outbox'))).toHaveLength(1);
    expect(await db.suppression.count()).toBe(1);
  });
});

describe('lifting a suppression', () => {
  const lift = (email: string) => {
    const { key } = address(email);
    return unsuppress(db, { key, hashes: addressHashes(key, suppressionKey) }, 'they asked', now);
  };

  test.each([
    ['hard_bounce', 'active', 'active'],
    ['complaint', 'lifted', 'unsubscribed'],
  ] as const)('after a %s: the reader is %s', async (reason, says, status) => {
    const { readerId, subscriptionId } = await addReader(db, 'reader@example.org');
    await suppressReader(db, readerId, '550 no such user', now, reason);
    expect(await lift('reader@example.org')).toBe(says);
    const { reader, subscription } = (await findReader(db, readerId))!;
    expect([reader.status, subscription.id]).toEqual([status, subscriptionId]);
    expect(subscription.nextRunAt !== null).toBe(status === 'active');
    expect(await db.suppression.findFirst()).toMatchObject({ liftedWhy: 'they asked' });
    expect(await db.consentEvent.findMany({ where: { kind: 'unsuppressed' } })).toHaveLength(1);
    // It can be suppressed again.
    await db.reader.update({ where: { id: readerId }, data: { status: 'active' } });
    await suppressReader(db, readerId, '550 again', now);
    expect(await db.suppression.findFirst()).toMatchObject({ liftedAt: null, note: '550 again' });
  });

  test('lets an erased address sign up again, and one that is not suppressed is told', async () => {
    const { readerId } = await addReader(db, 'reader@example.org');
    await eraseReader(db, readerId, { dataDir, now });
    expect(await lift('nobody@example.org')).toBeNull();
    expect(await lift('reader@example.org')).toBe('lifted');
    await signUp(db, address('reader@example.org'), DEFAULT_PREFERENCES, keys);
    expect(await findByEmailKey(db, 'reader@example.org')).toMatchObject({
      reader: { status: 'pending' },
    });
  });
});

describe('importing readers', () => {
  const row = (columns: Record<string, string>) => {
    const read = readImportRow(columns, suppressionKey, now);
    if (!read.ok) throw new Error(read.problem);
    return read.row;
  };
  const AGREED = { confirmed_at: '2024-02-29T12:34:56Z', source: 'the old newsletter' };
  const take = (...rows: Record<string, string>[]) =>
    importReaders(db, rows.map(row), { secret, now });

  test('with consent makes them active by it; without, asks them; and again changes nothing', async () => {
    const rows = [
      { email: 'a@example.org', ...AGREED, tags: 'peft robotics', cadence: 'daily', hour: '7' },
      { email: 'b@example.org', confirmed_at: '', source: '' },
      { email: 'c@example.org', confirmed_at: '2024-01-01', source: '' },
      { email: 'A@example.org', ...AGREED },
    ];
    expect(await take(...rows)).toEqual({ active: 1, asked: 2, known: 1, suppressed: 0 });
    const [a] = await db.reader.findMany({
      where: { emailKey: 'a@example.org' },
      include: { subscriptions: true, follows: true, consents: true },
    });
    expect(a).toMatchObject({
      status: 'active',
      confirmedAt: new Date(AGREED.confirmed_at),
      subscriptions: [
        {
          cadence: 'daily',
          hour: 7,
          nextRunAt: new Date('2026-11-24T07:00:00Z'),
        },
      ],
      follows: [
        { kind: 'tag', value: 'peft' },
        { kind: 'tag', value: 'robotics' },
      ],
      consents: [{ kind: 'confirmed', wording: 'Imported; agreed at: the old newsletter' }],
    });
    const include = { subscriptions: true, follows: true, consents: true };
    const before = await db.reader.findMany({ include });
    expect(await take(...rows)).toEqual({ active: 0, asked: 0, known: 4, suppressed: 0 });
    expect(await db.reader.findMany({ include })).toEqual(before);
    expect((await db.transactionalMail.findMany()).map(({ kind }) => kind)).toEqual([
      'confirm',
      'confirm',
    ]);
  });

  test('skips who is suppressed, under every address of a mailbox, and leaves who left alone', async () => {
    const { readerId } = await addReader(db, 'a.b@gmail.com');
    await eraseReader(db, readerId, { dataDir, now });
    const left = await addReader(db, 'left@example.org');
    await leave(db, await tokenFor(left.readerId, 'unsubscribe'), 'x', { ...keys });
    expect(
      await take(
        { email: 'ab@googlemail.com', ...AGREED },
        { email: 'a.b+x@gmail.com', confirmed_at: '', source: '' },
        { email: 'left@example.org', ...AGREED },
      ),
    ).toEqual({ active: 0, asked: 0, known: 1, suppressed: 2 });
    expect((await findReader(db, left.readerId))!.reader.status).toBe('unsubscribed');
  });

  test('makes who waits for a confirmation active, whose mail is void then', async () => {
    await signUp(db, address('p@example.org'), DEFAULT_PREFERENCES, keys);
    expect(await take({ email: 'p@example.org', ...AGREED, hour: '5' })).toMatchObject({
      active: 1,
    });
    const [mail] = await db.transactionalMail.findMany();
    const { reader, subscription } = (await findByEmailKey(db, 'p@example.org'))!;
    expect([reader.status, subscription.hour]).toEqual(['active', 5]);
    expect(await confirm(db, mailToken(mail!, reader, secret), keys)).toEqual({
      ok: false,
      problem: 'used',
    });
  });

  test('gives out what it took in', async () => {
    await take({ email: 'a@example.org', ...AGREED, tags: 'peft', timezone: 'Europe/Berlin' });
    await addReader(db, 'here@example.org', { hour: 6 });
    expect(await activeReaders(db, 0, 10)).toMatchObject([
      {
        email: 'a@example.org',
        confirmedAt: new Date(AGREED.confirmed_at),
        source: 'the old newsletter',
        tags: ['peft'],
        cadence: 'weekly',
        timezone: 'Europe/Berlin',
      },
      { email: 'here@example.org', source: null, hour: 6 },
    ]);
  });

  test.each([
    [{ email: 'nobody' }, /one address/],
    [{ email: 'a@example.org', confirmed_at: 'yesterday', source: 'x' }, /confirmed_at/],
    [{ email: 'a@example.org', confirmed_at: '2027-01-01', source: 'x' }, /future/],
    [{ email: 'a@example.org', cadence: 'hourly' }, /cadence/],
    [{ email: 'a@example.org', hour: '24' }, /hour/],
    [{ email: 'a@example.org', tags: 'no-such-tag' }, /no tag/],
  ])('refuses %j and says why', (columns, why) => {
    const read = readImportRow(columns, suppressionKey, now);
    expect(read).toMatchObject({ ok: false, problem: expect.stringMatching(why) });
  });
});
