import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { sendTransactionalMails } from '@/lib/mail/transactional/send';
import { createToken, findToken, revokeToken, tokensOf } from '@/lib/readers/personal-token-store';
import {
  findSession,
  forgetSessions,
  revokeSession,
  sessionsOf,
} from '@/lib/readers/session-store';
import { askToSignIn, signIn, standingOf } from '@/lib/readers/sign-in';
import { MOST_TRIES } from '@/lib/readers/sign-in-store';
import { parseAddress } from '@/lib/subscribers/email-address';
import type { Membership } from '@/lib/subscribers/membership';
import { suppressReader } from '@/lib/subscribers/suppression-store';
import { emptyTables, testDatabase } from '../database';
import { addReader, type Sink, SECRET as secret, startSink, toolsFor } from '../digest/world';

const db = await testDatabase();
const sink: Sink = await startSink();
afterAll(() => sink.stop());
beforeEach(() => emptyTables(db));

const now = new Date('2026-11-23T12:00:00Z');
const minutes = (count: number) => new Date(now.getTime() + count * 60_000);
const HERE = 'the browser that asked';
const EVERYBODY: Membership = { isPrivate: false, allowedDomains: null };
const keys = { secret, suppressionKey: secret, now };

let count = 0;
/** An address that no other test wrote to. */
const fresh = () => `reader-${++count}@example.org`;

async function ask(email: string, at = now, membership = EVERYBODY) {
  const parsed = parseAddress(email);
  if (!parsed.ok) throw new Error(parsed.problem);
  await askToSignIn(db, parsed.address, HERE, { ...keys, membership, now: at });
}

async function mailed(email: string): Promise<{ token: string; code: string }> {
  const tools = toolsFor(sink.url);
  await sendTransactionalMails(db, tools, { now, budgetMs: 20_000 });
  await tools.mailer.close();
  const mails = await sink.mailsTo(email);
  const { text = '' } = mails.at(-1)!;
  return {
    token: /\/sign-in\/confirm\?token=(\S+)/.exec(text)![1]!,
    code: /^Code: (\d{6})$/m.exec(text)![1]!,
  };
}

async function asked(email = fresh()) {
  await ask(email);
  return { email, ...(await mailed(email)) };
}

const tryWith = (given: { token?: string; code?: string; browser?: string | null }, at = now) =>
  signIn(
    db,
    { token: '', code: '', browser: null, browserName: 'Firefox on Linux', ...given },
    { secret, now: at },
  );

describe('signing in by mail', () => {
  test('works by the link in the browser that asked, once', async () => {
    const { token, email } = await asked();
    expect(await standingOf(db, token, HERE, keys)).toEqual({ standing: 'here', email });
    const done = await tryWith({ token, browser: HERE });
    expect(done.ok).toBe(true);
    expect(await tryWith({ token, browser: HERE })).toEqual({ ok: false, problem: 'void' });
    expect((await standingOf(db, token, HERE, keys)).standing).toBe('void');
  });

  test('works by the code there, and elsewhere with the link, but by neither alone elsewhere', async () => {
    const first = await asked();
    expect(await tryWith({ code: first.code })).toEqual({ ok: false, problem: 'void' });
    expect(await tryWith({ token: first.token })).toEqual({ ok: false, problem: 'code' });
    expect(await tryWith({ token: first.token, browser: 'another' })).toEqual({
      ok: false,
      problem: 'code',
    });
    const split = `${first.code.slice(0, 3)} ${first.code.slice(3)}`;
    expect((await tryWith({ code: split, browser: HERE })).ok).toBe(true);
    const second = await asked();
    expect((await tryWith({ token: second.token, code: second.code })).ok).toBe(true);
  });

  test('a scanner that presses the button without the code takes no try', async () => {
    const { token, code } = await asked();
    for (let i = 0; i < 2 * MOST_TRIES; i++) await tryWith({ token });
    expect((await tryWith({ token, code })).ok).toBe(true);
  });

  test('five wrong codes end a request, also many at once, and the fifth may still be right', async () => {
    const { token, code, email } = await asked();
    const wrong = String((Number(code) + 1) % 1_000_000).padStart(6, '0');
    for (let i = 1; i < MOST_TRIES; i++) await tryWith({ code: wrong, browser: HERE });
    expect((await tryWith({ code, browser: HERE })).ok).toBe(true);
    await ask(email);
    const again = await mailed(email);
    const off = String((Number(again.code) + 1) % 1_000_000).padStart(6, '0');
    await Promise.all(Array.from({ length: 12 }, () => tryWith({ code: off, browser: HERE })));
    expect(await db.signIn.findFirst({ orderBy: { id: 'desc' } })).toMatchObject({
      tries: MOST_TRIES,
    });
    expect(await tryWith({ code: again.code, browser: HERE })).toEqual({
      ok: false,
      problem: 'void',
    });
    expect(await tryWith({ token: again.token, browser: HERE })).toEqual({
      ok: false,
      problem: 'void',
    });
    expect(token).not.toBe(again.token);
  });

  test('of two clicks at the same moment one signs in', async () => {
    const { token } = await asked();
    const done = await Promise.all([1, 2, 3].map(() => tryWith({ token, browser: HERE })));
    expect(done.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await db.session.count()).toBe(1);
  });

  test('ends after 15 minutes, with another request that was used, and when the address moves', async () => {
    const first = await asked();
    expect(await tryWith({ token: first.token, browser: HERE }, minutes(16))).toMatchObject({
      problem: 'void',
    });
    await ask(first.email);
    const second = await mailed(first.email);
    expect((await tryWith({ token: second.token, browser: HERE })).ok).toBe(true);
    expect(await tryWith({ token: first.token, browser: HERE })).toMatchObject({ problem: 'void' });
    await ask(first.email);
    const third = await mailed(first.email);
    await db.reader.updateMany({ data: { tokenEpoch: { increment: 1 } } });
    expect(await tryWith({ token: third.token, browser: HERE })).toMatchObject({ problem: 'void' });
  });

  test('makes a reader who gets no digest, and leaves a digest as it is', async () => {
    const { token, email } = await asked();
    expect(await db.reader.findUnique({ where: { emailKey: email } })).toMatchObject({
      status: 'pending',
    });
    await tryWith({ token, browser: HERE });
    expect(await db.reader.findUnique({ where: { emailKey: email } })).toMatchObject({
      status: 'unsubscribed',
      seenAt: now,
    });
    expect(await db.subscription.count()).toBe(0);
    expect(await db.consentEvent.count()).toBe(0);
    const subscriber = fresh();
    await addReader(db, subscriber);
    const own = await asked(subscriber);
    const before = await db.subscription.findMany();
    await tryWith({ token: own.token, browser: HERE });
    expect(await db.reader.findUnique({ where: { emailKey: subscriber } })).toMatchObject({
      status: 'active',
    });
    expect(await db.subscription.findMany()).toEqual(before);
  });

  test('owes no mail to an address that bounced or complained', async () => {
    const { readerId } = await addReader(db, 'gone@example.org');
    await suppressReader(db, readerId, 'no such mailbox', now);
    await ask('gone@example.org');
    expect(await db.transactionalMail.count()).toBe(0);
    expect(await db.signIn.count()).toBe(0);
  });

  test('keeps neither the link, the code nor the key of a session', async () => {
    const { token, code } = await asked();
    const done = await tryWith({ token, browser: HERE });
    if (!done.ok) throw new Error(done.problem);
    const rows = JSON.stringify([
      await db.signIn.findMany(),
      await db.session.findMany(),
      await db.transactionalMail.findMany({
        select: { tokenHash: true, choices: true, note: true },
      }),
    ]);
    for (const key of [token, done.sessionKey, HERE, `"${code}"`]) expect(rows).not.toContain(key);
  });
});

describe('who gets a mail to sign in with', () => {
  const mails = () => db.transactionalMail.count();

  test.each([
    ['a@example.org', 1],
    ['a@EXAMPLE.org', 1],
    ['a@evil-example.org', 0],
    ['a@sub.example.org', 0],
    ['a@example.org.evil.example', 0],
  ])('with ALLOWED_DOMAINS=example.org, %s: %d', async (email, count) => {
    await ask(email, now, { isPrivate: true, allowedDomains: ['example.org'] });
    expect([await mails(), await db.reader.count()]).toEqual([count, count]);
  });

  test('a reader whose domain is not named gets none', async () => {
    await addReader(db, 'guest@example.net');
    await ask('guest@example.net', now, { isPrivate: true, allowedDomains: ['example.org'] });
    expect(await mails()).toBe(0);
  });

  test('on a private site without ALLOWED_DOMAINS, readers do and strangers do not', async () => {
    const membership = { isPrivate: true, allowedDomains: null };
    await ask('stranger@example.net', now, membership);
    expect([await mails(), await db.reader.count()]).toEqual([0, 0]);
    await addReader(db, 'guest@example.net');
    await ask('guest@example.net', now, membership);
    expect(await mails()).toBe(1);
  });
});

describe('sessions and personal tokens', () => {
  async function session() {
    const { token } = await asked();
    const done = await tryWith({ token, browser: HERE });
    if (!done.ok) throw new Error(done.problem);
    const actor = await findSession(db, done.sessionKey, [], now);
    return { key: done.sessionKey, actor: actor! };
  }

  test('a session ends when it is revoked, and 90 days after its last use', async () => {
    const { key, actor } = await session();
    expect(await findSession(db, `${key}x`, [], now)).toBeNull();
    const days = (count: number) => minutes(count * 24 * 60);
    expect(await findSession(db, key, [], days(80))).toEqual(actor);
    expect(await findSession(db, key, [], days(160))).toEqual(actor);
    expect(await findSession(db, key, [], days(260))).toBeNull();
    expect(await forgetSessions(db, days(160))).toBe(0);
    expect(await revokeSession(db, actor, actor.sessionId)).toBe(true);
    expect(await findSession(db, key, [], days(161))).toBeNull();
  });

  test('an admin is who has one of the addresses that are set, or the role, and nobody else', async () => {
    // The first reader of all.
    const { key, actor } = await session();
    const { email, id } = (await db.reader.findUnique({ where: { id: actor.readerId } }))!;
    const isAdmin = async (...admins: string[]) => (await findSession(db, key, admins, now))!.admin;
    expect(await isAdmin()).toBe(false);
    for (const other of [
      `x${email}`,
      `${email}.evil.example`,
      email.replace('@', '+a@'),
      'me',
      '',
    ]) {
      expect(await isAdmin(other), other).toBe(false);
    }
    expect(await isAdmin('somebody@example.org', email.toUpperCase())).toBe(true);
    await db.session.updateMany({ where: { readerId: id }, data: { admin: true } });
    expect(await isAdmin()).toBe(true);
  });

  test('nobody sees or revokes the sessions and tokens of another reader', async () => {
    const [one, other] = [await session(), await session()];
    const token = await createToken(db, one.actor, { name: 'Notes', scopes: ['read'] }, now);
    const [row] = await tokensOf(db, one.actor);
    expect(await tokensOf(db, other.actor)).toEqual([]);
    expect(await revokeToken(db, other.actor, row!.id)).toBe(false);
    expect(await revokeSession(db, other.actor, one.actor.sessionId)).toBe(false);
    expect((await sessionsOf(db, other.actor)).map(({ id }) => id)).toEqual([
      other.actor.sessionId,
    ]);
    expect(await findToken(db, token!, now)).toEqual({
      kind: 'token',
      readerId: one.actor.readerId,
      scopes: ['read'],
    });
  });

  test('a token is known until it is revoked, and is kept nowhere', async () => {
    const { actor } = await session();
    const token = await createToken(db, actor, { name: 'Notes', scopes: ['read', 'write'] }, now);
    expect(JSON.stringify(await db.personalToken.findMany())).not.toContain(token);
    expect(await findToken(db, token!.slice(0, -1), now)).toBeNull();
    const [row] = await tokensOf(db, actor);
    expect(await revokeToken(db, actor, row!.id)).toBe(true);
    expect(await findToken(db, token!, now)).toBeNull();
  });
});
