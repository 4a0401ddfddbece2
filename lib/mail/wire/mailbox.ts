const ADDRESS =
  /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*$/;

/**
 * Whether the text is one plain ASCII address that may stand in a header and on an envelope as it
 * is: no quotes, lists, comments, brackets, spaces or controls. The last guard before the wire; what
 * readers type is read by `lib/subscribers/email-address`.
 */
export function isPlainAddress(text: string): boolean {
  return text.length <= 254 && text.lastIndexOf('@') <= 64 && ADDRESS.test(text);
}

/** The receiving domain, in lower case. */
export function domainOf(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1).toLowerCase();
}

/** Splits `Broadsheet <digest@example.org>` or a bare address. */
export function readMailbox(mailbox: string): { name: string; address: string } {
  const match = /^([^<>]*)<([^<>\s]+)>\s*$/.exec(mailbox);
  if (!match) return { name: '', address: mailbox.trim() };
  return { name: match[1]!.trim().replace(/^"(.*)"$/, '$1'), address: match[2]! };
}
