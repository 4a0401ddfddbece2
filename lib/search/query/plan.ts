import { quoted } from '@/lib/search/index/document';
import type { Starts } from '@/lib/search/index/lexicon';
import { dayOf } from '@/lib/search/query/fields';
import type { Clause, SearchQuery } from '@/lib/search/query/parse';
import { expansionOf, joinedWithNumber, type Term, terms } from '@/lib/search/text/terms';
import { tokenize } from '@/lib/search/text/tokenizer';

/** What a query asks of the database. Fragments are tsquery source whose lexemes are all quoted. */
export interface SearchPlan {
  /** Stems to rank by; the weight is how often the query has them. */
  ranked: Map<string, number>;
  /** The same in the order of the query, for what stands close together. */
  order: Term[];
  /** Whether there is something to rank by: starts of words count, even those of no known word. */
  ranks: boolean;
  /** What of a text is marked as matching. */
  marks: Marks;
  /** Each must hold. */
  required: string[];
  /** None may hold. */
  excluded: string[];
  /** One for each ranked word: each must hold where the order is not by relevance. */
  allWords: string[];
  tags: string[];
  withoutTags: string[];
  ids: string[];
  withoutIds: string[];
  from: Date | null;
  /** Exclusive. */
  to: Date | null;
  messages: string[];
}

export interface Marks {
  /** Words as they were typed, and acronyms of what was: an expansion is marked as a whole only. */
  stems: Set<string>;
  starts: string[];
  /** Each the words of one name; the last may be a start, with a star. */
  authors: string[][];
}

/** More than this many different words are not ranked by: the first ones are. */
const MOST_RANKED = 80;

/** The starts of words in a query, for `planSearch` to be told what they stand for. */
export function startsOf({ clauses }: SearchQuery): string[] {
  return clauses.flatMap(({ kind, value }) => {
    if (kind !== 'prefix' && kind !== 'phrase' && kind !== 'title') return [];
    const start = kind === 'prefix' ? value : split(value).start?.word;
    return start ? [start] : [];
  });
}

/** Without `starts`, a start of a word stands for the stems that start so. */
export function planSearch(query: SearchQuery, starts: Starts = new Map()): SearchPlan {
  const wanted = startsOf({ ...query, clauses: query.clauses.filter(({ exclude }) => !exclude) });
  const plan: SearchPlan = {
    ranked: new Map(),
    order: [],
    ranks: false,
    marks: { stems: new Set(), starts: wanted, authors: [] },
    required: [],
    excluded: [],
    allWords: [],
    tags: [],
    withoutTags: [],
    ids: [],
    withoutIds: [],
    from: null,
    to: null,
    messages: [],
  };
  for (const { text, all } of rankedTexts(query)) {
    const list = termsOf(text);
    rank(plan, list);
    if (all) plan.allWords.push(...allOf(list));
  }
  for (const start of wanted) {
    plan.ranks = true;
    for (const stem of starts.get(start)?.frequent ?? []) {
      plan.ranked.set(stem, plan.ranked.get(stem) ?? 1);
    }
  }
  plan.ranks ||= plan.ranked.size > 0;
  for (const clause of query.clauses) filter(plan, clause, starts);
  if (plan.ids.length > 0 && plan.ranks) onlyIds(plan);
  return plan;
}

/** Words around a pasted address say nothing about the paper: it is found by its id alone. */
function onlyIds(plan: SearchPlan): void {
  plan.ranked.clear();
  plan.ranks = false;
  plan.order = [];
  plan.allWords = [];
  plan.messages.push('The arXiv id names the paper, so the words beside it were left out.');
}

/** Terms of what somebody typed: what documents are indexed under besides their words is not asked for. */
const termsOf = (text: string) => terms(text).filter((term) => term.implied !== 'base');

/** A text whose last word may be only a start, marked by a star. */
function split(text: string): { list: Term[]; start: Term | null } {
  const list = termsOf(text);
  if (!text.endsWith('*')) return { list, start: null };
  const start = list.findLast((term) => !term.implied) ?? null;
  return { list: list.filter((term) => start && term.end <= start.start), start };
}

/** `'learning':* | 'learn'`: stems are shorter than words. */
function startOf(word: string, starts: Starts, field = ''): string {
  const shorter = starts.get(word)?.shorter ?? [];
  return [`${quoted(field + word)}:*`, ...shorter.map((stem) => quoted(field + stem))].join(' | ');
}

/** Neighbouring words as one text, so that "pre training" and expansions of acronyms are seen. */
function rankedTexts({ clauses }: SearchQuery): { text: string; all: boolean }[] {
  const texts: { text: string; all: boolean }[] = [];
  let afterWord = false;
  for (const { kind, value, exclude } of clauses) {
    const isWord = kind === 'word' && !exclude;
    if (isWord && afterWord) texts.at(-1)!.text += ` ${value}`;
    else if (isWord) texts.push({ text: value, all: true });
    else if (!exclude && (kind === 'phrase' || kind === 'title')) {
      const { start } = split(value);
      texts.push({ text: start ? value.slice(0, start.start) : value, all: false });
    }
    afterWord = isWord;
  }
  return texts;
}

function rank(plan: SearchPlan, list: Term[]): void {
  const last = plan.order.at(-1)?.position ?? 0;
  const add = (stem: string) => {
    if (plan.ranked.size >= MOST_RANKED && !plan.ranked.has(stem)) return;
    plan.ranked.set(stem, (plan.ranked.get(stem) ?? 0) + 1);
  };
  for (const term of list) {
    if (!term.implied) plan.order.push({ ...term, position: term.position + last + 10 });
    for (const stem of [term.stem, ...joints(term, list)]) {
      plan.marks.stems.add(stem);
      add(stem);
    }
    // An acronym and its expansion rank by the same words, whichever was typed.
    if (!term.implied) for (const stem of expansionOf(term.stem)) add(stem);
  }
}

/** A word and the number after it, as one word. */
function joints(term: Term, list: Term[]): string[] {
  const next = list.find((other) => !other.implied && other.position > term.position);
  const joint = !term.implied && next ? joinedWithNumber(term, next) : null;
  return joint === null ? [] : [joint];
}

function filter(plan: SearchPlan, clause: Clause, starts: Starts): void {
  const { kind, value, exclude } = clause;
  const fragments = exclude ? plan.excluded : plan.required;
  switch (kind) {
    case 'word':
      if (exclude && termsOf(value).length > 0) fragments.push(allOf(termsOf(value)).join(' & '));
      return;
    case 'prefix':
      (exclude ? plan.excluded : plan.allWords).push(startOf(value, starts));
      return;
    case 'phrase':
    case 'title': {
      const phrase = phraseOf(value, kind === 'title' ? 't:' : '', starts);
      if (phrase) fragments.push(phrase);
      else plan.messages.push(`“${value}” has only very common words, so it was left out.`);
      return;
    }
    case 'author': {
      const name = tokenize(value).map(({ word }) => word);
      const last = name.length - 1;
      const isStart = (i: number) => i === last && value.endsWith('*');
      const lexemes = name.map((word, i) => quoted(`a:${word}`) + (isStart(i) ? ':*' : ''));
      fragments.push([...new Set(lexemes)].join(' <0> '));
      if (!exclude) plan.marks.authors.push(name.map((word, i) => word + (isStart(i) ? '*' : '')));
      return;
    }
    case 'cat':
      fragments.push(quoted(`c:${value.toLowerCase()}`));
      return;
    case 'has':
      fragments.push(quoted('h:code'));
      return;
    case 'tag':
      (exclude ? plan.withoutTags : plan.tags).push(value);
      return;
    case 'id':
      (exclude ? plan.withoutIds : plan.ids).push(value);
      return;
    case 'after':
    case 'before':
      narrow(plan, dayOf(value), (kind === 'after') !== exclude);
  }
}

function narrow(plan: SearchPlan, day: Date, isStart: boolean): void {
  if (isStart) plan.from = plan.from && plan.from > day ? plan.from : day;
  else plan.to = plan.to && plan.to < day ? plan.to : day;
}

/** Every word of a text; an expansion written out asks for its acronym, under which it is indexed. */
function allOf(list: Term[]): string[] {
  const acronyms = list.filter((term) => term.implied);
  const covered = (term: Term) =>
    acronyms.some(
      (whole) =>
        whole.start <= term.start &&
        whole.end >= term.end &&
        // Of nested expansions the longest is asked for: the paper may have only its acronym.
        !(term.implied && whole.start === term.start && whole.end === term.end),
    );
  const asked = list.filter((term) => !covered(term));
  const all: string[] = [];
  for (let i = 0; i < asked.length; i++) {
    const [term, next] = [asked[i]!, asked[i + 1]];
    const joint = !term.implied && next && !next.implied ? joinedWithNumber(term, next) : null;
    if (joint === null) all.push(quoted(term.stem));
    else {
      all.push(`(${quoted(joint)} | ${quoted(term.stem)} & ${quoted(next!.stem)})`);
      i += 1;
    }
  }
  return all;
}

/** `'fine' <-> 'tune'`, with the distances that common words between them leave. */
function phraseOf(text: string, field: string, starts: Starts): string {
  const { list, start } = split(text);
  const parts = list
    .filter((term) => !term.implied)
    .map(({ stem, position }) => ({ part: quoted(field + stem), position }));
  if (start)
    parts.push({ part: `(${startOf(start.word, starts, field)})`, position: start.position });
  return parts
    .map(({ part, position }, i) => {
      const gap = i === 0 ? 0 : position - parts[i - 1]!.position;
      const joint = gap === 0 ? '' : gap === 1 ? ' <-> ' : ` <${Math.min(gap, 1_000)}> `;
      return joint + part;
    })
    .join('');
}

/** One tsquery of fragments that all hold and fragments that do not; null where there are none. */
export function tsquery(required: string[], excluded: string[]): string | null {
  const parts = [...required.map((part) => `(${part})`), ...excluded.map((part) => `!(${part})`)];
  return parts.length > 0 ? parts.join(' & ') : null;
}
