import { authorLexeme, quoted } from '@/lib/search/index/lexemes';
import type { Prefixes } from '@/lib/search/index/lexicon';
import { numberedName, type Term, terms } from '@/lib/search/text/terms';

/**
 * Parts of a query as tsquery source. Every lexeme in it is quoted, so whatever somebody types is never
 * read as an operator.
 */

/** Terms of what somebody typed: the base of GPT-4 is asked for by `numberedName`. */
export const typedTerms = (text: string) => terms(text).filter((term) => term.implied !== 'base');

/** The terms of a text, and its last word where a star marks it as a prefix. */
export function splitPrefix(text: string): { list: Term[]; prefix: Term | null } {
  const list = typedTerms(text);
  if (!text.endsWith('*')) return { list, prefix: null };
  const prefix = list.findLast((term) => !term.implied) ?? null;
  return { list: list.filter((term) => prefix && term.end <= prefix.start), prefix };
}

/** The lexeme of a stem that stands anywhere in a paper; `titleLexeme` takes its place for a title. */
const anywhere = (stem: string) => stem;

/** `'learning':* | 'learn'`: stems are shorter than words. */
export function prefixQuery(prefix: string, prefixes: Prefixes, lexeme = anywhere): string {
  const shorter = prefixes.get(prefix)?.shorter ?? [];
  return [`${quoted(lexeme(prefix))}:*`, ...shorter.map((stem) => quoted(lexeme(stem)))].join(
    ' | ',
  );
}

/** One part for each term of a text; an expansion written out asks for its acronym, as it is indexed. */
export function everyTerm(list: readonly Term[]): string[] {
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
    const named = term.implied ? null : numberedName(term, next?.implied ? undefined : next);
    if (named === null) all.push(quoted(term.stem));
    else {
      const { joint, name, number } = named;
      all.push(`(${quoted(joint)} | ${quoted(name)} <-> ${quoted(number)})`);
      if (joint !== term.stem) i += 1;
    }
  }
  return all;
}

/** `'fine' <-> 'tune'`, with the distances that common words between them leave; '' for no terms. */
export function phraseQuery(text: string, prefixes: Prefixes, lexeme = anywhere): string {
  const { list, prefix } = splitPrefix(text);
  const parts = list
    .filter((term) => !term.implied)
    .map(({ stem, position }) => ({ part: quoted(lexeme(stem)), position }));
  if (prefix) {
    const part = `(${prefixQuery(prefix.word, prefixes, lexeme)})`;
    parts.push({ part, position: prefix.position });
  }
  return parts
    .map(({ part, position }, i) => {
      const gap = i === 0 ? 0 : position - parts[i - 1]!.position;
      const joint = gap === 0 ? '' : gap === 1 ? ' <-> ' : ` <${Math.min(gap, 1_000)}> `;
      return joint + part;
    })
    .join('');
}

/** The words of a name, all in one author's. A star makes the last word a prefix. */
export function authorQuery(words: readonly string[], lastIsPrefix: boolean): string {
  const lexemes = words.map(
    (word, i) => quoted(authorLexeme(word)) + (lastIsPrefix && i === words.length - 1 ? ':*' : ''),
  );
  return [...new Set(lexemes)].join(' <0> ');
}

/** Papers with any of these stems. */
export const anyOf = (stems: readonly string[]) => stems.map(quoted).join(' | ');

/** One tsquery of parts that all hold and parts that do not; null where there are none. */
export function conjunction(
  required: readonly string[],
  excluded: readonly string[],
): string | null {
  const parts = [...required.map((part) => `(${part})`), ...excluded.map((part) => `!(${part})`)];
  return parts.length > 0 ? parts.join(' & ') : null;
}
