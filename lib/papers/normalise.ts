import { decodeHTMLStrict } from 'entities';
import {
  ACCENT_LETTERS,
  ACCENT_SIGNS,
  ACCENTS,
  ESCAPED,
  LETTERS,
  STYLE_SWITCHES,
  STYLES,
} from '@/lib/papers/tex/commands';
import { outsideFormulas } from '@/lib/papers/tex/formula';

/**
 * Titles and abstracts as one plain text, whatever the source made of them. Applied once, at ingest;
 * what the source wrote is kept beside it. Normalising twice changes nothing.
 */

/** A title on one line: entities, ligatures, TeX accents and text commands resolved, maths kept. */
export function normaliseTitle(raw: string): string {
  const line = singleSpaced(characters(raw));
  const text = withoutTex(line, texToText);
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

/** A person's name on one line, affiliation marks in brackets left out. */
export function normaliseName(raw: string): string {
  const name = normaliseTitle(raw);
  // A paper has many names, and most need nothing of this.
  if (!/[(,;]/.test(name)) return name;
  return name.replace(/\s*\([^()]*\)/g, '').replace(/^[\s,;]+|(?<![\s,;])[\s,;]+$/g, '');
}

/**
 * BibTeX protects capitals and groups words with braces. They go once the accents and commands that
 * need them are resolved. Escaped ones stay, and so do those of formulas.
 */
export function withoutGroups(raw: string): string {
  const change = (text: string) =>
    untilUnchanged(text, resolveCommands).replace(/(?<!\\)[{}]/g, '');
  return withoutTex(characters(raw), change);
}

/** Characters only: entities, compatibility ligatures, invisible and forbidden code points. */
function characters(raw: string): string {
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

/** Formulas and what has no sign of TeX are left as they are. */
function withoutTex(text: string, change: (text: string) => string): string {
  return /[\\{}~]|``|''/.test(text) ? outsideFormulas(text, change) : text;
}

/**
 * `\'e`, `\'{e}`, `{\'e}`, `\'\i`, `\c c`, `\c{c}`; letter commands need a boundary after them, and a
 * space that is one is part of them.
 */
const ACCENT = new RegExp(
  String.raw`\{?\\(?:([${ACCENT_SIGNS}])\s*|([${ACCENT_LETTERS}])(?:\s+|(?=\{)))` +
    String.raw`(?:\{\s*(\\?\p{L})\s*\}|(\\[ij](?!\p{L})\s?|\p{L}))(\}?)`,
  'gu',
);
const LETTER_NAMES = Object.keys(LETTERS).join('|');
const LETTER = new RegExp(
  `\\{\\\\(${LETTER_NAMES})\\}|\\\\(${LETTER_NAMES})(?:\\{\\}|(?![A-Za-z])\\s?)`,
  'g',
);
const STYLED = new RegExp(`\\\\(?:${STYLES}|href\\{[^{}]*\\})\\{((?:[^{}]|\\{[^{}]*\\})*)\\}`, 'g');

const SWITCHED = new RegExp(String.raw`\{\\(?:${STYLE_SWITCHES})\s+([^{}]*)\}`, 'g');
/** All but the dollar, which would open a formula. */
const ESCAPES = new RegExp(String.raw`\\([${ESCAPED.replace('$', '')}])`, 'g');

function texToText(text: string): string {
  return untilUnchanged(text, (before) => resolveSigns(resolveCommands(before)));
}

/** Marks may be nested, so once more until nothing changes. */
function untilUnchanged(text: string, change: (text: string) => string): string {
  let result = text;
  for (let round = 0; round < 10; round++) {
    const before = result;
    result = change(before);
    if (result === before) break;
  }
  return result;
}

function resolveCommands(text: string): string {
  return text
    .replace(ACCENT, (whole, mark, command, braced, bare, closing) => {
      const opened = whole.startsWith('{');
      if (opened !== (closing === '}')) {
        // A lone brace belongs to something around the accent: leave it where it was.
        if (opened) return `{${accented(mark ?? command, braced ?? bare)}`;
        return `${accented(mark ?? command, braced ?? bare)}${closing}`;
      }
      return accented(mark ?? command, braced ?? bare);
    })
    .replace(LETTER, (_, braced, bare) => LETTERS[braced ?? bare] ?? '')
    .replace(STYLED, (_, inner) => (inner.includes('\\') ? inner : inner.replace(/[{}]/g, '')))
    .replace(SWITCHED, '$1');
}

function resolveSigns(text: string): string {
  return (
    text
      .replace(ESCAPES, '$1')
      // A tie, but for ranges, "8~15", and addresses.
      .replace(/(?<=[\p{L}\p{N}.])~(?=[\p{Lu}\p{N}\\])(?!(?<=\p{N}~)\p{N}|\S{0,200}\/)/gu, ' ')
      .replace(/``/g, '“')
      .replace(/''/g, '”')
  );
}

function accented(mark: string, letter: string): string {
  return (letter.replace('\\', '').trim() + (ACCENTS[mark] ?? '')).normalize('NFC');
}
