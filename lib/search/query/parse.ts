import {
  type Clause,
  FIELDS,
  type Field,
  type SearchQuery,
  SORTS,
} from '@/lib/search/query/clause';
import { category, date, dayOf, type FieldResult, paperId, tag } from '@/lib/search/query/fields';
import { pastedReference } from '@/lib/search/query/pasted';
import { fold } from '@/lib/search/text/spelling';
import { terms } from '@/lib/search/text/terms';
import { tokenize } from '@/lib/search/text/tokenizer';

/** A longer query is cut, with a message: this bounds its cost before it runs. */
const LONGEST_QUERY = 4_000;
const MOST_WORDS = 250;
const MOST_FILTERS = 24;
export const SHORTEST_PREFIX = 3;

// Optional minus, optional field, then a quoted text (an open quote runs to the end) or a run without
// blanks.
const PART = /([-+]*)(?:([a-z]{1,20}):(?=\S))?(?:"([^"]*)("|$)|(\S+))/giu;

/**
 * Reads the query language. Any string gives a query, and a message for each part that was not
 * understood or was left out; the rest still searches.
 */
export function parseQuery(text: string): { query: SearchQuery; messages: string[] } {
  const messages: string[] = [];
  const query: SearchQuery = { clauses: [], sort: null };
  const whole = paperId(text);
  if (whole) return { query: { clauses: [clause('id', whole)], sort: null }, messages };

  const pasted = pastedReference(text);
  let source = pasted
    ? clean([...pasted.ids.flatMap((id) => paperId(id) ?? []), plainWords(pasted.title)].join(' '))
    : asMeant(clean(text));
  if (/(?:^|\s)OR\s/.test(source) && /\p{Ll}/u.test(source)) {
    messages.push('“OR” was not read: by relevance, papers with some of the words are found, too.');
  }
  if (source.length > LONGEST_QUERY) {
    source = source.slice(0, LONGEST_QUERY);
    messages.push(`Only the first ${LONGEST_QUERY} characters of the query were read.`);
  }
  for (const [, signs, name, quoted, closing, bare] of source.matchAll(PART)) {
    const exclude = signs!.includes('-');
    const require = !exclude && signs !== '';
    const part = { exclude, require, name: name?.toLowerCase(), quoted, bare };
    if (quoted !== undefined && closing === '') messages.push('A quotation mark is not closed.');
    readPart(part, query, messages);
  }
  bound(query, messages);
  const after = dates(query, 'after').at(-1);
  const before = dates(query, 'before')[0];
  if (after && before && dayOf(after) >= dayOf(before)) {
    messages.push(`No paper can be after ${after} and before ${before}.`);
  }
  return { query, messages: [...new Set(messages)] };
}

/** A title as words: nothing in it is a sign of the query language. */
const plainWords = (title: string) =>
  title
    .replace(/["“”„«»*:]/g, ' ')
    .replace(/(^|\s)[-+]+/g, '$1')
    .replace(/\b(?:AND|OR|NOT)\b/g, (word) => word.toLowerCase());

/** No control characters, plain quotation marks, single blanks, whole characters only. */
function clean(text: string): string {
  return text
    .slice(0, 4 * LONGEST_QUERY)
    .replace(/[\p{Cc}\p{Cs}\p{Zs}\u2028\u2029\uFFFD]+/gu, ' ')
    .replace(/[“”„«»]/g, '"')
    .trim();
}

/** Puts what people write elsewhere into the language of this search; what they quote stays as it is. */
function asMeant(text: string): string {
  const quotes: string[] = [];
  const plain = text
    .replace(/"[^"]*"?/g, (quote) => `"${quotes.push(quote) - 1}"`)
    // As arXiv prints it: arXiv:2106.09685v2 [cs.CL].
    .replace(/\b(arxiv:)\s*(\S+)(?:\s+\[[a-z.-]+\])?/gi, '$1$2')
    .replace(/\bhttps?:\/\//gi, '')
    .replace(/(^|\s)[\u2010-\u2013\u2212\uFE63\uFF0D](?=[\p{L}\p{N}"])/gu, '$1-')
    .replace(BLANK_AFTER_FIELD, '$1$2');
  // In a title that is all in capitals, AND and NOT are words.
  const meant = /\p{Ll}/u.test(text)
    ? plain.replace(/(^|\s)(?:AND\s+)?NOT\s+(?=\S)/g, '$1-')
    : plain;
  return meant.replace(/"(\d+)"/g, (_, number) => quotes[number]!);
}

/** `after:`, `before:`, `has:` and `sort:` only before such a value: titles have them as words, too. */
const BLANK_AFTER_FIELD =
  /((?:^|\s)-?)((?:title|author|tag|cat|id|(?:after|before)(?=:\s+\d{4})|has(?=:\s+code\b)|sort(?=:\s+(?:relevance|new|trending|top)\b)):)\s+(?=\S)/gi;

interface Part {
  exclude: boolean;
  require: boolean;
  name: string | undefined;
  quoted: string | undefined;
  bare: string | undefined;
}

function readPart(part: Part, query: SearchQuery, messages: string[]) {
  const { name, quoted, bare } = part;
  const value = (quoted ?? bare ?? '')
    .replaceAll('"', '')
    .trim()
    // Only the last word may be a prefix.
    .replace(/\*+(?!$)/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  const add = adder(part, query);
  const id = name === undefined || name === 'arxiv' || name === 'doi' ? paperId(value) : null;
  if (name === 'sort') {
    const sort = SORTS.find((known) => known === value.toLowerCase());
    if (sort) query.sort = sort;
    else messages.push(`“sort:” wants one of ${SORTS.join(', ')}.`);
  } else if (name !== undefined && isField(name)) {
    const result = readField(name, value, messages);
    if ('value' in result) add(name, result.value);
    else messages.push(`${result.problem}; “${name}:${value}” was left out.`);
  } else if (quoted !== undefined) {
    if (name) messages.push(unknownField(name));
    if (id) add('id', id);
    else if (searchable(value)) add('phrase', withPrefixAtEnd(value, messages));
  } else if (id) {
    add('id', id);
  } else {
    if (name) messages.push(unknownField(name));
    readWord(name ? `${name} ${bare}` : bare!, add, messages);
  }
}

type Add = (kind: Clause['kind'], value: string) => void;

/** Adds the clauses that a part is read as, with its sign. Fields filter without a plus. */
function adder({ exclude, require }: Part, query: SearchQuery): Add {
  return (kind, value) => {
    const isRanked = kind === 'word' || kind === 'prefix' || kind === 'phrase';
    query.clauses.push({
      kind,
      value,
      exclude,
      ...(require && isRanked && { require: true as const }),
    });
  };
}

/** A text whose last word is a prefix, if it ends in a star and has letters enough; else without star. */
function withPrefixAtEnd(
  value: string,
  messages: string[],
  read: (text: string) => { word: string; end: number }[] = plainTerms,
): string {
  if (!value.endsWith('*')) return value;
  const text = value.replace(/[^\p{L}\p{N}\p{M}}$'’]+$/u, '');
  const last = read(text).at(-1);
  if (last && last.end === text.length && last.word.length >= SHORTEST_PREFIX) return `${text}*`;
  messages.push(tooShort(text));
  return text;
}

const plainTerms = (text: string) => terms(text).filter((term) => !term.implied);
const tooShort = (text: string) =>
  `“${text}*” is too short: the start of a word needs ${SHORTEST_PREFIX} letters.`;

function readWord(text: string, add: Add, messages: string[]) {
  for (const [, raw, star] of text.matchAll(/([^\s:*"]+)(\*?)/g)) {
    const word = tidy(raw!);
    if (!searchable(word)) continue;
    const id = paperId(word);
    if (id) add('id', id);
    else if (star) readPrefix(word, add, messages);
    else add('word', word);
  }
}

/** `transf*` and `pre-train*` are prefixes; `low-rank*` is a phrase whose last word is one. */
function readPrefix(word: string, add: Add, messages: string[]): void {
  const list = plainTerms(word);
  const [only] = list;
  if (
    list.length === 1 &&
    only!.word.length >= SHORTEST_PREFIX &&
    tokenize(only!.word).length === 1
  ) {
    add('prefix', only!.word);
    return;
  }
  const value = withPrefixAtEnd(`${word}*`, messages);
  add(value.endsWith('*') ? 'phrase' : 'word', value);
}

function readField(field: Field, value: string, messages: string[]): FieldResult {
  switch (field) {
    case 'title':
      return searchable(value)
        ? { value: withPrefixAtEnd(value, messages) }
        : { problem: '“title:” wants words' };
    case 'author':
      return searchable(value)
        ? { value: withPrefixAtEnd(value, messages, tokenize) }
        : { problem: '“author:” wants a name' };
    case 'tag':
      return tag(value);
    case 'cat':
      return category(value);
    case 'after':
    case 'before':
      return date(field, value);
    case 'has':
      return value.toLowerCase() === 'code' ? { value: 'code' } : { problem: '“has:” knows code' };
    case 'id': {
      const id = paperId(value);
      return id
        ? { value: id }
        : { problem: '“id:” wants an arXiv id such as 2106.09685, or a DOI' };
    }
  }
}

function bound(query: SearchQuery, messages: string[]): void {
  let ranked = 0;
  let filters = 0;
  const seen = new Set<string>();
  const kept = query.clauses.filter((part) => {
    const { kind, exclude, require = false } = part;
    const isRanked = !exclude && !require && (kind === 'word' || kind === 'prefix');
    // A repeated word weighs more; a repeated filter says nothing new.
    if (isRanked) return ++ranked <= MOST_WORDS;
    const key = `${kind} ${exclude} ${require} ${fold(part.value)}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return ++filters <= MOST_FILTERS;
  });
  if (ranked > MOST_WORDS) messages.push(`Only the first ${MOST_WORDS} words were searched for.`);
  if (filters > MOST_FILTERS) messages.push(`Only the first ${MOST_FILTERS} filters were used.`);
  query.clauses = kept;
}

function dates(query: SearchQuery, kind: 'after' | 'before'): string[] {
  return query.clauses
    .filter((part) => part.kind === kind && !part.exclude)
    .map((part) => part.value)
    .sort();
}

const clause = (kind: Clause['kind'], value: string): Clause => ({ kind, value, exclude: false });
const isField = (name: string): name is Field => (FIELDS as readonly string[]).includes(name);
const searchable = (text: string) => tokenize(text).length > 0;
/** A word without signs around it: brackets, commas, a leading minus, a star. */
const tidy = (word: string) =>
  word
    .replace(/^[^\p{L}\p{N}\\$]+/u, '')
    .replace(/[^\p{L}\p{N}\p{M}}$'’]+$/u, '')
    .replace(/"/g, '');
const unknownField = (name: string) =>
  `There is no field “${name}:”, so it was searched for as a word. Fields: ${[...FIELDS, 'sort'].map((f) => `${f}:`).join(' ')}.`;
