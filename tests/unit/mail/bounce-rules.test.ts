import { describe, expect, test } from 'vitest';
import { addressesIn, recipientField } from '@/lib/mail/receive/failed-address';
import { readIncomingMail } from '@/lib/mail/receive/read-bounce';

const DAEMON = 'From: MAILER-DAEMON@mx.example.org';
const FAILED = 'Subject: Undelivered Mail Returned to Sender';

const read = (headers: string[], ...body: string[]) =>
  readIncomingMail(Buffer.from([...headers, '', ...body].join('\n')));

/** A delivery status; `returned` are headers of the mail that came back. */
const status = (groups: string[][], returned: string[] = [], notice = 'Sorry.') =>
  read(
    [
      DAEMON,
      'To: bounces@ours.example',
      FAILED,
      'MIME-Version: 1.0',
      'Content-Type: multipart/report; report-type=delivery-status; boundary="x"',
    ],
    ...['--x', '', notice, '', '--x', 'Content-Type: message/delivery-status', ''],
    ...['Reporting-MTA: dns; mx.example.org', ''],
    ...groups.flatMap((group) => [...group, '']),
    ...['--x', 'Content-Type: message/rfc822-headers', '', ...returned, '', '--x--'],
  );

const failed = (address: string, ...more: string[]) => [
  `Final-Recipient: rfc822; ${address}`,
  'Action: failed',
  'Status: 5.1.1',
  ...more,
];

/** Who failed, and how: `a@d.example hard`. */
async function failures(mail: ReturnType<typeof read>): Promise<string[] | string> {
  const result = await mail;
  if (result.kind !== 'bounce') return result.kind;
  return result.recipients.map(({ address, hard }) => `${address} ${hard ? 'hard' : 'soft'}`);
}

describe('a mail that came back', () => {
  test('names every address that it came to', async () => {
    const { sentTo } = await read([
      'To: One <one@ours.example>, two@ours.example',
      'Delivered-To: three@ours.example',
      'X-Original-To: four@ours.example',
      'Envelope-To: five@ours.example',
      'Cc: other@ours.example',
    ]);
    expect(sentTo.map((address) => address.split('@')[0])).toEqual([
      ...['one', 'two', 'three', 'four', 'five'],
    ]);
  });

  test('is about the mail that it returns, else about the one that it answers', async () => {
    const about = async (...lines: string[]) => (await read([DAEMON, ...lines])).messageId;
    const answer = ['In-Reply-To: <two@ours.example>', 'References: <three@ours.example> <x@y.z>'];
    const returned = await status([failed('u@d.example')], ['Message-ID: <one@ours.example>']);
    expect(returned.messageId).toBe('one@ours.example');
    expect(await about(...answer)).toBe('two@ours.example');
    expect(await about(answer[1]!)).toBe('three@ours.example');
    expect(await about('', ' Message-ID: <four@ours.example>')).toBe('four@ours.example');
    expect(await about('In-Reply-To: nonsense')).toBeNull();
    expect(await about('', 'Hello')).toBeNull();
  });

  const NOTIFICATION = {
    notificationType: 'Bounce',
    mail: { commonHeaders: { messageId: '<one@ours.example>' } },
    bounce: {
      bounceType: 'Permanent',
      bouncedRecipients: [{ emailAddress: 'u@d.example', status: '5.1.1' }],
    },
  };

  test.each([
    ['indented by two', JSON.stringify(NOTIFICATION, null, 2)],
    ['indented by tabs', JSON.stringify(NOTIFICATION, null, '\t')],
    ['in its topic’s envelope', JSON.stringify({ Message: JSON.stringify(NOTIFICATION) }, null, 2)],
    ['indented in an envelope', JSON.stringify({ Message: JSON.stringify(NOTIFICATION, null, 4) })],
  ])('may be what Amazon writes, %s', async (_, json) => {
    const lines = json.split('\n');
    const mail = await read(['From: no-reply@sns.example'], ...lines, '', '-- ', 'To stop: …');
    expect(mail).toMatchObject({
      kind: 'bounce',
      messageId: 'one@ours.example',
      recipients: [{ address: 'u@d.example', hard: true }],
    });
  });

  test('may be what Amazon writes, in lines that a relay broke', async () => {
    const json = JSON.stringify(NOTIFICATION);
    const broken = `${json.slice(0, 40)}!\n ${json.slice(40)}`;
    const mail = await read(
      ['From: no-reply@sns.example', 'To: bounces@ours.example'],
      'Hello,',
      '',
      broken,
      '',
      '-- ',
      'To stop: https://example.org/{x',
    );
    expect(mail).toMatchObject({
      kind: 'bounce',
      sentTo: ['bounces@ours.example'],
      messageId: 'one@ours.example',
      recipients: [{ address: 'u@d.example', hard: true }],
    });
    expect((await read(['From: a@b.example'], 'What of {"this"}?')).kind).toBe('other');
    expect((await read(['From: a@b.example'], 'What of {"this": 1}?')).kind).toBe('other');
  });
});

describe('a complaint', () => {
  const feedback = (type: string, fields: string[], returned: string[] = []) =>
    read(
      [
        'From: feedback@arf.example',
        'Content-Type: multipart/report; report-type=feedback-report; boundary=y',
      ],
      ...['--y', 'Content-Type: message/feedback-report', '', `Feedback-Type: ${type}`, ...fields],
      ...['', '--y', 'Content-Type: message/rfc822', '', ...returned, '', '--y--'],
    );

  test('is of whom its fields name, each once', async () => {
    expect(
      await feedback(
        'abuse',
        ['Original-Rcpt-To: <a@d.example>', 'Removal-Recipient: b@d.example'],
        ['X-HmXmrOriginalRecipient: c@d.example', 'Delivered-To: a@d.example', 'To: x@d.example'],
      ),
    ).toMatchObject({
      kind: 'complaint',
      addresses: ['a@d.example', 'b@d.example', 'c@d.example'],
    });
  });

  test('is of whom the mail was written to, where its fields name nobody', async () => {
    expect(await feedback('abuse', [], ['To: a@d.example'])).toMatchObject({
      kind: 'complaint',
      addresses: ['a@d.example'],
    });
  });

  test.each(['auth-failure', 'not-spam', 'Not-Spam'])('is of nobody if it is %s', async (type) => {
    const named = ['Original-Rcpt-To: <a@d.example>'];
    expect(await feedback(type, named)).toMatchObject({ kind: 'complaint', addresses: [] });
  });

  test('may be written by hand, at an address and in words made for it', async () => {
    const by = async (from: string, subject: string, body = '') =>
      (await read([`From: ${from}`, `Subject: ${subject}`], body, '', 'To: a@d.example')).kind;
    expect(await by('abuse@d.example', 'Spam complaint')).toBe('complaint');
    expect(await by('Staff <staff@d.example>', 'Hello', 'A complaint about your mail')).toBe(
      'complaint',
    );
    expect(await by('reader@d.example', 'Spam complaint')).toBe('other');
    expect(await by('abuse@d.example', 'Hello')).toBe('other');
    expect((await read(['Subject: Spam complaint'])).kind).toBe('other');
  });
});

test.each([
  'Auto-Submitted: auto-replied',
  'Auto-Submitted: Auto-Replied (vacation)',
  'X-Autoreply: yes',
  'X-Autorespond: yes',
  'Precedence: auto_reply',
  'X-Auto-Response-Suppress: All',
  'Subject: Out of office',
])('a robot that says “%s” answered', async (header) => {
  expect((await read(['From: r@d.example', header], 'I am away.')).kind).toBe('auto-reply');
});

test.each(['Auto-Submitted: no', 'Precedence: list', 'Subject: On automatic replies'])(
  'who writes “%s” is no robot',
  async (header) => {
    expect((await read(['From: r@d.example', header], 'I am here.')).kind).toBe('other');
  },
);

describe('a report of a failure', () => {
  const notice = ['', '<u@d.example>: user unknown'];

  test.each<[string, string[], string[]]>([
    ['by a mail server, in its subject', [DAEMON, FAILED], ['', '<u@d.example>: 550 sorry']],
    ['by a mail server, in its words', [DAEMON, 'Subject: Hello'], notice],
    ['with the empty sender', ['Return-Path: <>', 'From: x@d.example', FAILED], notice],
    ['with a header for it', ['From: x@d.example', 'X-Failed-Recipients: u@d.example'], notice],
    [
      'by anybody who returns the mail',
      ['From: x@d.example', FAILED],
      [...notice, '', '--- original message ---', 'To: u@d.example'],
    ],
    [
      'by anybody, with the fields for it',
      ['From: x@d.example', 'Subject: Hello'],
      ['Final-Recipient: rfc822; u@d.example', 'Action: failed', 'Status: 5.1.1'],
    ],
    [
      'by anybody, with the words of the server in a field',
      ['From: x@d.example', 'Subject: Hello', 'To: x@ours.example'],
      ['Original-Recipient: u@d.example', 'Diagnostic-Code: smtp; 550 user unknown'],
    ],
  ])('is one %s', async (_, headers, body) => {
    const mail = await read(headers, ...body);
    expect(mail).toMatchObject({ kind: 'bounce', recipients: [{ address: 'u@d.example' }] });
  });

  test.each<[string, string[], string[]]>([
    ['a mail server’s other mail', [DAEMON, 'Subject: Hello'], ['', 'Welcome, u@d.example.']],
    ['anybody’s word alone', ['From: x@d.example', FAILED], notice],
    [
      'a mail with another one below',
      ['From: x@d.example', 'Subject: Hello'],
      [...notice, '', '--- original message ---', 'To: u@d.example'],
    ],
    [
      'a subject with another mail below',
      ['From: x@d.example', FAILED],
      ['See below.', '', '--- original message ---', 'To: u@d.example'],
    ],
    [
      'a robot’s answer that speaks of a full mailbox',
      ['Return-Path: <>', 'From: x@d.example', 'Auto-Submitted: auto-replied', FAILED],
      notice,
    ],
  ])('is not %s', async (_, headers, body) => {
    expect((await read(headers, ...body)).kind).not.toBe('bounce');
  });

  test('may come from a mail server that calls itself a robot', async () => {
    const robot = 'Auto-Submitted: auto-replied';
    expect(await failures(read([DAEMON, robot, FAILED], ...notice))).toEqual(['u@d.example hard']);
    const named = ['From: x@d.example', robot, FAILED, 'X-Failed-Recipients: u@d.example'];
    expect(await failures(read(named, ...notice))).toEqual(['u@d.example hard']);
  });
});

describe('a delivery status', () => {
  test('names each failed recipient once, and none that was reached', async () => {
    const groups = [
      failed('a@d.example'),
      ['Final-Recipient: rfc822; b@d.example', 'Action: relayed', 'Status: 2.0.0'],
      failed('A@d.example'),
      failed('c@d.example', 'Diagnostic-Code: smtp; 452 4.2.2 over quota'),
      ['Final-Recipient: rfc822; d@d.example', 'Action: expanded'],
    ];
    expect(await failures(status(groups))).toEqual(['a@d.example hard', 'c@d.example soft']);
  });

  test('names the address that was really tried before the one that it came from', async () => {
    const group = (...fields: string[]) => [...fields, 'Action: failed', 'Status: 5.1.1'];
    const original = 'Original-Recipient: rfc822; original@d.example';
    const final = 'Final-Recipient: rfc822; final@d.example';
    const actual = 'X-Actual-Recipient: rfc822; actual@d.example';
    expect(await failures(status([group(original, final, actual)]))).toEqual([
      'actual@d.example hard',
    ]);
    expect(await failures(status([group(original, final)]))).toEqual(['final@d.example hard']);
    expect(await failures(status([group(original)]))).toEqual(['original@d.example hard']);
  });

  test('without an address is of whom its words name, else of whom the mail was written to', async () => {
    const group = ['Final-Recipient: rfc822; unknown', 'Action: failed', 'Status: 5.1.1'];
    const to = ['To: written@d.example'];
    const words = '<said@d.example>: user unknown';
    expect(await failures(status([group], to, words))).toEqual(['said@d.example hard']);
    expect(await failures(status([group], to))).toEqual(['written@d.example hard']);
  });

  test('says why in its own field, else in what is written about the address', async () => {
    const group = ['Final-Recipient: rfc822; u@d.example', 'Action: failed', 'Status: 5.0.0'];
    const why = async (fields: string[], words: string) => {
      const mail = await status([[...group, ...fields]], [], words);
      return mail.kind === 'bounce' && mail.recipients[0]!.reason;
    };
    const full = '<u@d.example>: mailbox is full\n\n<v@d.example>: user unknown';
    expect(await why([], full)).toBe('mailbox-full');
    expect(await why(['Diagnostic-Code: x-unix; user unknown'], full)).toBe('unknown-address');
  });

  test('keeps what the server said, without the name of the protocol', async () => {
    const mail = await status([failed('u@d.example', 'Diagnostic-Code: smtp; 550 No, thanks')]);
    expect(mail).toMatchObject({
      recipients: [{ status: '5.1.1', diagnostic: '550 No, thanks' }],
    });
  });
});

describe('a report in words', () => {
  test('that names nobody is of whom the returned mail was written to', async () => {
    const returned = ['', 'We could not deliver it: no such user.', '', '--- original message ---'];
    const mail = read([DAEMON, FAILED], ...returned, 'To: u@d.example', 'Subject: Ten papers');
    expect(await failures(mail)).toEqual(['u@d.example hard']);
    expect(await failures(read([DAEMON, FAILED], 'It failed.'))).toBe('other');
  });

  test('is of several where it names them alike, each with its own reason', async () => {
    const mail = read(
      [DAEMON, FAILED],
      ...['', '<a@d.example>:', 'user unknown', '', '<b@d.example>:', 'mailbox is full'],
    );
    expect(await failures(mail)).toEqual(['a@d.example hard', 'b@d.example soft']);
  });

  test('only warns where its subject and its words say that the server goes on', async () => {
    const warned = (subject: string, words: string) =>
      failures(read([DAEMON, `Subject: ${subject}`], '', '<u@d.example>: user unknown', words));
    const on = 'We are still trying to deliver it.';
    expect(await warned('Delivery delayed', on)).toEqual(['u@d.example soft']);
    expect(await warned('Delivery delayed', 'We gave up.')).toEqual(['u@d.example hard']);
    expect(await warned('Delivery failed', on)).toEqual(['u@d.example hard']);
    const unnamed = [
      'It is still undelivered; we are still trying.',
      '',
      '--- original message ---',
    ];
    const mail = read(
      [DAEMON, 'Subject: Warning: mail delayed, no such user'],
      ...['', 'no such user', ...unnamed, 'To: u@d.example', 'Subject: x'],
    );
    expect(await failures(mail)).toEqual(['u@d.example soft']);
  });
});

describe('the failed address in a report’s words', () => {
  /** The addresses that a report names, best first. */
  async function named(lines: string[], headers: string[] = [], returned: string[] = []) {
    const below = returned.length > 0 ? ['', '--- original message ---', ...returned] : [];
    const from = [DAEMON, 'To: digest@ours.example', FAILED, ...headers];
    const mail = await read(from, '', 'Not delivered.', ...lines, ...below);
    return mail.kind === 'bounce' ? mail.recipients.map(({ address }) => address) : [];
  }

  test('is not ours, nor one of a service', async () => {
    const lines = ['<u@d.example>', '<digest@ours.example>', '<postmaster@d.example>'];
    expect(await named(lines)).toEqual(['u@d.example']);
    const sender = [
      'From: letters@ours.example',
      'Return-Path: <verp@ours.example>',
      'To: u@d.example',
    ];
    expect(
      await named(['<letters@ours.example>', '<verp@ours.example>', '<u@d.example>'], [], sender),
    ).toEqual(['u@d.example']);
    expect(await named(['<admin@d.example>', '<u@d.example>'])).toEqual(['u@d.example']);
  });

  test('is ours where we wrote to ourselves', async () => {
    expect(await named(['<digest@ours.example>: user unknown'])).toEqual(['digest@ours.example']);
    const own = ['From: digest@ours.example', 'To: digest@ours.example'];
    expect(await named(['<digest@ours.example>: unknown', 'x'], [], own)).toEqual([
      'digest@ours.example',
    ]);
  });

  test('is rather the one that was written to', async () => {
    const lines = ['<other@d.example>: user unknown', '<u@d.example>'];
    expect(await named(lines, [], ['To: u@d.example', 'Subject: x'])).toEqual(['u@d.example']);
    expect(await named(lines, [], ['Cc: U@d.example', 'Subject: x'])).toEqual(['u@d.example']);
    expect(await named(lines, ['X-Failed-Recipients: u@d.example'])).toEqual(['u@d.example']);
  });

  test('is the one that a header names, though no line does', async () => {
    expect(await named(['Sorry.'], ['X-Failed-Recipients: u@d.example, v@d.example'])).toEqual([
      'u@d.example',
      'v@d.example',
    ]);
  });

  test('stands alone, at a line’s start, after a word for it or beside an error', async () => {
    const elsewhere = 'This mail was written by other@d.example in the morning of that day';
    expect(await named([elsewhere, '    u@d.example'])).toEqual(['u@d.example']);
    expect(await named([elsewhere, 'u@d.example (the mail of yesterday afternoon)'])).toEqual([
      'u@d.example',
    ]);
    expect(await named([elsewhere, 'It is for the recipient u@d.example there'])).toEqual([
      'u@d.example',
    ]);
    expect(await named([elsewhere, 'The one here, u@d.example, 550 rejected as unknown'])).toEqual([
      'u@d.example',
    ]);
    expect(await named([elsewhere, 'The one here, u@d.example, said', '550 no'])).toEqual([
      'u@d.example',
    ]);
  });

  test('is announced by the lines before it', async () => {
    const said = ['The following recipients could not be reached:', '', 'Mr. U, u@d.example, of D'];
    expect(await named(['This morning there was other@d.example, too', ...said])).toEqual([
      'u@d.example',
    ]);
  });

  test('is not whom one may ask, nor who sent it, nor what the mail’s headers said', async () => {
    const u = 'user u@d.example was not found';
    expect(await named(['Please contact help@d.example if it failed', u])).toEqual(['u@d.example']);
    expect(await named(['550 rejected: mail from x@d.example', u])).toEqual(['u@d.example']);
    expect(await named(['To: x@d.example', u])).toEqual(['u@d.example']);
    expect(await named(['x@d.example: see https://d.example/help', u])).toEqual(['u@d.example']);
    expect(await named(['Please contact help@d.example'])).toEqual([]);
  });

  test('is the one written to that forwards, and the one that it forwards to', async () => {
    const lines = ['<far@e.example> (generated from u@d.example): user unknown'];
    expect(await named(lines, [], ['To: u@d.example', 'Subject: x'])).toEqual([
      'u@d.example',
      'far@e.example',
    ]);
  });

  test('has all that is written about it for its reason, wherever it stands', async () => {
    const why = async (...lines: string[]) => {
      const mail = await read([DAEMON, FAILED], '', ...lines);
      return mail.kind === 'bounce' && mail.recipients.map(({ reason }) => reason);
    };
    expect(await why('<u@d.example>', 'x', 'mailbox is full')).toEqual(['mailbox-full']);
    expect(await why('<u@d.example>', '', '<u@d.example>: mailbox is full')).toEqual([
      'mailbox-full',
    ]);
    expect(await why('<u@d.example>: the mailbox', '  is full')).toEqual(['mailbox-full']);
  });
});

describe('an address', () => {
  test.each<[string, string[]]>([
    [
      '<a@b.example>, "x y"@c.example; Ü.x@d-e.example',
      ['a@b.example', '"x y"@c.example', 'Ü.x@d-e.example'],
    ],
    ["'a@b.example' .a@b.example a@b.example.", ['a@b.example', 'a@b.example', 'a@b.example']],
    ['mailto:a@b.example', ['a@b.example']],
    ['a@b', ['a@b']],
    ['no @ address', []],
  ])('is read out of %s', (text, addresses) => {
    expect(addressesIn(text)).toEqual(addresses);
  });

  test.each([
    ['rfc822; <a@b.example>', 'a@b.example'],
    ['RFC822;a@b.example', 'a@b.example'],
    ['x-local; a@b.example (c@d.example)', 'a@b.example'],
    ['a@b.example', 'a@b.example'],
    ['rfc822; unknown', null],
    ['', null],
    [undefined, null],
  ])('of a status field is read out of %s', (value, address) => {
    expect(recipientField(value)).toBe(address);
  });
});
