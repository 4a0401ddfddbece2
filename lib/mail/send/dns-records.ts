import { createPublicKey, type KeyObject } from 'node:crypto';
import { isIPv6 } from 'node:net';
import ipaddr from 'ipaddr.js';

/** What a domain must publish so that its mail is believed. */
export interface DnsRecord {
  purpose: 'SPF' | 'DKIM' | 'DMARC' | 'bounces';
  name: string;
  type: 'TXT' | 'MX';
  value: string;
  /** For people: what it says, and what to mind. */
  why: string;
}

interface DnsInput {
  /** Of MAIL_FROM. */
  senderDomain: string;
  /** Of SMTP_URL; null where none is set. */
  smtpHost: string | null;
  bounceDomain: string | null;
  contact: string | null;
  dkim: { domain: string; selector: string; key: KeyObject } | null;
}

/** Services name their servers by an SPF record of their own. */
const SPF_OF_SERVICE: [RegExp, string][] = [
  [/amazonaws\.com$/, 'include:amazonses.com'],
  [/sendgrid\.net$/, 'include:sendgrid.net'],
  [/mailgun\.org$/, 'include:mailgun.org'],
  [/postmarkapp\.com$|mtasv\.net$/, 'include:spf.mtasv.net'],
  [/gmail\.com$|google\.com$/, 'include:_spf.google.com'],
  [/office365\.com$|outlook\.com$/, 'include:spf.protection.outlook.com'],
];

export function dnsRecords(input: DnsInput): DnsRecord[] {
  const { senderDomain, smtpHost, bounceDomain, contact, dkim } = input;
  const service = SPF_OF_SERVICE.find(([host]) => smtpHost && host.test(smtpHost));
  const spf = `v=spf1 ${service?.[1] ?? (smtpHost ? spfOfRelay(smtpHost) : 'mx')} -all`;
  const records: DnsRecord[] = [
    {
      purpose: 'SPF',
      name: bounceDomain ?? senderDomain,
      type: 'TXT',
      value: spf,
      why: 'who may send for the envelope’s domain; one such record a domain, so add the middle part to one that is there',
    },
  ];
  if (bounceDomain) {
    records.push({
      purpose: 'bounces',
      name: bounceDomain,
      type: 'MX',
      value: '10 THE-SERVER-THAT-RECEIVES-BOUNCES.',
      why: 'where undeliverable mail comes back to; pipe it to: npm run cli -- bounce',
    });
  }
  if (dkim) {
    records.push({
      purpose: 'DKIM',
      name: `${dkim.selector}._domainkey.${dkim.domain}`,
      type: 'TXT',
      value: dkimRecord(dkim.key),
      why: 'the key that our signatures are checked with',
    });
  }
  records.push({
    purpose: 'DMARC',
    name: `_dmarc.${senderDomain}`,
    type: 'TXT',
    value: `v=DMARC1; p=none${contact ? `; rua=mailto:${contact}` : ''}`,
    why: 'what receivers do with mail that fails both; go on to p=quarantine when the reports look right',
  });
  return records;
}

/** A relay on this machine is seen by others under an address that we do not know. */
function spfOfRelay(host: string): string {
  const bare = host.replace(/^\[(.*)\]$/, '$1');
  if (
    bare === 'localhost' ||
    (ipaddr.isValid(bare) && ipaddr.process(bare).range() === 'loopback')
  ) {
    return 'ip4:THE-PUBLIC-ADDRESS-OF-YOUR-MAIL-SERVER';
  }
  return ipaddr.isValid(bare) ? `ip${isIPv6(bare) ? 6 : 4}:${bare}` : `a:${host}`;
}

export function dkimRecord(key: KeyObject): string {
  const publicKey = createPublicKey(key).export({ type: 'spki', format: 'der' });
  return `v=DKIM1; k=rsa; p=${publicKey.toString('base64')}`;
}

/** As a line of a zone file; strings there have at most 255 characters. */
export function zoneLine({ name, type, value }: DnsRecord): string {
  if (type === 'MX') return `${name}. IN MX ${value}`;
  const strings = value.match(/.{1,250}/g) ?? [''];
  return `${name}. IN TXT ${strings.map((part) => `"${part}"`).join(' ')}`;
}

/** The TXT strings or MX names that DNS has; an empty list where it has none. Rejects when DNS is away. */
export type Lookup = (name: string, type: 'TXT' | 'MX') => Promise<string[]>;

/** Null: as it should be. Else what is wrong with what DNS says. */
export async function checkRecord(record: DnsRecord, lookup: Lookup): Promise<string | null> {
  const found = await lookup(record.name, record.type);
  switch (record.purpose) {
    case 'SPF':
      return checkSpf(
        found.filter((text) => /^v=spf1\b/i.test(text)),
        record.value,
      );
    case 'DKIM': {
      const key = found
        .map((text) => /\bp=([^;]*)/.exec(text)?.[1]?.replace(/\s/g, ''))
        .find(Boolean);
      if (!key) return 'not set: signatures cannot be checked';
      return record.value.endsWith(`p=${key}`) ? null : 'another key is published than the one set';
    }
    case 'DMARC':
      return found.some((text) => /^v=DMARC1\b/i.test(text))
        ? null
        : 'not set: large providers refuse bulk mail without it';
    case 'bounces':
      return found.length > 0 ? null : 'not set: no bounce can come back';
  }
}

function checkSpf(published: string[], wanted: string): string | null {
  if (published.length === 0) return 'not set';
  if (published.length > 1) return 'several SPF records: receivers treat that as an error';
  const mechanism = wanted.split(' ')[1]!;
  if (published[0]!.split(/\s+/).includes(mechanism)) return null;
  return `does not have ${mechanism}; right only if another part of it covers your mail server`;
}

/** DMARC wants one organisation behind From and signature. Compares the last two labels. */
export function isAligned(domain: string, other: string): boolean {
  const organisation = (name: string) => name.toLowerCase().split('.').slice(-2).join('.');
  return organisation(domain) === organisation(other);
}
