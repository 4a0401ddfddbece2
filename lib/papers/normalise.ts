import { decodeHTMLStrict } from 'entities';
import { outsideFormulas } from '@/lib/papers/tex/formula';
import { texToText } from '@/lib/papers/tex/text-commands';

/**
 * Titles and abstracts as one plain text, whatever the source made of them. Applied once, at ingest;
 * what the source wrote is kept beside it. Normalising twice changes nothing.
 */

/** A title on one line: entities, ligatures, TeX accents and text commands resolved, maths kept. */
export function normaliseTitle(raw: string): string {
  const line = singleSpaced(characters(raw));
  const text = /[\\{}~]|``|''/.test(line) ? outsideFormulas(line, texToText) : line;
  return (text === line ? line : singleSpaced(text)).trim();
}

/** Each run of white space as one space. Most are one already. */
function singleSpaced(text: string): string {
  return text.replace(/\s{2,}|[^\S ]/g, ' ');
}

/**
 * An abstract as paragraphs separated by one empty line. A paragraph begins after an empty line or,
 * as arXiv writes it, with an indented line; every other line break is only typesetting.
 */
export function normaliseAbstract(raw: string): string {
  return characters(raw)
    .replace(/^\s*abstract\s*[:.]\s+/i, '')
    .split(/\n[ \t]*\n\s*|\n[ \t]{2,}(?=\S)/)
    .map((paragraph) =>
      normaliseTitle(paragraph.replace(/(\p{L}-)[ \t]*\n[ \t]*(?=\p{Ll})/gu, '$1')),
    )
    .filter((paragraph) => paragraph !== '')
    .join('\n\n');
}

const BRACKETED = /\s?\((?!\p{Lu}\p{Ll}+\) \p{L})[^()]*\)/gu;

/** A person's name on one line. Affiliations in brackets are left out, "Yu (Marco) Nie" is a name. */
export function normaliseName(raw: string): string {
  const name = normaliseTitle(raw);
  // A paper has many names, and most need nothing of this.
  if (!/[(,;]/.test(name)) return name;
  return name.replace(BRACKETED, '').replace(/^[\s,;]+|(?<![\s,;])[\s,;]+$/g, '');
}

/** Characters only, and no TeX: entities, compatibility ligatures, invisible and forbidden code points. */
export function characters(raw: string): string {
  if (PLAIN.test(raw)) return raw;
  return decodeEntities(raw)
    .replace(/\r\n?|\u2028|\u2029/g, '\n')
    .replace(/\p{Surrogate}/gu, '\uFFFD')
    .replace(/[\uFB00-\uFB06]/g, (ligature) => ligature.normalize('NFKC'))
    .replace(/[\u00A0\u2000-\u200A\u202F\u205F\u3000\t]/g, ' ')
    .replace(INVISIBLE, '')
    .normalize('NFC');
}

/** Printable ASCII without an entity: most texts need nothing of all this. */
const PLAIN = /^[\n\x20-\x25\x27-\x7e]*$/;

/** Control characters but the line break, soft hyphens, zero-width marks, byte-order marks. */
const INVISIBLE =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: removing them is the point.
  /[\u0000-\u0009\u000B-\u001F\u007F-\u009F\u00AD\u200B\u200E\u200F\u2060\uFEFF]/g;

/** Feeds escape once too often now and then (`&amp;lt;`), so decode until nothing is left to decode. */
function decodeEntities(raw: string): string {
  let text = raw;
  for (let round = 0; round < 3 && text.includes('&'); round++) {
    const decoded = decodeHTMLStrict(text);
    if (decoded === text) break;
    text = decoded;
  }
  return text;
}
