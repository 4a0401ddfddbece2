/** Hosts whose `/owner/name` pages are code. */
const CODE = /https?:\/\/(?:www\.)?(github\.com|gitlab\.com|bitbucket\.org)\/([\w.-]+)\/([\w.-]+)/i;

/** The first code repository that a text links to, as `https://host/owner/name`, or null. */
export function codeLink(text: string): string | null {
  const match = CODE.exec(text);
  if (!match) return null;
  const name = match[3]!.replace(/\.git$/i, '').replace(/[.]+$/, '');
  return name === '' ? null : `https://${match[1]!.toLowerCase()}/${match[2]}/${name}`;
}

/** Of an address that a page links to. */
const LONGEST = 500;

/** An address that a page may link to: http(s) only, bounded, without credentials; else null. */
export function webLink(text: string): string | null {
  const trimmed = text.trim();
  if (trimmed.length > LONGEST || /[\s\p{Cc}\p{Surrogate}"'<>\\]/u.test(trimmed)) return null;
  const address = /^[a-z][a-z0-9+.-]*:/i.test(trimmed) ? trimmed : `https://${trimmed}`;
  try {
    const url = new URL(address);
    const web = url.protocol === 'https:' || url.protocol === 'http:';
    return web && !url.username && !url.password && url.hostname.includes('.') ? address : null;
  } catch {
    return null;
  }
}

/** A piece of a text; `href` where it is the address of a page. */
export interface LinkedPiece {
  text: string;
  href: string | null;
}

/** Printed characters of ASCII alone, so that an address is what it looks like. */
const ADDRESS =
  /(?<![\w@./-])(?:https?:\/\/|(?:github\.com|gitlab\.com|huggingface\.co)\/)[\w\-.~:/?#[\]@!$&'()*+,;=%]+/gi;

/**
 * A text with the addresses in it. What is shown of one is all of it, so none leads elsewhere than it
 * says; the end of a sentence or a bracket around it is no part of it.
 */
export function splitLinks(text: string): LinkedPiece[] {
  const pieces: LinkedPiece[] = [];
  let end = 0;
  for (const { 0: found, index } of text.matchAll(ADDRESS)) {
    if (found.length > LONGEST) continue;
    const address = withoutEnd(found);
    const href = webLink(address);
    if (href === null) continue;
    if (index > end) pieces.push({ text: text.slice(end, index), href: null });
    pieces.push({ text: address, href });
    end = index + address.length;
  }
  if (end < text.length) pieces.push({ text: text.slice(end), href: null });
  return pieces;
}

function withoutEnd(address: string): string {
  let end = address.length;
  for (; end > 0; end--) {
    const last = address[end - 1]!;
    const isClosing = last === ')' ? '(' : last === ']' ? '[' : null;
    const isLoose = isClosing
      ? count(address.slice(0, end), last) > count(address.slice(0, end), isClosing)
      : ".,;:!?'*".includes(last);
    if (!isLoose) break;
  }
  return address.slice(0, end);
}

const count = (text: string, character: string) => text.split(character).length - 1;
