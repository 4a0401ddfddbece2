import { expect, test } from 'vitest';
import { diagnose } from '@/lib/mail/receive/diagnose';
import { readIncomingMail } from '@/lib/mail/receive/read-bounce';
import { refusal } from '@/lib/mail/send/smtp-reply';

const KB = 1_000;
const MB = 1_000 * KB;

const HEAD =
  'Return-Path: <>\nFrom: MAILER-DAEMON@x.example\nTo: us@x.example\nSubject: Returned mail\n';
const PART = `${HEAD}Content-Type: multipart/report; report-type=delivery-status; boundary=a\n\n--a\n`;
const STATUS = `${PART}Content-Type: message/delivery-status\n\nAction: failed\n`;

/** Where a line may stand in a mail. */
const PLACES: Record<string, (line: string) => string> = {
  'a mail': (line) => line,
  'a subject': (line) => `${HEAD}Subject: ${line}\n\nuser unknown`,
  'an address header': (line) => `To: ${line}\n${HEAD}\nuser unknown`,
  'a content type': (line) => `Content-Type: ${line}\n${HEAD}\nuser unknown`,
  'a boundary': (line) => `${HEAD}Content-Type: multipart/mixed; boundary="${line}"\n\n--x`,
  'a notice': (line) => `${HEAD}\nThe following address failed:\n<r@d.example>: ${line}`,
  'an HTML notice': (line) => `${HEAD}Content-Type: text/html\n\n${line}`,
  'an encoded notice': (line) => `${HEAD}Content-Transfer-Encoding: base64\n\n${line}`,
  'a diagnostic code': (line) =>
    `${STATUS}Final-Recipient: rfc822; r@d.example\nDiagnostic-Code: smtp; ${line}\n--a--\n`,
  'a final recipient': (line) => `${STATUS}Final-Recipient: rfc822; ${line}\n--a--\n`,
  'a returned mail': (line) => `${PART}Content-Type: message/rfc822\n\n${line}\n--a--\n`,
};

const FRAGMENTS = [
  ...[' ', '-', '=', '<', '(', '"', '@', ',', ':', '[', '{"', 'a', 'é', '\u001b$B', '\r', '\0'],
  ...[
    'a@',
    'a.',
    'a@b ',
    'x@y.z',
    '<a@b.c> ',
    '"a"@',
    '=?x?B?',
    '=?utf-8?Q?=41?= ',
    '&lt;',
    '&#1;',
  ],
  ...[
    '<style',
    '<head>',
    '<a ',
    '-- returned ',
    '550 ',
    '5.1.1 ',
    '1.',
    'a=',
    'To: a@b.c ',
    'Action: ',
  ],
  ...[
    'user ',
    'mailbox ',
    'does not ',
    'domain ',
    'mail from ',
    'following recipient ',
    'exceeds ',
  ],
];

/** Each fragment again and again, and mixtures of several, each somewhere else in a mail. */
function hostileLines(): [string, string, string][] {
  let seed = 3;
  const random = (below: number) => {
    seed = (seed * 48271) % 2147483647;
    return seed % below;
  };
  const mixtures = Array.from({ length: 30 }, () =>
    Array.from({ length: 2 + random(3) }, () => FRAGMENTS[random(FRAGMENTS.length)]).join(''),
  );
  const places = Object.keys(PLACES);
  return [...FRAGMENTS, ...mixtures].map((unit, i) => [
    JSON.stringify(unit),
    places[i % places.length]!,
    unit,
  ]);
}

const filled = (unit: string, bytes: number) =>
  unit.repeat(Math.ceil(bytes / Buffer.byteLength(unit)));

/** Of two runs the better, in milliseconds of work: other processes do not count. */
async function cost(work: () => unknown): Promise<number> {
  const costs: number[] = [];
  for (let run = 0; run < 2; run++) {
    const before = process.cpuUsage();
    await work();
    const { user, system } = process.cpuUsage(before);
    costs.push((user + system) / 1_000);
  }
  return Math.min(...costs);
}

/** What the compiler and the collector add to any run, in milliseconds; quadratic time takes seconds. */
const NOISE = 250;

async function expectLinear(work: (bytes: number) => unknown) {
  const small = await cost(() => work(100 * KB));
  const large = await cost(() => work(MB));
  expect(large).toBeLessThan(12 * small + NOISE);
  expect(large).toBeLessThan(3_000);
}

test.each(hostileLines())('a line of %s as %s is read in linear time', async (_, place, unit) => {
  await expectLinear((bytes) => readIncomingMail(Buffer.from(PLACES[place]!(filled(unit, bytes)))));
});

test.each(FRAGMENTS)('what a server says is understood in linear time: %j', async (unit) => {
  await expectLinear((bytes) => refusal('rcpt', `550 5.0.0 ${filled(unit, bytes)}`));
  await expectLinear((bytes) => diagnose('r@d.example', null, [filled(unit, bytes)], false));
});

test.each<[string, (i: number) => string]>([
  ['lines', () => '\n'],
  ['addresses', (i) => `u${i}@d.example mailbox user\n`],
  ['groups of a status', (i) => `Final-Recipient: rfc822; u${i}@d.example\nAction: failed\n\n`],
  ['parts', () => '--a\nContent-Type: message/rfc822\n\nx\n'],
  ['header fields', () => 'X-A: =?utf-8?q?a=20b?=\n'],
  ['nested parts', (i) => `--b${i}\nContent-Type: multipart/mixed; boundary=b${i + 1}\n\n`],
])('many %s are read in linear time', async (_, each) => {
  const many = (bytes: number) => {
    let text = '';
    for (let i = 0; text.length < bytes; i++) text += each(i);
    return Buffer.from(`${PART.replace('boundary=a', 'boundary=b0')}${text}`);
  };
  await expectLinear((bytes) => readIncomingMail(many(bytes)));
});
