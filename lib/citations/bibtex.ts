import { toAscii } from '@/lib/papers/ascii';
import { ESCAPED, SPELLED, TEXT_SIGNS } from '@/lib/papers/tex/commands';
import { FORMULA } from '@/lib/papers/tex/formula';
import { splitMaths } from '@/lib/papers/tex/mathml';
import type { Cited } from './cited';
import { partName } from './names';

const STOPWORDS = new Set([
  'a',
  'an',
  'the',
  'on',
  'of',
  'in',
  'for',
  'to',
  'towards',
  'and',
  'with',
]);

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** One BibTeX entry: `@article` where a journal is known, else `@misc`. */
export function bibtex(paper: Cited): string {
  const { arxivId, category, date, journal } = paper;
  const fields: [string, string | null | undefined][] = [
    ['title', escapeTex(paper.title, protectCase)],
    ['author', paper.authors.map(author).join(' and ')],
    ['journal', journal && escapeTex(journal)],
    ['year', date && String(date.year)],
    ['month', date && MONTHS[date.month - 1]],
    ['eprint', arxivId && escapePlain(arxivId)],
    ['archiveprefix', arxivId && 'arXiv'],
    ['primaryclass', arxivId && category && escapePlain(category)],
    ['doi', paper.doi && verbatim(paper.doi)],
    ['url', verbatim(paper.url)],
  ];
  const lines = fields.flatMap(([name, value]) =>
    // The styles know the months by these names.
    value ? [`  ${name} = ${name === 'month' ? value : `{${value}}`},`] : [],
  );
  return [`@${journal ? 'article' : 'misc'}{${citationKey(paper)},`, ...lines, '}', ''].join('\n');
}

/**
 * First author's family name, year, first word of the title that says something: `hu2021lora`. Of at
 * most 40 characters.
 */
export function citationKey({ authors, date, title }: Cited): string {
  const first = authors[0] ?? '';
  const words = ascii(title.replace(FORMULA, ' ')).split(' ');
  const word = words.find((candidate) => candidate && !STOPWORDS.has(candidate)) ?? '';
  const family = ascii(partName(first)?.family ?? first).replaceAll(' ', '');
  return `${family.slice(0, 20) || 'paper'}${date?.year ?? ''}${word.slice(0, 16)}`;
}

function ascii(text: string): string {
  return toAscii(text)
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();
}

function author(name: string): string {
  const parted = partName(name);
  if (!parted || /\band\b/i.test(name)) return `{${escapeTex(name)}}`;
  const { family, suffix, given } = parted;
  return suffix
    ? [family, suffix, given].map((part) => escapeTex(part)).join(', ')
    : escapeTex(name);
}

/** Formulas stay, in braces, so that styles keep their case; around them all that TeX reads is escaped. */
function escapeTex(text: string, words: (text: string) => string = escapePlain): string {
  return splitMaths(text)
    .map((part) => {
      if (part.kind === 'text') return words(part.text);
      const formula = entryFormula(part.tex);
      return formula ? `{${formula}}` : words(part.source);
    })
    .join('');
}

/** A formula as an entry may carry it; null for one that would not end where it should. */
function entryFormula(tex: string): string | null {
  const line = tex.replace(/(?<!\\)[%$]/g, '\\$&');
  const formula = `$${balanced(line) ? line : line.replace(/\\([{}])/g, (_, c) => BRACE[c]!)}$`;
  const [found] = formula.matchAll(FORMULA);
  return found?.[0] === formula && balanced(formula) ? formula : null;
}

const BRACE: Record<string, string> = { '{': '\\lbrace{}', '}': '\\rbrace{}' };

/** As BibTeX counts: it knows no escaped braces. */
function balanced(tex: string): boolean {
  let depth = 0;
  for (const character of tex) {
    if (character === '{') depth += 1;
    if (character === '}') depth -= 1;
    if (depth < 0) return false;
  }
  return depth === 0;
}

/** In TeX's first fonts these characters are others. */
const OTHERS_IN_OLD_FONTS = ['textless', 'textgreater', 'textbar'];
const SPELLED_OUT: Record<string, string> = {
  ...SPELLED,
  ...Object.fromEntries(OTHERS_IN_OLD_FONTS.map((name) => [TEXT_SIGNS[name], name])),
};
/** Two hyphens would be a dash. */
const ESCAPES = new RegExp(`[${ESCAPED}~^<>|\\\\]|-(?=-)`, 'g');

function escapePlain(text: string): string {
  return text.replace(ESCAPES, (character) => {
    const spelled = SPELLED_OUT[character];
    if (spelled) return `\\${spelled}{}`;
    return character === '-' ? '-{}' : `\\${character}`;
  });
}

/** Addresses are written as they are, but for what would end the field. */
function verbatim(address: string): string {
  return address.replace(/[{}\\]/g, (character) => `\\${SPELLED[character]}{}`);
}

const CASED_WORD = /(?<![\p{L}\p{N}])[\p{L}\p{N}]*\p{L}\p{N}*\p{Lu}[\p{L}\p{N}]*/gu;

/** Styles lower the case of titles: words such as "LoRA" and "BERT" are kept by braces. */
function protectCase(text: string): string {
  let result = '';
  let from = 0;
  for (const { 0: word, index } of text.matchAll(CASED_WORD)) {
    result += `${escapePlain(text.slice(from, index))}{${word}}`;
    from = index + word.length;
  }
  return result + escapePlain(text.slice(from));
}
