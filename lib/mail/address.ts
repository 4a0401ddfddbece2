import { domainToASCII } from 'node:url';

export type AddressCheck =
  | { ok: true; address: string; domain: string }
  | { ok: false; message: string };

const ATOM = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/;
const LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/**
 * Reads one mail address as a person types it: `local@domain` with a plain local part and a domain
 * name, international ones in their ASCII form. Quoted local parts, comments, lists and address
 * literals are valid in theory and never a reader's; they are what header injection is made of, so
 * they are refused. The message is meant for the person who typed it.
 */
export function readAddress(raw: string): AddressCheck {
  const text = raw.normalize('NFC').trim();
  const at = text.lastIndexOf('@');
  if (at < 1 || at === text.length - 1) {
    return no('An email address looks like name@example.org.');
  }
  const local = text.slice(0, at);
  const domain = domainToASCII(text.slice(at + 1)).replace(/\.$/, '');
  if (/[^\x20-\x7e]/.test(local)) {
    return no('The part before the @ has letters that most mail servers cannot deliver to.');
  }
  if (local.length > 64 || !ATOM.test(local)) {
    return no('The part before the @ has characters that no mail provider uses.');
  }
  const labels = domain.split('.');
  if (domain.length > 253 || labels.length < 2 || !labels.every((label) => LABEL.test(label))) {
    return no('The part after the @ is not a domain name such as example.org.');
  }
  if (/^\d+$/.test(labels.at(-1)!)) {
    return no('The part after the @ is not a domain name such as example.org.');
  }
  return { ok: true, address: `${local}@${domain}`, domain };
}

function no(message: string): AddressCheck {
  return { ok: false, message };
}

/** The receiving domain of an address that `readAddress` accepted. */
export function domainOf(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1).toLowerCase();
}

/** Splits `Broadsheet <digest@example.org>` or a bare address. */
export function readMailbox(mailbox: string): { name: string; address: string } {
  const match = /^([^<>]*)<([^<>\s]+)>\s*$/.exec(mailbox);
  if (!match) return { name: '', address: mailbox.trim() };
  return { name: match[1]!.trim().replace(/^"(.*)"$/, '$1'), address: match[2]! };
}
