import { generateKeyPairSync } from 'node:crypto';
import { expect, test } from 'vitest';
import { checkConnection, resultProblem } from '@/lib/mail/send/check';
import {
  checkRecord,
  type DnsRecord,
  dkimRecord,
  dnsRecords,
  isAligned,
  zoneLine,
} from '@/lib/mail/send/dns-records';
import { linkProblem } from '@/lib/mail/send/link-problem';

const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const records = dnsRecords({
  senderDomain: 'papers.example.org',
  smtpHost: 'smtp.example.net',
  bounceDomain: 'bounces.example.org',
  contact: 'owner@example.org',
  dkim: { domain: 'papers.example.org', selector: 'key1', key: privateKey },
});
const find = (purpose: DnsRecord['purpose']) =>
  records.find((record) => record.purpose === purpose)!;

test('SPF is for the envelope’s domain, DKIM for the selector, DMARC for the sender’s', () => {
  expect(records.map(({ name, type }) => `${name} ${type}`)).toEqual([
    'bounces.example.org TXT',
    'bounces.example.org MX',
    'key1._domainkey.papers.example.org TXT',
    '_dmarc.papers.example.org TXT',
  ]);
  expect(find('SPF').value).toBe('v=spf1 a:smtp.example.net -all');
  expect(find('DMARC').value).toBe('v=DMARC1; p=none; rua=mailto:owner@example.org');
});

test('a long key is cut into strings that a zone file may hold', () => {
  const line = zoneLine(find('DKIM'));
  const strings = [...line.matchAll(/"([^"]*)"/g)].map(([, text]) => text!);
  for (const text of strings) expect(text.length).toBeLessThanOrEqual(255);
  expect(strings.join('')).toBe(dkimRecord(privateKey));
});

test.each([
  ['SPF', [], 'not set'],
  ['SPF', ['v=spf1 a:smtp.example.net -all'], null],
  ['SPF', ['other', 'v=spf1 mx a:smtp.example.net ~all'], null],
  ['SPF', ['v=spf1 mx -all'], /does not have a:smtp/],
  ['SPF', ['v=spf1 mx -all', 'v=spf1 -all'], /several/],
  ['DKIM', [], /not set/],
  ['DKIM', ['v=DKIM1; k=rsa; p=AAAA'], /another key/],
  ['DKIM', [dkimRecord(privateKey)], null],
  ['DMARC', ['something'], /not set/],
  ['DMARC', ['v=DMARC1; p=reject'], null],
  ['bounces', ['mx.example.org'], null],
] as const)('%s with %j in DNS', async (purpose, found, problem) => {
  const said = await checkRecord(find(purpose), async () => [...found]);
  if (problem === null) expect(said).toBe(null);
  else expect(said).toMatch(problem);
});

test.each([
  ['192.0.2.7', 'ip4:192.0.2.7'],
  ['[2001:db8::7]', 'ip6:2001:db8::7'],
  ['2001:db8::7', 'ip6:2001:db8::7'],
  ['mail.example.org', 'a:mail.example.org'],
  ['127.0.0.1', 'ip4:THE-PUBLIC-ADDRESS-OF-YOUR-MAIL-SERVER'],
  ['localhost', 'ip4:THE-PUBLIC-ADDRESS-OF-YOUR-MAIL-SERVER'],
])('SPF names the relay %s as %s', (smtpHost, mechanism) => {
  const [spf] = dnsRecords({
    senderDomain: 'example.org',
    smtpHost,
    bounceDomain: null,
    contact: null,
    dkim: null,
  });
  expect(spf!.value).toBe(`v=spf1 ${mechanism} -all`);
});

test.each([
  ['http://localhost:3000', /this machine alone/],
  ['https://127.0.0.1', /this machine alone/],
  ['http://[::1]:3000', /this machine alone/],
  ['http://papers.example.org', /without https/],
])('mail that leaves while the site is %s is warned about', (siteUrl, says) => {
  expect(linkProblem({ smtpUrl: 'smtp://mail.example.org', siteUrl })).toMatch(says);
  expect(linkProblem({ smtpUrl: null, siteUrl })).toBeNull();
});

test('a public https site gets no warning', () => {
  const siteUrl = 'https://papers.example.org';
  expect(linkProblem({ smtpUrl: 'smtp://mail.example.org', siteUrl })).toBeNull();
});

test('a signature counts for its own organisation’s domains only', () => {
  expect(isAligned('papers.example.org', 'example.org')).toBe(true);
  expect(isAligned('papers.example.org', 'example.com')).toBe(false);
});

test('what is wrong with the mail server is said in words', async () => {
  expect(await checkConnection('smtp://127.0.0.1:1')).toMatchObject({
    ok: false,
    problem: expect.stringMatching(/^TCP: nothing listens at 127\.0\.0\.1:1/),
  });
  const relay = {
    status: 'failed',
    scope: 'policy',
    suppress: false,
    code: 550,
    enhanced: '5.7.1',
    text: 'relaying denied',
  } as const;
  expect(resultProblem(relay, 'a@b.example')).toMatch(/^Relay refused: 550 5\.7\.1/);
});
