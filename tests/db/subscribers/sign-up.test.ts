import { createHmac } from 'node:crypto';
import { beforeEach, describe, expect, test } from 'vitest';
import { addressHash, parseAddress, type ReaderAddress } from '@/lib/subscribers/email-address';
import { leave } from '@/lib/subscribers/leave';
import { holderOf } from '@/lib/subscribers/link-holder';
import { signToken } from '@/lib/subscribers/link-tokens';
import type { Membership } from '@/lib/subscribers/membership';
import { DEFAULT_PREFERENCES } from '@/lib/subscribers/preferences';
import { erase, findReader } from '@/lib/subscribers/reader-store';
import { confirm, mayAsk, signUp } from '@/lib/subscribers/sign-up';
import { pause, savePreferences } from '@/lib/subscribers/subscription-store';
import { plan } from '@/lib/subscribers/timetable';
import { mailToken } from '@/lib/subscribers/transactional-mail-store';
import { emptyTables, testDatabase } from '../database';

const db = await testDatabase();
beforeEach(() => emptyTables(db));

const secret = 'a secret for tests, long enough';
const suppressionKey = 'a key for the suppression list of tests';
const now = new Date('2026-11-23T12:00:00Z');
const hours = (count: number) => new Date(now.getTime() + count * 3_600_000);
const evidence = { ip: '192.0.2.7', userAgent: 'Test' };

function address(text: string): ReaderAddress {
  const parsed = parseAddress(text);
  if (!parsed.ok) throw new Error(parsed.problem);
  return parsed.address;
}

const EVERYBODY: Membership = { isPrivate: false, allowedDomains: null };
const ask = (text: string, at = now, choices = DEFAULT_PREFERENCES, membership = EVERYBODY) =>
  signUp(db, address(text), choices, { evidence, secret, suppressionKey, membership, now: at });

const mails = () => db.transactionalMail.findMany({ orderBy: { id: 'asc' } });

type Mail = Awaited<ReturnType<typeof mails>>[number];

async function tokenOf(mail: Mail): Promise<string> {
  const owner = await db.reader.findUniqueOrThrow({ where: { id: mail.readerId } });
  return mailToken(mail, owner, secret)!;
}

async function confirmLast(at = now) {
  const mail = (await mails()).at(-1)!;
  return confirm(db, await tokenOf(mail), { evidence, secret, now: at });
}

describe('sign-up', () => {
  test('keeps who agreed to what, when and from where; and no token', async () => {
    await ask('Reader@example.org');
    await confirmLast();
    const events = await db.consentEvent.findMany({ orderBy: { id: 'asc' } });
    expect(events.map(({ kind, ip }) => [kind, ip])).toEqual([
      ['requested', '192.0.2.7'],
      ['confirmed', '192.0.2.7'],
    ]);
    expect(events[0]!.wording).toContain('every Monday at 08:00 (UTC)');
    const [mail] = await mails();
    const token = await tokenOf(mail!);
    expect(JSON.stringify(await db.transactionalMail.findMany())).not.toContain(token);
  });

  test('the consent record cannot be rewritten', async () => {
    await ask('reader@example.org');
    await expect(db.consentEvent.updateMany({ data: { ip: 'x' } })).rejects.toThrow(/append-only/);
  });

  test('an active reader is told so by mail and nothing changes', async () => {
    await ask('reader@example.org');
    await confirmLast();
    const before = await db.reader.findFirst({ include: { subscriptions: true } });
    await ask('READER@example.org');
    expect((await mails()).map(({ kind }) => kind)).toEqual(['confirm', 'known']);
    expect(await db.reader.findMany({ include: { subscriptions: true } })).toEqual([before]);
  });

  test('one address gets three mails in six hours at most, plus-addresses included', async () => {
    for (let i = 0; i < 10; i++) await ask(`reader+${i}@example.org`);
    expect(await mails()).toHaveLength(3);
  });

  test('one network, and one domain, cannot ask without end', async () => {
    let network = 0;
    for (let i = 0; i < 40; i++) {
      if (await mayAsk(db, address(`a${i}@d${i}.example`), '192.0.2.7', now)) network++;
    }
    expect(network).toBe(20);
    let domain = 0;
    for (let i = 0; i < 400; i++) {
      if (await mayAsk(db, address(`b${i}@example.org`), `10.0.${i % 7}.${i % 250}`, now)) domain++;
    }
    // Beyond it, each of the seven sites has three of its own.
    expect(domain).toBe(300 + 7 * 3);
  });

  test('nobody locks a domain out of sign-up for others', async () => {
    for (let i = 0; i < 400; i++) {
      await mayAsk(db, address(`a${i}@example.org`), `10.${i >> 8}.${i & 255}.1`, now);
    }
    expect(await mayAsk(db, address('reader@example.org'), '192.0.2.7', now)).toBe(true);
  });

  test.each([
    ['IPv6', (i: number) => `2001:db8:1:${i}::1`],
    ['IPv4', (i: number) => `198.51.100.${i}`],
  ])('a site with many %s addresses of its own cannot ask without end', async (_, addressOf) => {
    let asked = 0;
    for (let i = 0; i < 100; i++) {
      if (await mayAsk(db, address(`a@d${i}.example`), addressOf(i), now)) asked++;
    }
    expect(asked).toBe(60);
  });

  test('what strangers ask for an address that is known changes nothing before its owner agrees', async () => {
    const other = { ...DEFAULT_PREFERENCES, cadence: 'daily' as const, tags: ['robotics'] };
    const state = () =>
      db.reader.findMany({
        include: { subscriptions: true, follows: true },
        orderBy: { id: 'asc' },
      });
    await ask('reader@example.org');
    const pending = await state();
    await ask('READER@example.org', now, other);
    expect(await state()).toEqual(pending);
    // The first mail is confirmed, and so are its choices; the other one is void.
    const [first, second] = await mails();
    await confirm(db, await tokenOf(first!), { evidence, secret, now });
    expect((await state())[0]).toMatchObject({
      email: 'reader@example.org',
      subscriptions: [{ cadence: 'weekly' }],
      follows: [],
    });
    expect(await confirm(db, await tokenOf(second!), { evidence, secret, now })).toMatchObject({
      problem: 'used',
    });
    const token = signToken('unsubscribe', { readerKey: pending[0]!.key, epoch: 0 }, now, secret);
    await leave(db, token, 'test', { evidence, secret, now });
    const left = await state();
    await ask('reader@example.org', hours(7), other);
    expect(await state()).toEqual(left);
    await confirmLast(hours(7));
    expect((await state())[0]).toMatchObject({
      subscriptions: [{ cadence: 'daily' }],
      follows: [{ kind: 'tag', value: 'robotics' }],
    });
  });

  test.each(['a.b@gmail.com', 'ab+papers@gmail.com', 'A.B@googlemail.com'])(
    'the mailbox of %s is suppressed under all its addresses',
    async (email) => {
      const hash = addressHash('ab@gmail.com', suppressionKey);
      await db.suppression.create({ data: { addressHash: hash, reason: 'erased', at: now } });
      await ask(email);
      expect(await mails()).toEqual([]);
    },
  );

  test('an address at Gmail that was suppressed under itself alone, as before, stays so', async () => {
    const hash = createHmac('sha256', suppressionKey).update('suppression:a.b@gmail.com');
    const addressHash = hash.digest('hex');
    await db.suppression.create({ data: { addressHash, reason: 'erased', at: now } });
    await ask('a.b@gmail.com');
    expect(await mails()).toEqual([]);
  });

  test('a suppressed address gets nothing', async () => {
    const hash = addressHash('reader@example.org', suppressionKey);
    await db.suppression.create({ data: { addressHash: hash, reason: 'complaint', at: now } });
    await ask('reader@example.org');
    expect(await mails()).toEqual([]);
  });
});

describe('a confirmation link', () => {
  beforeEach(() => ask('reader@example.org'));

  test('is good once', async () => {
    expect((await confirmLast()).ok).toBe(true);
    expect(await confirmLast()).toEqual({ ok: false, problem: 'used' });
  });

  test('two clicks at the same moment activate once', async () => {
    const both = await Promise.all([confirmLast(), confirmLast()]);
    expect(both.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await db.consentEvent.count({ where: { kind: 'confirmed' } })).toBe(1);
  });

  test('expires', async () => {
    expect(await confirmLast(hours(50))).toEqual({ ok: false, problem: 'expired' });
  });

  test('does not bring the digest back after unsubscribing', async () => {
    await ask('reader@example.org');
    await confirmLast();
    const { id, key: readerKey } = (await db.reader.findFirst())!;
    const token = signToken('unsubscribe', { readerKey, epoch: 0 }, now, secret);
    await leave(db, token, 'test', { evidence, secret, now });
    const [first] = await mails();
    const again = await confirm(db, await tokenOf(first!), { evidence, secret, now });
    expect(again).toEqual({ ok: false, problem: 'used' });
    expect(await findReader(db, id)).toMatchObject({
      reader: { status: 'unsubscribed' },
      subscription: { nextRunAt: null },
    });
  });

  test('makes the first digest due at once', async () => {
    await confirmLast();
    expect((await db.subscription.findFirst())!.nextRunAt).toEqual(now);
  });
});

describe('a reader', () => {
  async function active() {
    await ask('reader@example.org');
    await confirmLast();
    const { id, readerId } = (await db.subscription.findFirst())!;
    const planned = plan({ ...DEFAULT_PREFERENCES }, now, now);
    await db.subscription.update({
      where: { id },
      data: { nextRunAt: planned.nextRunAt, coveredUntil: now },
    });
    await db.delivery.create({
      data: {
        subscriptionId: id,
        cadence: 'weekly',
        localPeriod: planned.period,
        domain: 'example.org',
        status: 'sent',
        notBefore: now,
        staleAt: hours(72),
        plannedAt: now,
      },
    });
    return (await findReader(db, readerId))!;
  }

  test('who moves the weekday gets no second digest in the same week', async () => {
    const subscriber = await active();
    await savePreferences(db, subscriber, { ...DEFAULT_PREFERENCES, weekday: 3 }, now);
    const { subscription } = (await findReader(db, subscriber.reader.id))!;
    expect(subscription.nextRunAt).toEqual(new Date('2026-12-02T08:00:00Z'));
  });

  test('who pauses for two weeks gets the first digest after them', async () => {
    const { reader, subscription } = await active();
    await pause(db, subscription, hours(14 * 24));
    expect(await findReader(db, reader.id)).toMatchObject({
      reader: { status: 'active' },
      subscription: { pausedUntil: hours(14 * 24), nextRunAt: new Date('2026-12-14T08:00:00Z') },
    });
  });

  test('who asks for it is erased, but for the hash that suppresses the address', async () => {
    const { reader } = await active();
    await erase(db, reader.id, now);
    for (const count of [
      db.reader.count(),
      db.subscription.count(),
      db.consentEvent.count(),
      db.transactionalMail.count(),
      db.delivery.count(),
    ]) {
      expect(await count).toBe(0);
    }
    expect(await db.suppression.findMany()).toMatchObject([
      { addressHash: addressHash('reader@example.org', suppressionKey), reason: 'erased' },
    ]);
  });

  test('whose links were revoked is not found by them', async () => {
    const { id, key: readerKey } = (await active()).reader;
    const token = signToken('preferences', { readerKey, epoch: 0 }, now, secret);
    expect((await holderOf(db, 'preferences', token, { secret, now })).ok).toBe(true);
    await db.reader.update({ where: { id }, data: { tokenEpoch: 1 } });
    expect(await holderOf(db, 'preferences', token, { secret, now })).toEqual({
      ok: false,
      problem: 'expired',
    });
  });
});

describe('on a private site', () => {
  const membership: Membership = { isPrivate: true, allowedDomains: ['example.org'] };
  const askPrivately = (text: string) => ask(text, now, DEFAULT_PREFERENCES, membership);

  test.each(['a@example.org', 'A@EXAMPLE.ORG'])('%s may ask for a digest', async (text) => {
    await askPrivately(text);
    expect(await mails()).toHaveLength(1);
  });

  test.each(['a@evil-example.org', 'a@sub.example.org', 'a@example.org.evil.example'])(
    '%s gets no mail, and leaves no trace',
    async (text) => {
      await askPrivately(text);
      expect([await mails(), await db.reader.count()]).toEqual([[], 0]);
    },
  );

  test('a reader who is here may, at any domain', async () => {
    await ask('guest@example.net');
    await askPrivately('guest@example.net');
    expect(await mails()).toHaveLength(2);
  });
});
