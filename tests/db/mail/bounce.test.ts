import { beforeEach, describe, expect, test } from 'vitest';
import { readIncomingMail } from '@/lib/mail/receive/read-bounce';
import { type BounceContext, recordIncoming } from '@/lib/mail/receive/record-bounce';
import { messageId, signedId, verpAddress } from '@/lib/mail/wire/verp';
import { emptyTables, testDatabase } from '../database';
import { addReader, SECRET } from '../digest/world';

const db = await testDatabase();
const NOW = new Date('2026-11-24T08:00:00Z');
const BOUNCES = 'bounces.example.org';
const READER = 'reader@example.net';
const OTHER = messageId('delivery', '0f3c9a52-7d1e-4b6a-9c08-5e2f7a1b3c4d');

const context: BounceContext = {
  secret: SECRET,
  senderDomain: 'papers.example.org',
  bounceDomain: BOUNCES,
  now: NOW,
  source: 'mail',
};

let reader: { readerId: number; subscriptionId: number };
let days = 0;
beforeEach(async () => {
  await emptyTables(db);
  days = 0;
  reader = await addReader(db, READER);
});

/** A digest that was sent, days ago. */
async function sent(daysAgo = 1): Promise<string> {
  const at = new Date(NOW.getTime() - daysAgo * 86_400_000);
  const { key } = await db.delivery.create({
    data: {
      subscriptionId: reader.subscriptionId,
      cadence: 'daily',
      localPeriod: `2026-10-${++days}`,
      domain: 'example.net',
      status: 'sent',
      notBefore: at,
      staleAt: at,
      plannedAt: at,
      endedAt: at,
    },
  });
  return messageId('delivery', key);
}

interface Report {
  status?: string;
  said?: string;
  address?: string;
  to?: string;
  about?: string;
}

function report(
  message: string,
  { status = '5.1.1', said = '550 no such user', ...more }: Report = {},
) {
  const { address = READER, to = verpAddress(message, BOUNCES, SECRET) } = more;
  const { about = signedId(message, SECRET) } = more;
  return Buffer.from(
    [
      `To: <${to}>`,
      'From: MAILER-DAEMON@mx.example.net',
      'Subject: Undelivered Mail Returned to Sender',
      'Content-Type: multipart/report; report-type=delivery-status; boundary=x',
      '',
      '--x',
      'Content-Type: message/delivery-status',
      '',
      'Reporting-MTA: dns; mx.example.net',
      '',
      `Final-Recipient: rfc822; ${address}`,
      'Action: failed',
      `Status: ${status}`,
      `Diagnostic-Code: smtp; ${said}`,
      '',
      '--x',
      'Content-Type: text/rfc822-headers',
      '',
      `Message-ID: <${about}@papers.example.org>`,
      '--x--',
    ].join('\r\n'),
  );
}

function complaint(message: string) {
  return Buffer.from(
    [
      `To: <${verpAddress(message, BOUNCES, SECRET)}>`,
      'Content-Type: multipart/report; report-type=feedback-report; boundary=x',
      '',
      '--x',
      'Content-Type: message/feedback-report',
      '',
      'Feedback-Type: abuse',
      '--x--',
    ].join('\r\n'),
  );
}

const act = async (bytes: Buffer, changes: Partial<BounceContext> = {}) =>
  recordIncoming(db, await readIncomingMail(bytes), bytes, { ...context, ...changes });

const status = async () =>
  (await db.reader.findUniqueOrThrow({ where: { id: reader.readerId } })).status;

test('an address that does not exist is never written to again, and a hash is all that is listed', async () => {
  const recorded = await act(report(await sent()));
  expect(recorded.outcome).toBe('suppressed');
  expect(await status()).toBe('suppressed');
  const [listed, ...others] = await db.suppression.findMany();
  expect(others).toEqual([]);
  expect(listed).toMatchObject({ reason: 'hard_bounce' });
  expect(JSON.stringify(listed)).not.toContain(READER);
});

test('a complaint ends the subscription', async () => {
  expect((await act(complaint(await sent()))).outcome).toBe('suppressed');
  expect(await status()).toBe('suppressed');
  expect(await db.suppression.findMany()).toMatchObject([{ reason: 'complaint' }]);
});

test('the same report read twice counts once', async () => {
  const bytes = report(await sent(), { status: '5.2.2', said: '552 mailbox full' });
  expect((await act(bytes)).outcome).toBe('noted');
  expect((await act(bytes)).outcome).toBe('known');
  expect(await db.bounceEvent.count()).toBe(1);
});

test('a full mailbox is given up after five digests in a row, not before', async () => {
  for (let i = 0; i < 5; i++) {
    expect(await status()).toBe('active');
    await act(report(await sent(20 - i), { status: '5.2.2', said: `552 mailbox full ${i}` }));
  }
  expect(await status()).toBe('suppressed');
});

test('a digest that arrived in between ends the row', async () => {
  const full = { status: '5.2.2', said: '552 mailbox full' };
  for (let i = 0; i < 4; i++) {
    await act(report(await sent(20 - i), full), {
      now: new Date(NOW.getTime() - (19 - i) * 86_400_000),
    });
  }
  await sent(10);
  await act(report(await sent(1), full));
  expect(await status()).toBe('active');
});

test('what is about us is not held against the reader', async () => {
  for (let i = 0; i < 6; i++) {
    await act(report(await sent(i), { status: '5.7.1', said: `554 blocked as spam ${i}` }));
  }
  expect(await status()).toBe('active');
});

test('a forwarded mail that fails elsewhere counts for the reader it went to', async () => {
  await act(report(await sent(), { address: 'elsewhere@example.com' }));
  expect(await status()).toBe('suppressed');
});

describe('a report that cannot prove what it is about changes nothing', () => {
  test.each([
    ['with a forged code', (id: string) => report(id, { to: `b-${id}-0123456789ab@${BOUNCES}` })],
    ['with another message’s code', (id: string) => report(OTHER, { about: id })],
    ['by the number of its row', (id: string) => report('delivery-1', { about: id })],
    ['to no address of ours', (id: string) => report(id, { to: 'digest@papers.example.org' })],
    [
      'of a holiday',
      () => Buffer.from('Subject: Out of office\r\nAuto-Submitted: auto-replied\r\n\r\nBye'),
    ],
  ])('%s', async (_, write) => {
    expect((await act(write(await sent()))).outcome).toBe('ignored');
    expect(await status()).toBe('active');
    expect(await db.bounceEvent.count()).toBe(0);
  });

  test('about a message of long ago', async () => {
    expect((await act(report(await sent(60)))).outcome).toBe('ignored');
    expect(await status()).toBe('active');
  });

  test('about another address, where no bounce domain is set', async () => {
    const id = await sent();
    const direct = { bounceDomain: null };
    const to = 'digest@papers.example.org';
    expect((await act(report(id, { to, address: 'x@example.com' }), direct)).outcome).toBe(
      'ignored',
    );
    expect((await act(report(id, { to }), direct)).outcome).toBe('suppressed');
  });

  test('about an id without our code, where no bounce domain is set', async () => {
    const id = await sent();
    const to = 'digest@papers.example.org';
    for (const about of [id, `${id}-0123456789ab`]) {
      expect((await act(report(id, { to, about }), { bounceDomain: null })).outcome).toBe(
        'ignored',
      );
    }
    expect(await status()).toBe('active');
  });

  test('about an address that the reader only asked for', async () => {
    const [asked, own] = await Promise.all(
      ['typo@example.com', READER].map((email) =>
        db.transactionalMail.create({
          data: {
            readerId: reader.readerId,
            kind: 'change_address',
            email,
            createdAt: NOW,
            notBefore: NOW,
          },
        }),
      ),
    );
    const returned = (key: string, address: string) =>
      act(report(messageId('transactional', key), { address }));
    expect((await returned(asked!.key, 'typo@example.com')).outcome).toBe('ignored');
    expect(await status()).toBe('active');
    expect((await returned(own!.key, READER)).outcome).toBe('suppressed');
  });
});
