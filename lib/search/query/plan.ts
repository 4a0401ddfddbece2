import { CODE_LEXEME, categoryLexeme, quoted, titleLexeme } from '@/lib/search/index/lexemes';
import type { Prefixes } from '@/lib/search/index/lexicon';
import type { Clause, SearchQuery } from '@/lib/search/query/clause';
import { dayOf } from '@/lib/search/query/fields';
import { tagsNamed } from '@/lib/search/query/topics';
import {
  authorQuery,
  everyTerm,
  phraseQuery,
  prefixQuery,
  splitPrefix,
  typedTerms,
} from '@/lib/search/query/tsquery';
import { numberedName, type Term } from '@/lib/search/text/terms';
import { wordsOf } from '@/lib/search/text/tokenizer';

/** What a query asks of the database. Strings of conditions are tsquery source (tsquery.ts). */
export interface SearchPlan {
  /** Stems to rank by; the weight is how often the query has them. */
  weights: Map<string, number>;
  /** Stems of the query's own words in their order, ranked by or not: for what stands close together. */
  order: string[];
  /** Tags that the query's words name. */
  topics: string[];
  /** Whether there is something to rank by: a prefix counts, even that of no known word. */
  isRanked: boolean;
  /** What of a text is marked as matching. */
  marks: Marks;
  /** Each must hold. */
  required: string[];
  /** None may hold. */
  excluded: string[];
  /** One for each ranked word and phrase: a paper where all of them hold is a whole match. */
  whole: string[];
  tags: string[];
  withoutTags: string[];
  ids: string[];
  withoutIds: string[];
  from: Date | null;
  /** Exclusive. */
  to: Date | null;
  messages: string[];
}

/** The plan that only whole matches fulfil. */
export const wholeOf = (plan: SearchPlan): SearchPlan => ({
  ...plan,
  required: [...plan.required, ...plan.whole],
});

export interface Marks {
  /** Words as they were typed, and acronyms of what was: an expansion is marked as a whole only. */
  stems: Set<string>;
  prefixes: string[];
  /** Each the words of one name; the last may be a prefix, with a star. */
  authors: string[][];
  /** Whether the query has words that a part of the abstract can show. */
  snippets: boolean;
}

/** Stems that are ranked by, at most: the first ones of the query. */
const MOST_RANKED = 80;

/** The prefixes in a query, for `planSearch` to be told what they stand for. */
export function prefixesOf({ clauses }: Pick<SearchQuery, 'clauses'>): string[] {
  return clauses.flatMap(({ kind, value }) => {
    if (kind !== 'prefix' && kind !== 'phrase' && kind !== 'title') return [];
    const prefix = kind === 'prefix' ? value : splitPrefix(value).prefix?.word;
    return prefix ? [prefix] : [];
  });
}

/** Without an entry in `prefixes`, a prefix stands for the stems that begin so. */
export function planSearch(query: SearchQuery, prefixes: Prefixes = new Map()): SearchPlan {
  const wanted = prefixesOf({ clauses: query.clauses.filter(({ exclude }) => !exclude) });
  const plan: SearchPlan = {
    weights: new Map(),
    order: [],
    topics: tagsNamed(query.clauses),
    isRanked: false,
    marks: { stems: new Set(), prefixes: wanted, authors: [], snippets: false },
    required: [],
    excluded: [],
    whole: [],
    tags: [],
    withoutTags: [],
    ids: [],
    withoutIds: [],
    from: null,
    to: null,
    messages: [],
  };
  for (const { text, all } of textsToRank(query)) {
    const list = typedTerms(text);
    addWeights(plan, list);
    if (all) plan.whole.push(...everyTerm(list));
  }
  for (const prefix of wanted) {
    plan.isRanked = true;
    for (const stem of prefixes.get(prefix)?.frequent ?? []) {
      plan.weights.set(stem, plan.weights.get(stem) ?? 1);
    }
  }
  plan.isRanked ||= plan.weights.size > 0;
  for (const clause of query.clauses) addFilter(plan, clause, prefixes);
  if (plan.ids.length > 0 && plan.isRanked) keepOnlyIds(plan);
  plan.marks.snippets = plan.isRanked;
  return plan;
}

/** Words around a pasted address say nothing about the paper: it is found by its id alone. */
function keepOnlyIds(plan: SearchPlan): void {
  plan.weights.clear();
  plan.isRanked = false;
  plan.order = [];
  plan.whole = [];
  plan.messages.push('The id names the paper, so the words beside it were left out.');
}

/** Neighbouring words as one text, so that "pre training" and expansions of acronyms are seen. */
function textsToRank({ clauses }: SearchQuery): { text: string; all: boolean }[] {
  const texts: { text: string; all: boolean }[] = [];
  let afterWord = false;
  for (const { kind, value, exclude } of clauses) {
    const isWord = kind === 'word' && !exclude;
    if (isWord && afterWord) texts.at(-1)!.text += ` ${value}`;
    else if (isWord) texts.push({ text: value, all: true });
    else if (!exclude && (kind === 'phrase' || kind === 'title')) {
      const { prefix } = splitPrefix(value);
      texts.push({ text: prefix ? value.slice(0, prefix.start) : value, all: false });
    }
    afterWord = isWord;
  }
  return texts;
}

function addWeights(plan: SearchPlan, list: Term[]): void {
  const add = (stem: string) => {
    plan.marks.stems.add(stem);
    if (plan.weights.size >= MOST_RANKED && !plan.weights.has(stem)) return;
    plan.weights.set(stem, (plan.weights.get(stem) ?? 0) + 1);
  };
  for (const { stem, implied } of list) if (implied) add(stem);
  const typed = list.filter((term) => !term.implied);
  for (let i = 0; i < typed.length; i++) {
    const term = typed[i]!;
    const named = numberedName(term, typed[i + 1]);
    if (!named) {
      plan.order.push(term.stem);
      add(term.stem);
      continue;
    }
    // GPT-4 and "GPT 4" rank by the same stems, whichever was typed. A number alone says nothing.
    plan.order.push(named.name, named.number);
    add(named.joint);
    add(named.name);
    if (named.joint !== term.stem) i += 1;
  }
}

function addFilter(plan: SearchPlan, clause: Clause, prefixes: Prefixes): void {
  const { kind, value, exclude, require } = clause;
  const conditions = exclude ? plan.excluded : plan.required;
  const ranked = exclude ? plan.excluded : require ? plan.required : plan.whole;
  switch (kind) {
    case 'word':
      // Words that are neither stand in `whole` already, read together with their neighbours.
      if ((exclude || require) && typedTerms(value).length > 0) {
        ranked.push(everyTerm(typedTerms(value)).join(' & '));
      }
      return;
    case 'prefix':
      ranked.push(prefixQuery(value, prefixes));
      return;
    case 'phrase':
    case 'title': {
      const phrase = phraseQuery(value, prefixes, kind === 'title' ? titleLexeme : undefined);
      if (phrase) (kind === 'phrase' ? ranked : conditions).push(phrase);
      else plan.messages.push(`“${value}” has only very common words, so it was left out.`);
      return;
    }
    case 'author': {
      const words = wordsOf(value);
      const lastIsPrefix = value.endsWith('*');
      const isPrefix = (i: number) => lastIsPrefix && i === words.length - 1;
      conditions.push(authorQuery(words, lastIsPrefix));
      if (!exclude) plan.marks.authors.push(words.map((w, i) => (isPrefix(i) ? `${w}*` : w)));
      return;
    }
    case 'cat':
      conditions.push(quoted(categoryLexeme(value)));
      return;
    case 'has':
      conditions.push(quoted(CODE_LEXEME));
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
