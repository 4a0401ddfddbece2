import { arxivId, category, date, dayOf, type FieldResult, tag } from '@/lib/search/fields';
import { fold, words } from '@/lib/search/words';

export const FIELDS = ['title', 'author', 'tag', 'cat', 'after', 'before', 'has', 'id'] as const;
export type Field = (typeof FIELDS)[number];
export const SORTS = ['relevance', 'new', 'trending', 'top'] as const;
export type Sort = (typeof SORTS)[number];

/** One part of a query as it was understood: shown as one chip, removable alone. */
export interface Clause {
  /** `word` and `prefix` are ranked; everything else, and everything excluded, filters. */
  kind: 'word' | 'prefix' | 'phrase' | Field;
  /** Canonical: see fields.ts. */
  value: string;
  exclude: boolean;
}

export interface SearchQuery {
  clauses: Clause[];
  /** Null: by relevance where there is something to rank, else newest first. */
  sort: Sort | null;
}

/** A query beyond these is cut, with a message: its cost is bounded before it runs. */
const LONGEST_QUERY = 4_000;
const MOST_WORDS = 250;
const MOST_FILTERS = 24;
const SHORTEST_PREFIX = 3;

// Optional minus, optional field, then a quoted text (to the end where the quote is not closed) or a
// run without blanks.
const PART = /([-+]*)(?:([a-z]{1,20}):(?=\S))?(?:"([^"]*)("|$)|(\S+))/giu;

/**
 * Reads the query language of the search page, API, feeds, saved searches and digests. Total: any
 * string gives a query, and a message for each thing that was not understood or was left out; the
 * rest still searches.
 */
export function parseQuery(text: string): { query: SearchQuery; messages: string[] } {
  const messages: string[] = [];
  const query: SearchQuery = { clauses: [], sort: null };
  const whole = arxivId(text);
  if (whole) return { query: { clauses: [clause('id', whole)], sort: null }, messages };

  let source = clean(text);
  if (source.length > LONGEST_QUERY) {
    source = source.slice(0, LONGEST_QUERY);
    messages.push(`Only the first ${LONGEST_QUERY} characters of the query were read.`);
  }
  for (const [, signs, name, quoted, closing, bare] of source.matchAll(PART)) {
    const part = { exclude: signs!.includes('-'), name: name?.toLowerCase(), quoted, bare };
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

/** No control characters, plain quotation marks, single blanks, whole characters only. */
function clean(text: string): string {
  return text
    .slice(0, 4 * LONGEST_QUERY)
    .replace(/[\p{Cc}\p{Cs}\p{Zs}\u2028\u2029\uFFFD]+/gu, ' ')
    .replace(/[“”„«»]/g, '"')
    .trim();
}

interface Part {
  exclude: boolean;
  name: string | undefined;
  quoted: string | undefined;
  bare: string | undefined;
}

function readPart({ exclude, name, quoted, bare }: Part, query: SearchQuery, messages: string[]) {
  const value = (quoted ?? bare ?? '').replaceAll('"', '').trim();
  const add = (kind: Clause['kind'], text: string) =>
    query.clauses.push({ kind, value: text, exclude });
  if (name === 'sort') {
    const sort = SORTS.find((known) => known === value.toLowerCase());
    if (sort) query.sort = sort;
    else messages.push(`“sort:” wants one of ${SORTS.join(', ')}.`);
  } else if (name !== undefined && isField(name)) {
    const result = readField(name, value);
    if ('value' in result) add(name, result.value);
    else messages.push(`${result.problem}; “${name}:${value}” was left out.`);
  } else if (quoted !== undefined) {
    if (name) messages.push(unknownField(name));
    if (searchable(value)) add('phrase', value);
  } else if (name === undefined && arxivId(value)) {
    add('id', arxivId(value)!);
  } else {
    // "BERT:pre-training" and URLs are words, not fields.
    if (name && !/^\/\//.test(value)) messages.push(unknownField(name));
    readWord(name ? `${name} ${value}` : value, exclude, query, messages);
  }
}

function readWord(text: string, exclude: boolean, query: SearchQuery, messages: string[]) {
  const add = (kind: Clause['kind'], value: string) => query.clauses.push({ kind, value, exclude });
  for (const [, raw, star] of text.matchAll(/([^\s:*"]+)(\*?)/g)) {
    const word = tidy(raw!);
    const found = words(word);
    const [only] = found;
    if (!only) continue;
    const id = arxivId(word);
    if (id) add('id', id);
    else if (star && found.length === 1 && only.word.length >= SHORTEST_PREFIX) {
      add('prefix', only.word);
    } else {
      if (star) {
        messages.push(
          `“${word}*” is too short: the start of a word needs ${SHORTEST_PREFIX} letters.`,
        );
      }
      add('word', word);
    }
  }
}

function readField(field: Field, value: string): FieldResult {
  switch (field) {
    case 'title':
      return searchable(value) ? { value } : { problem: '“title:” wants words' };
    case 'author':
      return searchable(value) ? { value } : { problem: '“author:” wants a name' };
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
      const id = arxivId(value);
      return id ? { value: id } : { problem: '“id:” wants an arXiv id such as 2106.09685' };
    }
  }
}

function bound(query: SearchQuery, messages: string[]): void {
  let ranked = 0;
  let filters = 0;
  const seen = new Set<string>();
  const kept = query.clauses.filter((part) => {
    const isRanked = !part.exclude && (part.kind === 'word' || part.kind === 'prefix');
    // A repeated word weighs more; a repeated filter says nothing new.
    if (isRanked) return ++ranked <= MOST_WORDS;
    const key = `${part.kind} ${part.exclude} ${fold(part.value)}`;
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
const searchable = (text: string) => words(text).length > 0;
/** Without the signs around it that mean nothing: brackets, commas, a leading minus, a star. */
const tidy = (word: string) =>
  word
    .replace(/^[^\p{L}\p{N}\\$]+/u, '')
    .replace(/[^\p{L}\p{N}\p{M}}$'’]+$/u, '')
    .replace(/"/g, '');
const unknownField = (name: string) =>
  `There is no field “${name}:”, so it was searched as a word. Fields: ${[...FIELDS, 'sort'].map((f) => `${f}:`).join(' ')}.`;

/** A clause as one types it; `parseQuery` reads it back as the same clause. */
export function formatClause({ kind, value, exclude }: Clause): string {
  const minus = exclude ? '-' : '';
  if (kind === 'phrase') return `${minus}"${value}"`;
  if (kind === 'word') return minus + value;
  if (kind === 'prefix') return `${minus}${value}*`;
  return `${minus}${kind}:${/\s/.test(value) ? `"${value}"` : value}`;
}

/** The query in its canonical spelling. */
export function formatQuery({ clauses, sort }: SearchQuery): string {
  return [...clauses.map(formatClause), ...(sort ? [`sort:${sort}`] : [])].join(' ');
}

/** The query without its clause number `index`: where the cross on that chip leads. */
export function withoutClause(query: SearchQuery, index: number): SearchQuery {
  return { ...query, clauses: query.clauses.filter((_, i) => i !== index) };
}
