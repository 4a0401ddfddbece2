import { generateKeyPairSync } from 'node:crypto';
import { dkimVerify } from 'mailauth/lib/dkim/verify';
import { simpleParser } from 'mailparser';
import { describe, expect, test } from 'vitest';
import { createDkimSigner, DkimKeyError } from '@/lib/mail/wire/dkim';
import { buildMessage, MessageError } from '@/lib/mail/wire/message';
import { encodeBody } from '@/lib/mail/wire/multipart';
import { type MailSender, mailSender } from '@/lib/mail/wire/sender';
import { readVerpAddress, signedId } from '@/lib/mail/wire/verp';

const { privateKey, publicKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  publicKeyEncoding: { type: 'spki', format: 'der' },
});

const settings = {
  mailFrom: 'Broadsheet <digest@papers.example.org>',
  siteUrl: 'https://papers.example.org',
  contactEmail: 'owner@example.org',
  bounceDomain: 'bounces.example.org',
  secret: 'a secret of more than sixteen letters',
  dkimDomain: 'papers.example.org',
  dkimSelector: 'broadsheet',
  dkimPrivateKey: privateKey,
};
const signing = mailSender(settings);
const plain: MailSender = { ...signing, dkim: null };

const fields = {
  to: 'reader@example.net',
  subject: 'Ten papers',
  date: new Date('2026-11-23T08:00:00Z'),
  id: 'delivery-17',
  list: {
    oneClickUrl: 'https://papers.example.org/unsubscribe?token=abc_DEF-1',
    archiveUrl: 'https://papers.example.org/digests/weekly/2026-w47',
    campaign: 'weekly-2026-w47',
  },
};
const body = encodeBody({ text: 'Hello\n', html: '<p>Hello</p>' });

async function verify(raw: Buffer) {
  const result = await dkimVerify(raw, {
    resolver: async (name: string) => {
      if (name !== 'broadsheet._domainkey.papers.example.org') throw new Error(`asked ${name}`);
      return [[`v=DKIM1; k=rsa; p=${publicKey.toString('base64')}`]];
    },
  });
  return result.results[0];
}

describe('a digest’s headers', () => {
  test('are all there, each once', async () => {
    const { raw } = await buildMessage(signing, fields, body);
    const head = raw
      .toString()
      .split('\r\n\r\n')[0]!
      .replace(/\r\n[ \t]+/g, ' ');
    const names = head.split('\r\n').map((line) => line.slice(0, line.indexOf(':')));
    expect(new Set(names).size).toBe(names.length);
    expect(head.split('\r\n').slice(1)).toEqual([
      'From: Broadsheet <digest@papers.example.org>',
      'To: reader@example.net',
      'Reply-To: owner@example.org',
      'Subject: Ten papers',
      'Date: Mon, 23 Nov 2026 08:00:00 +0000',
      `Message-ID: <${signedId('delivery-17', settings.secret)}@papers.example.org>`,
      'List-Id: Broadsheet digest <digest.papers.example.org>',
      'List-Unsubscribe: <https://papers.example.org/unsubscribe?token=abc_DEF-1>',
      'List-Unsubscribe-Post: List-Unsubscribe=One-Click',
      'List-Help: <mailto:owner@example.org>',
      'List-Owner: <mailto:owner@example.org>',
      'List-Post: NO',
      'List-Archive: <https://papers.example.org/digests/weekly/2026-w47>',
      'Precedence: bulk',
      'Feedback-ID: weekly-2026-w47:digest:broadsheet',
      'Auto-Submitted: auto-generated',
      'X-Auto-Response-Suppress: OOF, AutoReply',
      'MIME-Version: 1.0',
      'Content-Type: multipart/alternative; boundary="=_broadsheet_part"',
    ]);
  });

  test('are the same bytes at every attempt', async () => {
    const first = await buildMessage(signing, fields, body);
    const second = await buildMessage(signing, fields, body);
    expect(second.raw.equals(first.raw)).toBe(true);
    expect(second.envelope).toEqual(first.envelope);
  });

  test('bounce to an address that only we can make', async () => {
    const { envelope } = await buildMessage(signing, fields, body);
    expect(envelope.from).toMatch(/^b-delivery-17-[0-9a-f]{12}@bounces\.example\.org$/);
    expect(readVerpAddress(envelope.from, settings.secret)).toBe('delivery-17');
    expect(readVerpAddress(envelope.from.toUpperCase(), settings.secret)).toBe('delivery-17');
    expect(readVerpAddress(envelope.from.replace('17', '18'), settings.secret)).toBe(null);
    expect(readVerpAddress(envelope.from, 'another secret of that length')).toBe(null);
    const direct = await buildMessage({ ...plain, bounceDomain: null }, fields, body);
    expect(direct.envelope.from).toBe('digest@papers.example.org');
  });
});

describe('DKIM', () => {
  test('verifies, and signs both unsubscribe headers', async () => {
    const { raw } = await buildMessage(signing, fields, body);
    const result = await verify(raw);
    expect(result?.status.result).toBe('pass');
    const signed = result?.signingHeaders?.keys.toLowerCase().split(/[:,]\s*/);
    expect(signed).toEqual(
      expect.arrayContaining(['from', 'list-unsubscribe', 'list-unsubscribe-post', 'message-id']),
    );
  });

  test.each([
    ['an international subject', { subject: 'Größe – 論文 für «Überblick» '.repeat(6) }],
    ['a long subject', { subject: 'word '.repeat(60) }],
    ['no list', { list: undefined }],
  ])('verifies with %s', async (_, changed) => {
    const { raw } = await buildMessage(signing, { ...fields, ...changed }, body);
    expect((await verify(raw))?.status.result).toBe('pass');
  });

  test.each([
    ['runs of spaces, tabs and dots', 'a  b\t\tc \n.hidden\nFrom me\n\n\n\n'],
    ['bodies that are not ours', null],
    ['nothing', ''],
  ])('verifies for %s', async (_, text) => {
    const sent =
      text === null
        ? { contentType: 'text/plain', body: 'a  b \t\r\n\r\n x\t\r\n\r\n\r\n' }
        : encodeBody({ text, html: text });
    const { raw } = await buildMessage(signing, fields, sent);
    expect((await verify(raw))?.status.result).toBe('pass');
  });

  test.each(['From', 'To', 'Subject', 'Date', 'List-Unsubscribe', 'List-Unsubscribe-Post'])(
    'seals %s: the signature fails when it is changed, taken away or added once more',
    async (name) => {
      const { raw } = await buildMessage(signing, fields, body);
      const mail = raw.toString('latin1');
      const line = new RegExp(`^${name}: .*\r\n`, 'm');
      expect(mail).toMatch(line);
      for (const [what, forged] of [
        ['changed', mail.replace(line, (old) => old.replace(/.\r\n$/, '?\r\n'))],
        ['taken away', mail.replace(line, '')],
        ['added above', `${name}: <https://evil.example>\r\n${mail}`],
        ['added below', mail.replace(line, (old) => `${old}${name}: evil@evil.example\r\n`)],
      ] as const) {
        const result = (await verify(Buffer.from(forged, 'latin1')))?.status.result;
        expect(result, what).not.toBe('pass');
      }
    },
  );

  test('seals From in a mail without a list, too', async () => {
    const { raw } = await buildMessage(signing, { ...fields, list: undefined }, body);
    const forged = Buffer.concat([Buffer.from('From: evil@papers.example.org\r\n'), raw]);
    expect((await verify(forged))?.status.result).toBe('fail');
  });

  test('takes keys with written-out line breaks and bare base64, and says what is wrong with others', () => {
    const settings = { domain: 'example.org', selector: 's' };
    for (const key of [
      privateKey.replaceAll('\n', '\\n'),
      privateKey.replace(/-----[^-]+-----|\s/g, ''),
    ]) {
      expect(() => createDkimSigner({ ...settings, privateKey: key })).not.toThrow();
    }
    expect(() => createDkimSigner({ ...settings, privateKey: 'hello' })).toThrow(DkimKeyError);
    const ed25519 = generateKeyPairSync('ed25519', {
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
      publicKeyEncoding: { type: 'spki', format: 'pem' },
    });
    expect(() => createDkimSigner({ ...settings, privateKey: ed25519.privateKey })).toThrow(
      /must be an RSA key/,
    );
  });
});

describe('nothing that is written into a message gets out of its place', () => {
  test.each([
    'Title\r\nBcc: everybody@example.org',
    'Title\nX: y',
    'Title\rX: y',
    'Title\u2028X: y\u0000\u0085Z: y',
    '=?utf-8?Q?Bcc:_x=0A?=',
    '\u202egnp.exe',
  ])('subject %j', async (subject) => {
    const { raw } = await buildMessage(plain, { ...fields, subject }, body);
    const parsed = await simpleParser(raw);
    expect([...parsed.headers.keys()]).not.toContain('bcc');
    expect([...parsed.headers.keys()]).not.toContain('x');
    expect([...parsed.headers.keys()]).not.toContain('z');
    expect(parsed.subject).not.toMatch(/[\p{Cc}\u202e\u2028]/u);
    expect(parsed.text?.trim()).toBe('Hello');
  });

  test.each([
    'a@y, evil@z.example',
    '"a@evil"@y.example',
    'a@b.example\r\nBcc: c@d.example',
    'a@b.example>\r\nRCPT TO:<c@d.example',
    'a b@c.example',
    'a@[127.0.0.1]',
    '<a@b.example>',
    'a@b.example(comment)',
    '.a@b.example',
    'a..b@c.example',
    '@b.example',
    'ä@b.example',
  ])('recipient %j is refused', async (to) => {
    await expect(buildMessage(plain, { ...fields, to }, body)).rejects.toThrow(MessageError);
  });

  test.each(['reader+papers@example.org', 'leser@xn--bcher-kva.example', "o'brien@example.org"])(
    'recipient %j is written to',
    async (to) => {
      const { envelope, raw } = await buildMessage(plain, { ...fields, to }, body);
      expect(envelope.to).toBe(to);
      expect(raw.toString()).toContain(`\r\nTo: ${to}\r\n`);
    },
  );

  test.each(['https://x.example/>\r\nBcc: a', 'javascript:alert(1)', 'https://x.example/a b'])(
    'unsubscribe URL %j is refused',
    async (oneClickUrl) => {
      const list = { ...fields.list, oneClickUrl };
      await expect(buildMessage(plain, { ...fields, list }, body)).rejects.toThrow(MessageError);
    },
  );

  test('bodies come out as they went in, and no line is too long or starts with a dot', async () => {
    const text = `.\n..\nFrom x\nspace \n${'long '.repeat(60)}\n=_broadsheet_part\n--=_broadsheet_part--\nä€😀\n`;
    const { raw } = await buildMessage(
      plain,
      { ...fields, subject: '😀'.repeat(60) },
      encodeBody({ text, html: `<pre>${text}</pre>` }),
    );
    for (const line of raw.toString('latin1').split('\r\n')) {
      expect(line.length).toBeLessThanOrEqual(78);
      expect(line).not.toMatch(/^\.|^From |[ \t]$|[^\x20-\x7e]/);
    }
    const parsed = await simpleParser(raw);
    expect(parsed.text).toBe(text);
    expect(parsed.html).toBe(`<pre>${text}</pre>\n`);
    expect(parsed.subject).toBe('😀'.repeat(60));
  });
});
