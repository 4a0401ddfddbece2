import { parseArxivId, parseDoi } from '@/lib/papers/identity';
import { type Piece, wholeLines } from '@/lib/sources/formats/input/text-input';
import { LONGEST_RECORD } from '@/lib/sources/formats/input/types';

/** A line without the marks of its links, with what they lead to. */
export interface Line {
  text: string;
  line: number;
  /** Only the beginning of a line that is longer than any paper. */
  cut: boolean;
  /** Level of a Markdown heading, 0 for other lines. */
  heading: number;
  /** Begins with the mark of a list item, which is not part of the text. */
  bullet: boolean;
  addresses: string[];
  /** The whole text is a link. */
  linked: boolean;
}

/** Longer lines are abstracts at best; they keep their marks. */
const LONGEST_MARKED = 20_000;

/** What the numbers in a text browser's `[32]` lead to. */
export type References = ReadonlyMap<number, string>;

const EMPTY: Line = {
  text: '',
  line: 0,
  cut: false,
  heading: 0,
  bullet: false,
  addresses: [],
  linked: false,
};

export async function* lines(
  pieces: AsyncIterable<Piece> | Iterable<Piece>,
  references: References,
): AsyncGenerator<Line> {
  let wasEmpty = false;
  for await (const { text, line, cut } of wholeLines(pieces, LONGEST_RECORD)) {
    // Of empty lines in a row one says enough.
    if (text !== '') yield { ...unmarked(text, references), line, cut };
    else if (!wasEmpty) yield { ...EMPTY, line };
    wasEmpty = text === '';
  }
}

/** The list of addresses that text browsers print below a page: `  32. https://…`. */
export function referencesIn(pieces: Iterable<Piece>): References {
  const found = new Map<number, string>();
  for (const { text } of pieces) {
    if (text.length > 2_000 || !text.includes('://')) continue;
    const match = /^\s*\[?(\d{1,5})(?:\.|\]:?)\s+((?:https?|file):\/\/\S+)\s*$/.exec(text);
    if (match) found.set(Number(match[1]), match[2]!);
  }
  return found;
}

const IMAGE = /!\[[^[\]]*\]\([^()\s]*\)/g;
const INLINE = /\[([^[\]]*)\]\(([^()\s]*(?:\([^()\s]*\)[^()\s]*)?)(?:[ \t]"[^"]*")?\)/g;
const DOUBLE = /\[\[([^[\]]*)\]\]\(([^()\s]*)\)/g;
const NUMBERED = /\[([^[\]]*)\]\[(\d{1,5})\]/g;
const BEFORE = /(?<![^\s([*])\[(\d{1,5})\](?=[\p{L}\p{N}“"$(*])/gu;
const ANGLED = /<(https?:\/\/[^\s<>]+)>/g;
const BRACKETED = /[ \t]?\[((?:https?:\/\/|\/(?:papers|abs)\/)[^\s[\]]+)\]/g;
const BARE = /^\s*(?:[-*•↳→]\s+)?(https?:\/\/[^\s[\]()]+)\s*$/;

function unmarked(raw: string, references: References): Omit<Line, 'line' | 'cut'> {
  const trimmed = raw.trim();
  const plain = { text: trimmed, heading: 0, bullet: false, addresses: [], linked: false };
  if (trimmed.length > LONGEST_MARKED) return plain;
  if (
    /^(?:[-=_*~%#]{3,}|[-\s|:]{5,}|<\/?[a-z][^<>]{0,200}>)$/i.test(trimmed) &&
    !/^<https?:/i.test(trimmed)
  )
    return { ...plain, text: '' };
  const bare = BARE.exec(trimmed);
  if (bare) return { ...plain, text: '', addresses: [bare[1]!] };

  const heading = /^#{1,6}(?=\s)/.exec(trimmed)?.[0].length ?? 0;
  let text = trimmed.slice(heading).trim();
  const bullet = /^(?:[-*•+]|\d{1,4}[.)])\s+(?=\S)/.exec(text)?.[0];
  if (bullet !== undefined && !/^\d/.test(bullet)) text = text.slice(bullet.length);
  const links = withoutLinks(text, references);
  text = links.text
    .replace(/\*\*|__(?=\S)|(?<=\S)__/g, '')
    .replace(/^\*([^*]+)\*$/, '$1')
    .trim();
  // What is left of a link over several lines.
  text = text
    .replace(/^\]\s*\[\d{1,5}\]/, '')
    .replace(/^\]\([^()\s]*\)$/, '')
    .trim();
  if (/^[[\]]+$/.test(text)) text = '';
  return {
    text,
    heading,
    bullet: bullet !== undefined && links.text !== '',
    addresses: links.addresses,
    linked: links.linked >= text.length && text !== '',
  };
}

/** A text without the marks of its links, their addresses, and how much of the text they cover. */
export function withoutLinks(text: string, references: References) {
  const addresses: string[] = [];
  let linked = 0;
  const noted = (label: string, address: string | undefined) => {
    if (address !== undefined) addresses.push(address);
    linked += label.length;
    return label;
  };
  if (!/[[<]/.test(text)) return { text, addresses, linked };
  const unmarkedText = text
    .replace(/\\\[/g, '\uE000')
    .replace(/\\\]/g, '\uE001')
    .replace(IMAGE, '')
    .replace(DOUBLE, (_, label: string, address: string) => noted(label, address))
    .replace(INLINE, (_, label: string, address: string) => noted(label, address))
    .replace(NUMBERED, (_, label: string, n: string) =>
      noted(label.trim(), references.get(Number(n))),
    )
    .replace(ANGLED, (_, address: string) => noted('', address))
    .replace(BRACKETED, (_, address: string) => noted('', address))
    .replace(BEFORE, (_, n: string) => {
      const address = references.get(Number(n));
      if (address !== undefined) addresses.push(address);
      linked += text.length;
      return '';
    })
    // Brackets that Markdown escapes are no marks.
    .replace(/\uE000/g, '[')
    .replace(/\uE001/g, ']');
  return { text: unmarkedText, addresses, linked };
}

/** The arXiv id that one of the addresses leads to. */
export function paperIn(addresses: readonly string[]): string | undefined {
  for (const address of addresses) {
    const identity =
      parseArxivId(address) ??
      parseArxivId(/^\/(?:papers|abs|pdf)\/(.+)$/.exec(address)?.[1] ?? '');
    if (identity && /[/.:]/.test(address.replace(identity.id, ''))) return identity.id;
  }
  return undefined;
}

/** The DOI that one of the addresses leads to. */
export function doiIn(addresses: readonly string[]): string | undefined {
  const doi = addresses.filter((address) => /doi\.org\//i.test(address)).map(parseDoi);
  return doi.find((found) => found !== null) ?? undefined;
}
