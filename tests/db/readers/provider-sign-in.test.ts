import { beforeEach, describe, expect, test } from 'vitest';
import type { ProviderPerson } from '@/lib/readers/identity-claims';
import { signInByProvider } from '@/lib/readers/provider-sign-in';
import { findSession, idTokenOf } from '@/lib/readers/session-store';
import { parseAddress } from '@/lib/subscribers/email-address';
import { exportReader } from '@/lib/subscribers/export-store';
import type { Membership } from '@/lib/subscribers/membership';
import { emptyTables, testDatabase } from '../database';
import { addReader } from '../digest/world';

const db = await testDatabase();
beforeEach(() => emptyTables(db));

const now = new Date('2026-11-23T12:00:00Z');
const EVERYBODY: Membership = { isPrivate: true, allowedDomains: null };
const OURS: Membership = { isPrivate: true, allowedDomains: ['example.org'] };

function person(subject: string, email: string | null, isAdmin = false): ProviderPerson {
  const parsed = email === null ? null : parseAddress(email);
  return {
    issuer: 'https://login.example.org',
    subject,
    address: parsed?.ok ? parsed.address : null,
    isAdmin,
  };
}

const signIn = (who: ProviderPerson, membership = EVERYBODY) =>
  signInByProvider(db, who, {
    browserName: 'Firefox on Linux',
    idToken: 'what was signed',
    membership,
    suppressionKey: 'a key for the suppression list of tests',
    now,
  });

async function readerOf(who: ProviderPerson, membership = EVERYBODY): Promise<number> {
  const done = await signIn(who, membership);
  if (!done.ok) throw new Error(done.problem);
  return done.readerId;
}

describe('signing in by an identity provider', () => {
  test('makes a reader without a digest the first time, and finds them the second time', async () => {
    const id = await readerOf(person('ada', 'ada@example.org'));
    expect(await readerOf(person('ada', 'ada@example.org'))).toBe(id);
    expect(await db.reader.findMany()).toMatchObject([{ id, status: 'unsubscribed' }]);
    expect(await db.identity.count()).toBe(1);
  });

  test('is that of the reader who is here, by a verified address alone', async () => {
    const { readerId } = await addReader(db, 'ada@example.org');
    expect(await signIn(person('mallory', null))).toEqual({ ok: false, problem: 'unverified' });
    expect(await db.session.count()).toBe(0);
    expect(await readerOf(person('ada', 'Ada@example.org'))).toBe(readerId);
  });

  test('follows the account, not the address', async () => {
    const ada = await readerOf(person('ada', 'ada@example.org'));
    // The provider gave Ada another address, and hers to somebody else.
    expect(await readerOf(person('ada', 'lovelace@example.org'))).toBe(ada);
    expect(await readerOf(person('ada', null))).toBe(ada);
    const grace = await readerOf(person('grace', 'grace@example.org'));
    expect(await readerOf({ ...person('ada', 'x@example.org'), issuer: 'https://other' })).not.toBe(
      ada,
    );
    expect(grace).not.toBe(ada);
  });

  test.each([
    ['ada@evil-example.org', 'domain'],
    ['ada@sub.example.org', 'domain'],
    [null, 'unverified'],
  ])('with ALLOWED_DOMAINS=example.org, %s is refused', async (email, problem) => {
    expect(await signIn(person('ada', email), OURS)).toEqual({ ok: false, problem });
    expect([await db.reader.count(), await db.session.count()]).toEqual([0, 0]);
  });

  test('a reader whose address there left the allowed domains is refused', async () => {
    await readerOf(person('ada', 'ada@example.org'), OURS);
    const moved = await signIn(person('ada', 'ada@elsewhere.example'), OURS);
    expect(moved).toEqual({ ok: false, problem: 'domain' });
  });

  test('two first times at once are one reader with one account', async () => {
    const both = await Promise.all([
      readerOf(person('ada', 'ada@example.org')),
      readerOf(person('ada', 'ada@example.org')),
    ]);
    expect(new Set(both).size).toBe(1);
    expect([await db.identity.count(), await db.session.count()]).toEqual([1, 2]);
  });

  test('the session is an admin’s where the provider says so, until the next one', async () => {
    const sessionOf = async (isAdmin: boolean) => {
      const done = await signIn(person('ada', 'ada@example.org', isAdmin));
      return (done.ok && (await findSession(db, done.sessionKey, [], now))) || null;
    };
    const first = await sessionOf(true);
    expect(first?.admin).toBe(true);
    expect(await idTokenOf(db, first!)).toBe('what was signed');
    expect((await sessionOf(false))?.admin).toBe(false);
  });

  test('accounts are part of the reader’s own data, and go with the reader', async () => {
    const id = await readerOf(person('ada', 'ada@example.org'));
    expect(JSON.stringify(await exportReader(db, id))).toContain('https://login.example.org');
    await db.reader.delete({ where: { id } });
    expect(await db.identity.count()).toBe(0);
  });
});
