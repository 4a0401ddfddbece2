import { quoted } from '@/lib/search/document';
import { dayOf } from '@/lib/search/fields';
import type { Clause, SearchQuery } from '@/lib/search/parse';
import { expansionOf, type Term, terms } from '@/lib/search/terms';
import { words } from '@/lib/search/words';

/** What a query asks of the database. Fragments are tsquery source whose lexemes are all quoted. */
export interface SearchPlan {
  /** Stems to rank by; the weight is how often the query has them. */
  ranked: Map<string, number>;
  /** The same in the order of the query, for what stands close together. */
  order: Term[];
  /** Starts of words, ranked by the words that start so. */
  prefixes: string[];
  /** Each must hold. */
  required: string[];
  /** None may hold. */
  excluded: string[];
  /** One for each ranked word: each must hold where the order is not by relevance. */
  allWords: string[];
  /** Whether the papers must be of some author. */
  byAuthor: boolean;
  tags: string[];
  withoutTags: string[];
  ids: string[];
  withoutIds: string[];
  from: Date | null;
  /** Exclusive. */
  to: Date | null;
  messages: string[];
}

/** More than this many different words are not ranked by: the first ones are. */
const MOST_RANKED = 80;

export function planSearch(query: SearchQuery): SearchPlan {
  const plan: SearchPlan = {
    ranked: new Map(),
    order: [],
    prefixes: [],
    required: [],
    excluded: [],
    allWords: [],
    byAuthor: false,
    tags: [],
    withoutTags: [],
    ids: [],
    withoutIds: [],
    from: null,
    to: null,
    messages: [],
  };
  for (const { text, all } of rankedTexts(query)) {
    const list = terms(text);
    rank(plan, list);
    if (all) plan.allWords.push(...allOf(list));
  }
  for (const clause of query.clauses) filter(plan, clause);
  return plan;
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
      texts.push({ text: value, all: false });
    }
    afterWord = isWord;
  }
  return texts;
}

function rank(plan: SearchPlan, list: Term[]): void {
  const last = plan.order.at(-1)?.position ?? 0;
  for (const term of list) {
    if (!term.implied) plan.order.push({ ...term, position: term.position + last + 10 });
    // An acronym and its expansion rank by the same words, whichever was typed.
    const implied = term.implied ? [] : expansionOf(term.stem);
    for (const stem of [term.stem, ...implied]) {
      if (plan.ranked.size >= MOST_RANKED && !plan.ranked.has(stem)) continue;
      plan.ranked.set(stem, (plan.ranked.get(stem) ?? 0) + 1);
    }
  }
}

function filter(plan: SearchPlan, clause: Clause): void {
  const { kind, value, exclude } = clause;
  const fragments = exclude ? plan.excluded : plan.required;
  switch (kind) {
    case 'word':
      if (exclude && terms(value).length > 0) fragments.push(allOf(terms(value)).join(' & '));
      return;
    case 'prefix':
      if (exclude) fragments.push(`${quoted(value)}:*`);
      else {
        plan.prefixes.push(value);
        plan.allWords.push(`${quoted(value)}:*`);
      }
      return;
    case 'phrase':
    case 'title': {
      const phrase = phraseOf(terms(value), kind === 'title' ? 't:' : '');
      if (phrase) fragments.push(phrase);
      else plan.messages.push(`“${value}” has only very common words, so it was left out.`);
      return;
    }
    case 'author': {
      const names = [...new Set(words(value).map(({ word }) => quoted(`a:${word}`)))];
      fragments.push(names.join(' <0> '));
      if (!exclude) plan.byAuthor = true;
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
        !(term.implied && whole.end === term.end),
    );
  return list.filter((term) => !covered(term)).map((term) => quoted(term.stem));
}

/** `'fine' <-> 'tune'`, with the distances that common words between them leave. */
function phraseOf(list: Term[], field: string): string {
  const plain = list.filter((term) => !term.implied);
  return plain
    .map(({ stem, position }, i) => {
      const gap = i === 0 ? 0 : position - plain[i - 1]!.position;
      const joint = gap === 0 ? '' : gap === 1 ? ' <-> ' : ` <${Math.min(gap, 1_000)}> `;
      return joint + quoted(field + stem);
    })
    .join('');
}

/** One tsquery of fragments that all hold and fragments that do not; null where there are none. */
export function tsquery(required: string[], excluded: string[]): string | null {
  const parts = [...required.map((part) => `(${part})`), ...excluded.map((part) => `!(${part})`)];
  return parts.length > 0 ? parts.join(' & ') : null;
}
