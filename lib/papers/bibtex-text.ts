import { characters } from '@/lib/papers/normalise';
import { ESCAPED, SIGNS, SPELLED, STYLE_SWITCHES } from '@/lib/papers/tex/commands';
import { FORMULA, outsideFormulas } from '@/lib/papers/tex/formula';
import { resolveCommands } from '@/lib/papers/tex/text-commands';

/** Longer fields are refused as what they are, a title or an abstract, so they stay as they stand. */
const LONGEST_FIELD = 100_000;

/**
 * What a field says: accents, commands, ties and dashes resolved, the braces that protect capitals
 * gone. Formulas stay TeX, and a dollar that would open one keeps its backslash.
 */
export function bibtexText(raw: string): string {
  if (raw.length > LONGEST_FIELD) return raw;
  const text = characters(raw);
  if (!/[\\{}~$]|--/.test(text)) return text;
  const source = withArguments(text);
  let result = '';
  let from = 0;
  let formula = '';
  const append = (words: string, next: string) => {
    result += (isEndLost(formula, words + next) ? bracketed(formula) : formula) + words;
    formula = next;
  };
  for (const match of source.matchAll(FORMULA)) {
    append(plain(source.slice(from, match.index)), match[0]);
    from = match.index + match[0].length;
  }
  append(plain(source.slice(from)), '');
  return withBareDollars(result);
}

/** Addresses and ids, where dashes and tildes are only themselves. */
export function verbatim(raw: string): string {
  return heldBack(raw).replace(/[{}]/g, '').replace(HELD, released).replaceAll('\\$', '$').trim();
}

const ARGUMENT = String.raw`\{((?:[^{}]|\{[^{}]*\})*)\}`;
const QUOTED = new RegExp(String.raw`\\(?:enquote|mkbibquote|textquote)\*?${ARGUMENT}`, 'g');
const EITHER = new RegExp(String.raw`\\texorpdfstring${ARGUMENT}\{[^{}]*\}`, 'g');
const ASIDE = new RegExp(String.raw`\\(?:footnote|thanks|noopsort|label|cite)${ARGUMENT}`, 'g');
const MATHS = new RegExp(String.raw`\\ensuremath\s?${ARGUMENT}`, 'g');

/** Commands whose argument may hold formulas, and the one that makes a formula. */
function withArguments(text: string): string {
  if (!/\\[a-z]/.test(text)) return text;
  const resolved = text.replace(ASIDE, '').replace(EITHER, '$1').replace(QUOTED, '“$1”');
  return outsideFormulas(resolved, (part) => part.replace(MATHS, (_, tex) => `$${tex.trim()}$`));
}

const GROUP_SWITCH = new RegExp(
  String.raw`\\(?:${STYLE_SWITCHES}|(?:bf|md)series|(?:it|sc|sl|up)shape|(?:tt|sf|rm)family)(?![A-Za-z])\s?`,
  'g',
);

function plain(text: string): string {
  if (!/[\\{}~]|--/.test(text)) return text;
  return resolveCommands(heldBack(text))
    .replace(/\\([A-Za-z]+)(?:\{\})?/g, (command, name) =>
      Object.hasOwn(SIGNS, name) ? SIGNS[name]! : command,
    )
    .replace(GROUP_SWITCH, '')
    .replace(/\\[A-Za-z]+\*?(?=\{)/g, '')
    .replace(/---/g, '—')
    .replace(/--/g, '–')
    .replace(/[{}]/g, '')
    .replace(/~/g, ' ')
    .replace(HELD, released);
}

const BY_NAME: Record<string, string> = {
  textdollar: '$',
  backslash: '\\',
  ...Object.fromEntries(Object.entries(SPELLED).map(([character, name]) => [name, character])),
};
const NAMES = Object.keys(BY_NAME).join('|');
const LITERAL = new RegExp(
  String.raw`\\\\|\\([~^])\{\s*\}|\\([${ESCAPED}])|\{\\(${NAMES})(?:\{\})?\}|\\(${NAMES})(?:\{\}|(?![A-Za-z])\s?)`,
  'g',
);

/** What is escaped, as characters that no text has, so that nothing reads it as TeX again. */
function heldBack(text: string): string {
  return text.replace(LITERAL, (whole, accent, escaped, grouped, named) =>
    whole === '\\\\' ? ' ' : held(accent ?? escaped ?? BY_NAME[grouped ?? named]),
  );
}

const HELD_CHARACTERS = [...new Set([...ESCAPED, ...Object.values(BY_NAME)])];
const FIRST_HELD = 0xfdd0;
const HELD = /[\uFDD0-\uFDEF]/g;

function held(character: string): string {
  return String.fromCharCode(FIRST_HELD + HELD_CHARACTERS.indexOf(character));
}

function released(placeholder: string): string {
  const character = HELD_CHARACTERS[placeholder.charCodeAt(0) - FIRST_HELD] ?? '';
  return character === '$' ? '\\$' : character;
}

/** Whether `$x$` is no formula before these characters, which braces parted from it. */
function isEndLost(formula: string, after: string): boolean {
  if (!formula.startsWith('$') || formula.startsWith('$$')) return false;
  return after.startsWith('$') || (/^\d/.test(after) && !/^\$\\[A-Za-z]+\$$/.test(formula));
}

function bracketed(formula: string): string {
  return `\\(${formula.slice(1, -1)}\\)`;
}

/** Dollars without their backslash, unless one would open a formula then. */
function withBareDollars(text: string): string {
  if (!text.includes('\\$')) return text;
  const bare = outsideFormulas(text, (part) => part.replaceAll('\\$', '$'));
  return formulasOf(bare) === formulasOf(text) ? bare : text;
}

function formulasOf(text: string): string {
  return [...text.matchAll(FORMULA)].map(([formula]) => formula).join('\n');
}
