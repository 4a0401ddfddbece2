import { toAscii } from '@/lib/papers/ascii';
import { ESCAPED, SPELLED } from '@/lib/papers/tex/commands';
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

/** One BibTeX entry: `@article` where a journal is known, else `@misc`. */
export function bibtex(paper: Cited): string {
  const fields: [string, string | null | undefined][] = [
    ['title', protectCase(escapeTex(paper.title))],
    ['author', paper.authors.map(author).join(' and ')],
    ['journal', paper.journal && escapeTex(paper.journal)],
    ['year', paper.date && String(paper.date.year)],
    ['month', paper.date && String(paper.date.month)],
    ['eprint', paper.arxivId],
    ['archiveprefix', paper.arxivId && 'arXiv'],
    ['primaryclass', paper.arxivId && paper.category],
    ['doi', paper.doi],
    ['url', paper.url],
  ];
  const lines = fields.flatMap(([name, value]) => (value ? [`  ${name} = {${value}},`] : []));
  return [`@${paper.journal ? 'article' : 'misc'}{${citationKey(paper)},`, ...lines, '}', ''].join(
    '\n',
  );
}

/** First author's family name, year, first word of the title that says something: `hu2021lora`. */
export function citationKey({ authors, date, title }: Cited): string {
  const first = authors[0] ?? '';
  const words = ascii(title.replace(/\$[^$]*\$/g, ' ')).split(' ');
  const word = words.find((candidate) => candidate && !STOPWORDS.has(candidate)) ?? '';
  const family = ascii(partName(first)?.family ?? first).replaceAll(' ', '');
  return `${family}${date?.year ?? ''}${word}` || 'paper';
}

function ascii(text: string): string {
  return toAscii(text)
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();
}

function author(name: string): string {
  const escaped = escapeTex(name);
  return partName(name) && !/,|\band\b/.test(name) ? escaped : `{${escaped}}`;
}

/** Formulas stay; outside them the characters that TeX reads as commands are escaped. */
function escapeTex(text: string): string {
  const formulas = text.split(/(\$[^$]+\$)/);
  return formulas
    .map((part, index) => (index % 2 === 1 && balanced(part) ? part : escapePlain(part)))
    .join('');
}

const ESCAPES = new RegExp(`[${ESCAPED}~^\\\\]`, 'g');

function escapePlain(text: string): string {
  return text.replace(ESCAPES, (character) => {
    const spelled = SPELLED[character];
    return spelled ? `\\${spelled}{}` : `\\${character}`;
  });
}

function balanced(tex: string): boolean {
  let depth = 0;
  for (const character of tex.replace(/\\[{}]/g, '')) {
    if (character === '{') depth += 1;
    if (character === '}') depth -= 1;
    if (depth < 0) return false;
  }
  return depth === 0 && !tex.endsWith('\\$');
}

/** Styles lower the case of titles: words such as "LoRA" and "BERT" are kept by braces. */
function protectCase(title: string): string {
  return title.replace(
    /(?<![\\\p{L}\p{N}${])[\p{L}\p{N}]*\p{L}\p{N}*\p{Lu}[\p{L}\p{N}]*/gu,
    '{$&}',
  );
}
