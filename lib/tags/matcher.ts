import { memoize } from '@/lib/runtime/memoize';
import { exactForm, singular, type Token } from '@/lib/tags/tokens';

/** `value` was said from token `from` up to, not including, token `to`. */
export interface Match<T> {
  from: number;
  to: number;
  value: T;
}

/** A word of a text, looked up once. */
export interface Word {
  /** What stands for it in wordings. */
  symbols: readonly number[];
  /** Whether a wording can begin with it. */
  begins: boolean;
  /** Its number in another vocabulary, or -1. */
  term: number;
}

export interface Matcher<T> {
  words(text: string, tokens: readonly Token[]): Word[];
  match(tokens: readonly Token[], words: readonly Word[]): Match<T>[];
}

/** How many words `…` may stand for. */
const GAP = 4;

interface Node<T> {
  next: Map<number, Node<T>>;
  /** What follows a `…`. */
  gap: Node<T> | null;
  values: T[];
}

function node<T>(): Node<T> {
  return { next: new Map(), gap: null, values: [] };
}

/**
 * The token sequences that a wording stands for: one, or one more for each hyphen that may also be
 * written as nothing. `null` stands for a gap.
 */
export function sequences(wording: string): (string | null)[][] {
  let all: (string | null)[][] = [[]];
  for (const word of wording.split(/\s+/)) {
    if (word === '…') {
      all = all.map((sequence) => [...sequence, null]);
      continue;
    }
    const parts = word.split(/[^\p{L}\p{N}*]+/u).filter(Boolean);
    const spellings = parts.length > 1 ? [parts, [parts.join('')]] : [parts];
    all = all.flatMap((sequence) => spellings.map((spelling) => [...sequence, ...spelling]));
  }
  return all;
}

/**
 * Compiles wordings into one trie over words, so that a text is read once whatever the number of
 * wordings. `termOf` gives a word in the singular its number in another vocabulary, so that it is looked up once.
 */
export function compileMatcher<T>(
  wordings: readonly { wording: string; value: T }[],
  termOf: (singular: string) => number = () => -1,
): Matcher<T> {
  const symbols = new Map<string, number>();
  /** By their first two letters, so that a new word is compared with few of them. */
  const prefixes = new Map<string, { prefix: string; symbol: number }[]>();
  const suffixes: { suffix: string; symbol: number }[] = [];

  /** `=word` as written, `~word` its singular, `word*` a prefix, `*Word` an ending as written. */
  function symbolOf(word: string): number {
    const key = word.startsWith('*')
      ? word
      : word.endsWith('*')
        ? word.toLowerCase()
        : /\p{Lu}/u.test(word)
          ? `=${exactForm(word)}`
          : `~${singular(word)}`;
    let symbol = symbols.get(key);
    if (symbol === undefined) {
      symbol = symbols.size;
      symbols.set(key, symbol);
      if (key.startsWith('*')) suffixes.push({ suffix: key.slice(1), symbol });
      else if (key.endsWith('*')) addPrefix(key.slice(0, -1), symbol);
    }
    return symbol;
  }

  function addPrefix(prefix: string, symbol: number): void {
    const start = prefix.slice(0, 2);
    const sharing = prefixes.get(start);
    if (sharing) sharing.push({ prefix, symbol });
    else prefixes.set(start, [{ prefix, symbol }]);
  }

  const root = node<T>();
  for (const { wording, value } of wordings) {
    for (const sequence of sequences(wording)) {
      let at = root;
      for (const word of sequence) {
        if (word === null) {
          at.gap ??= node();
          at = at.gap;
          continue;
        }
        const symbol = symbolOf(word);
        let next = at.next.get(symbol);
        if (!next) {
          next = node();
          at.next.set(symbol, next);
        }
        at = next;
      }
      at.values.push(value);
    }
  }

  /** Where a wording can begin, by symbol. */
  const first = Array.from(symbols.values(), (symbol) => root.next.get(symbol));

  const NONE: readonly number[] = [];

  const wordOf = memoize((raw): Word => {
    const found: number[] = [];
    const exact = symbols.get(`=${exactForm(raw)}`);
    if (exact !== undefined) found.push(exact);
    const stem = singular(raw);
    const stemmed = symbols.get(`~${stem}`);
    if (stemmed !== undefined) found.push(stemmed);
    const lower = raw.toLowerCase();
    for (const { prefix, symbol } of prefixes.get(lower.slice(0, 2)) ?? []) {
      if (lower.startsWith(prefix)) found.push(symbol);
    }
    for (const { suffix, symbol } of suffixes) if (raw.endsWith(suffix)) found.push(symbol);
    const begins = found.some((symbol) => first[symbol] !== undefined);
    return { symbols: found.length > 0 ? found : NONE, begins, term: termOf(stem) };
  });

  return {
    words: (text, tokens) => tokens.map(({ start, end }) => wordOf(text, start, end)),
    match(tokens, words) {
      const reading = { tokens, words, matches: [] };
      for (let from = 0; from < tokens.length; from += 1) {
        const { symbols, begins } = words[from]!;
        if (!begins) continue;
        for (const symbol of symbols) {
          const next = first[symbol];
          if (next) walk(reading, next, from, from + 1);
        }
      }
      return reading.matches;
    },
  };
}

interface Reading<T> {
  tokens: readonly Token[];
  words: readonly Word[];
  matches: Match<T>[];
}

function walk<T>(reading: Reading<T>, at: Node<T>, from: number, to: number): void {
  for (const value of at.values) reading.matches.push({ from, to, value });
  if (at.gap) {
    const end = Math.min(to + GAP, reading.tokens.length - 1);
    for (let skip = to; skip <= end; skip += 1) step(reading, at.gap, from, skip);
  }
  if (at.next.size > 0) step(reading, at, from, to);
}

function step<T>(reading: Reading<T>, at: Node<T>, from: number, to: number): void {
  const { tokens, words } = reading;
  const symbols = words[to]?.symbols;
  if (symbols === undefined || symbols.length === 0) return;
  if (tokens[to]!.sentence !== tokens[from]!.sentence) return;
  for (const symbol of symbols) {
    const next = at.next.get(symbol);
    if (next) walk(reading, next, from, to + 1);
  }
}
