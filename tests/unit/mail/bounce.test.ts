import { describe, expect, test } from 'vitest';
import { readIncomingMail } from '@/lib/mail/receive/read-bounce';
import { hasCorpus, scoreCorpus } from '../../fixtures/bounce-corpus';

function mail(headers: string[], ...body: string[]): Buffer {
  return Buffer.from([...headers, '', ...body].join('\r\n'));
}

function dsn(...fields: string[]): Buffer {
  return mail(
    [
      'Return-Path: <>',
      'From: Mail Delivery System <MAILER-DAEMON@mx.example.org>',
      'To: <b-delivery-17-0123456789ab@bounces.example.org>',
      'Subject: Undelivered Mail Returned to Sender',
      'MIME-Version: 1.0',
      'Content-Type: multipart/report; report-type=delivery-status; boundary="x"',
    ],
    '--x',
    '',
    'I could not deliver your message.',
    '',
    '--x',
    'Content-Type: message/delivery-status',
    '',
    'Reporting-MTA: dns; mx.example.org',
    '',
    ...fields,
    '',
    '--x',
    'Content-Type: message/rfc822',
    '',
    'From: digest@papers.example.org',
    'To: reader@example.net',
    'Message-ID: <delivery-17@papers.example.org>',
    'Subject: Undelivered love',
    '',
    'text',
    '--x--',
  );
}

const UNKNOWN = [
  'Final-Recipient: rfc822; reader@example.net',
  'Action: failed',
  'Status: 5.1.1',
  'Diagnostic-Code: smtp; 550 5.1.1 <reader@example.net>: User unknown',
];

describe('a delivery status notification', () => {
  test('names the address, the class, the status, our message and the address it came to', async () => {
    expect(await readIncomingMail(dsn(...UNKNOWN))).toEqual({
      kind: 'bounce',
      sentTo: ['b-delivery-17-0123456789ab@bounces.example.org'],
      messageId: 'delivery-17@papers.example.org',
      recipients: [
        {
          address: 'reader@example.net',
          hard: true,
          reason: 'unknown-address',
          status: '5.1.1',
          diagnostic: '550 5.1.1 <reader@example.net>: User unknown',
        },
      ],
    });
  });

  test.each([
    ['5.2.2', '552 5.2.2 Mailbox full', false, 'mailbox-full'],
    ['5.0.0', '550 no such user here', true, 'unknown-address'],
    ['5.1.2', '550 host unknown', true, 'unknown-domain'],
    ['5.1.10', '556 5.1.10 recipient domain has null MX', true, 'unknown-domain'],
    ['5.2.1', '550 5.2.1 The email account that you tried to reach is disabled', true, 'disabled'],
    ['5.7.1', '554 5.7.1 blocked, see https://rbl.example/?192.0.2.1', false, 'policy'],
    ['5.1.8', '553 5.1.8 sender address rejected: domain not found', false, 'policy'],
    ['5.3.4', '552 5.3.4 message size exceeds fixed limit', false, 'too-large'],
    ['4.4.1', 'connect to mx.example.net: Connection timed out', false, 'unreachable'],
    ['4.1.1', '450 4.1.1 user unknown, try again later', false, 'unknown-address'],
    ['4.2.1', '450 4.2.1 The user is receiving mail at a rate that', false, 'rate-limited'],
  ])('status %s, %s', async (status, said, hard, reason) => {
    const read = await readIncomingMail(
      dsn(
        'Final-Recipient: rfc822; reader@example.net',
        'Action: failed',
        `Status: ${status}`,
        `Diagnostic-Code: smtp; ${said}`,
      ),
    );
    expect(read).toMatchObject({ kind: 'bounce', recipients: [{ hard, reason }] });
  });

  test('of a delay is never hard', async () => {
    const read = await readIncomingMail(
      dsn(...UNKNOWN.map((line) => line.replace('failed', 'delayed'))),
    );
    expect(read).toMatchObject({ kind: 'bounce', recipients: [{ hard: false }] });
  });

  test('of a success is no bounce', async () => {
    const read = await readIncomingMail(
      dsn('Final-Recipient: rfc822; reader@example.net', 'Action: delivered', 'Status: 2.1.5'),
    );
    expect(read.kind).toBe('other');
  });
});

test('a report in prose is read', async () => {
  const read = await readIncomingMail(
    mail(
      ['From: MAILER-DAEMON@mx.example.org', 'Subject: failure notice', 'To: digest@x.example'],
      'Hi. I was not able to deliver your message to the following addresses.',
      '',
      '<reader@example.net>:',
      '192.0.2.1 does not like recipient.',
      'Remote host said: 550 sorry, no mailbox here by that name.',
      '',
      '--- Below this line is a copy of the message.',
      '',
      'From: digest@x.example',
      'To: reader@example.net',
      'Message-ID: <delivery-18@x.example>',
    ),
  );
  expect(read).toMatchObject({
    kind: 'bounce',
    messageId: 'delivery-18@x.example',
    recipients: [{ address: 'reader@example.net', hard: true }],
  });
});

test('a spam complaint names the reader', async () => {
  const read = await readIncomingMail(
    mail(
      [
        'From: feedback@arf.example.com',
        'To: abuse@x.example',
        'Subject: FW: Ten papers',
        'Content-Type: multipart/report; report-type=feedback-report; boundary=y',
      ],
      '--y',
      'Content-Type: message/feedback-report',
      '',
      'Feedback-Type: abuse',
      'Version: 1',
      'Original-Rcpt-To: <reader@example.net>',
      '',
      '--y--',
    ),
  );
  expect(read).toMatchObject({ kind: 'complaint', addresses: ['reader@example.net'] });
});

test.each([
  [
    'a holiday note',
    ['From: reader@example.net', 'Subject: Out of office', 'Auto-Submitted: auto-replied'],
    'auto-reply',
  ],
  [
    'Exchange’s holiday note',
    ['From: r@e.example', 'Subject: Automatic reply: Ten papers', 'X-Auto-Response-Suppress: All'],
    'auto-reply',
  ],
  [
    'a robot that says the mailbox is full',
    ['From: r@e.example', 'Subject: mailbox full', 'Auto-Submitted: auto-replied'],
    'auto-reply',
  ],
  ['a mail from a reader', ['From: reader@example.net', 'Subject: Thank you'], 'other'],
  ['a mail about bounces', ['From: reader@example.net', 'Subject: mail delivery failed?'], 'other'],
])('%s is no bounce', async (_, headers, kind) => {
  const read = await readIncomingMail(
    mail([...headers, 'To: digest@x.example'], 'My mailbox someone@example.net is full.'),
  );
  expect(read.kind).toBe(kind);
});

test('any bytes give an answer, quickly', async () => {
  let seed = 1;
  const random = (below: number) => {
    seed = (seed * 48271) % 2147483647;
    return seed % below;
  };
  const base = dsn(...UNKNOWN);
  const started = performance.now();
  for (let round = 0; round < 500; round++) {
    const bytes = Buffer.from(base);
    for (let i = 0; i < 1 + random(60); i++) bytes[random(bytes.length)] = random(256);
    const read = await readIncomingMail(bytes.subarray(0, random(bytes.length)));
    expect(read.kind).toBeTypeOf('string');
  }
  for (const evil of [
    '\n'.repeat(200_000),
    'a@'.repeat(200_000),
    '<'.repeat(200_000),
    'Subject: =?x?B?'.repeat(20_000),
    ' '.repeat(300_000),
    `From: mailer-daemon\nSubject: failure\n\n${'user unknown a@b.c '.repeat(20_000)}`,
    `Content-Type: multipart/mixed; boundary=a\n\n${'--a\nContent-Type: multipart/mixed; boundary=a\n\n'.repeat(10_000)}`,
    `From: mailer-daemon\nSubject: returned mail\n\n${'x@y.z\n'.repeat(50_000)}`,
  ]) {
    expect((await readIncomingMail(Buffer.from(evil))).kind).toBeTypeOf('string');
  }
  expect(performance.now() - started).toBeLessThan(20_000);
});

test.skipIf(!hasCorpus())(
  'of the real bounces the address is found in 97 %, hard against soft right in 97 %, non-bounces rejected',
  async () => {
    const { bounces, found, right, accepted } = await scoreCorpus();
    expect(accepted, 'non-bounces taken for bounces').toEqual([]);
    expect(found / bounces).toBeGreaterThanOrEqual(0.97);
    expect(right / bounces).toBeGreaterThanOrEqual(0.97);
  },
);
