import { beforeEach, describe, expect, test } from 'vitest';
import type { TransactionalMailKind } from '@/lib/db/generated/enums';
import { addressHash, parseAddress } from '@/lib/subscribers/email-address';
import { findReader, moveAddress } from '@/lib/subscribers/reader-store';
import { muteTag } from '@/lib/subscribers/subscription-store';
import { claimMails, oweMail } from '@/lib/subscribers/transactional-mail-store';
import { emptyTables, testDatabase } from '../database';
import { addReader, SECRET } from '../digest/world';

const db = await testDatabase();
beforeEach(() => emptyTables(db));

const now = new Date('2026-11-23T12:00:00Z');
const minutes = (count: number) => new Date(now.getTime() + count * 60_000);

test('a tag that is muted is a topic no more, and is muted once', async () => {
  const { subscriptionId: id, readerId } = await addReader(db, 'reader@example.org', {
    tags: ['peft', 'robotics'],
  });
  await muteTag(db, id, 'peft');
  await muteTag(db, id, 'peft');
  expect((await findReader(db, readerId))!.subscription).toMatchObject({
    tags: ['robotics'],
    mutedTags: ['peft'],
  });
});

test('a reader moves to a free address, which voids the links of the old one', async () => {
  const { readerId } = await addReader(db, 'old@example.org');
  await addReader(db, 'taken@example.org');
  const move = async (email: string) => {
    const parsed = parseAddress(email);
    if (!parsed.ok) throw new Error(parsed.problem);
    const { address } = parsed;
    return moveAddress(db, readerId, address, addressHash(address.key, SECRET));
  };
  const reader = () => db.reader.findUnique({ where: { id: readerId } });
  expect(await move('taken@example.org')).toBe(false);
  expect(await reader()).toMatchObject({ email: 'old@example.org', tokenEpoch: 0 });
  expect(await move('New@example.org')).toBe(true);
  expect(await reader()).toMatchObject({
    email: 'New@example.org',
    emailKey: 'new@example.org',
    tokenEpoch: 1,
  });
});

describe('mails that are owed', () => {
  const owe = async (readerId: number, kind: TransactionalMailKind) => {
    const reader = await db.reader.findUniqueOrThrow({ where: { id: readerId } });
    await oweMail(db, { reader, kind, email: 'reader@example.org' }, SECRET, now);
  };

  test('are claimed by one of many at once, with what their text needs', async () => {
    const { readerId } = await addReader(db, 'reader@example.org');
    await owe(readerId, 'confirm');
    const claims = await Promise.all([1, 2, 3].map(() => claimMails(db, 10, now)));
    expect(claims.flat()).toEqual([
      {
        id: expect.any(Number),
        key: expect.any(String),
        readerId,
        readerKey: expect.any(String),
        kind: 'confirm',
        email: 'reader@example.org',
        choices: null,
        createdAt: now,
        attempt: 1,
        tokenEpoch: 0,
        status: 'active',
      },
    ]);
  });

  test('are claimed again where whoever claimed them was not heard of', async () => {
    const { readerId } = await addReader(db, 'reader@example.org');
    await owe(readerId, 'confirm');
    await claimMails(db, 10, now);
    expect(await claimMails(db, 10, minutes(5))).toEqual([]);
    expect(await claimMails(db, 10, minutes(7))).toMatchObject([{ attempt: 2 }]);
  });
});
