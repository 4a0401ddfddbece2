import { createHmac } from 'node:crypto';
import { domainToASCII } from 'node:url';

/** An address that mail can be sent to, in the forms we need. */
export interface ReaderAddress {
  /** What goes on the envelope: local part as typed, domain in ASCII. */
  email: string;
  /** In lower case. Unique among readers. */
  key: string;
  /** Without plus-suffix, and at Gmail without dots: what limits per address count. */
  limitKey: string;
  /** In ASCII, lower case. */
  domain: string;
}

export type AddressResult = { ok: true; address: ReaderAddress } | { ok: false; problem: string };

/**
 * Services whose purpose is an inbox that is thrown away. A list this short stops the casual use and
 * nothing more; limits per network and domain do the rest.
 */
const DISPOSABLE = new Set([
  '10minutemail.com',
  '20minutemail.com',
  'discard.email',
  'dispostable.com',
  'fakeinbox.com',
  'getairmail.com',
  'getnada.com',
  'grr.la',
  'guerrillamail.biz',
  'guerrillamail.com',
  'guerrillamail.de',
  'guerrillamail.info',
  'guerrillamail.net',
  'guerrillamail.org',
  'guerrillamailblock.com',
  'inboxkitten.com',
  'mail-temp.com',
  'maildrop.cc',
  'mailcatch.com',
  'mailinator.com',
  'mailnesia.com',
  'mintemail.com',
  'mohmal.com',
  'moakt.com',
  'sharklasers.com',
  'spam4.me',
  'spamgourmet.com',
  'temp-mail.org',
  'tempail.com',
  'tempmail.com',
  'tempmailo.com',
  'tempr.email',
  'throwawaymail.com',
  'trashmail.com',
  'trashmail.de',
  'wegwerfmail.de',
  'yopmail.com',
  'yopmail.fr',
]);

/** Names that the standards reserve for not existing, and special networks without mail. */
const UNREACHABLE = new Set(['invalid', 'localhost', 'onion', 'arpa']);

const GMAIL = new Set(['gmail.com', 'googlemail.com']);

/** RFC 5322 dot-atom. Quoted local parts are legal and nobody has one; they are a way to smuggle. */
const LOCAL = /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/i;
const LABEL = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;

const refuse = (problem: string): AddressResult => ({ ok: false, problem });

/**
 * Reads an address as typed into a form. Refuses, with words for the reader, whatever cannot be
 * delivered or could mean two addresses. International domains are taken and turned into ASCII.
 */
export function parseAddress(typed: string): AddressResult {
  const text = typed.normalize('NFC').trim();
  if (text === '') return refuse('Please type your email address.');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
  if (/[\u0000-\u0020\u007f-\u00a0\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff]/.test(text)) {
    return refuse('An email address has no spaces or invisible characters. Please check it.');
  }
  if (text.length > 320) return refuse('This is too long for an email address.');
  const parts = text.split('@');
  if (parts.length !== 2 || !parts[0] || !parts[1]) {
    return refuse('Please type one address, like name@example.org.');
  }
  const [local, typedDomain] = parts as [string, string];
  if (/[^!-~]/.test(local)) {
    return refuse(
      'The part before the @ has letters that many mail servers cannot deliver yet. Please use another address.',
    );
  }
  if (local.length > 64 || !LOCAL.test(local)) {
    return refuse('The part before the @ has characters that we cannot deliver to.');
  }
  const domain = domainToASCII(typedDomain.replace(/\.$/, '')).toLowerCase();
  const labels = domain.split('.');
  const top = labels.at(-1)!;
  if (labels.length < 2 || !labels.every((label) => LABEL.test(label)) || /^\d+$/.test(top)) {
    return refuse('The part after the @ is not a domain that receives mail, such as example.org.');
  }
  if (UNREACHABLE.has(top)) return refuse(`Addresses ending in .${top} receive no mail.`);
  const email = `${local}@${domain}`;
  if (email.length > 254) return refuse('This is too long for an email address.');
  if (labels.some((_, index) => DISPOSABLE.has(labels.slice(index).join('.')))) {
    return refuse(
      'This is a throw-away mailbox: the digest would reach nobody. Please use a lasting address.',
    );
  }
  const key = email.toLowerCase();
  return {
    ok: true,
    address: { email, key, limitKey: mailboxOf(withoutSuffix(key)), domain },
  };
}

function withoutSuffix(key: string): string {
  const [local, domain] = key.split('@') as [string, string];
  return `${local.split('+')[0] || local}@${domain}`;
}

/**
 * The mailbox that an address in lower case leads to, as far as anybody outside can tell: Gmail reads
 * over dots and what comes after a plus, and googlemail.com is its other name.
 */
function mailboxOf(key: string): string {
  const [local, domain] = withoutSuffix(key).split('@') as [string, string];
  return GMAIL.has(domain) ? `${local.replaceAll('.', '')}@gmail.com` : key;
}

/** How the suppression list knows a mailbox, of which it must not keep the address. */
export function addressHash(key: string, suppressionKey: string): string {
  return hashOf(mailboxOf(key), suppressionKey);
}

/** The same, and as addresses at Gmail were hashed before one mailbox was known to have several. */
export function addressHashes(key: string, suppressionKey: string): string[] {
  return [...new Set([addressHash(key, suppressionKey), hashOf(key, suppressionKey)])];
}

function hashOf(text: string, suppressionKey: string): string {
  return createHmac('sha256', suppressionKey).update(`suppression:${text}`).digest('hex');
}
