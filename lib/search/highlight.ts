import type { Marks } from '@/lib/search/query/plan';
import { terms } from '@/lib/search/text/terms';
import { wordsOf } from '@/lib/search/text/tokenizer';

/** A piece of a text; `hit` where the query matched. */
export interface Piece {
  text: string;
  hit: boolean;
}

/** A line and a half at 1280 px. */
const SNIPPET_LENGTH = 160;

/**
 * The part of a text where most of the query's words stand, with these marked; the beginning where
 * nothing matches. Formulas are kept whole, and unmarked.
 */
export function snippet(text: string, marks: Marks): Piece[] {
  const formulas = formulasIn(text);
  const hits = outside(formulas, hitsIn(text, marks));
  const { start, end } = bestWindow(text, hits, formulas);
  return [
    ...(start > 0 ? [{ text: '… ', hit: false }] : []),
    ...pieces(text, hits, { start, end }),
    ...(end < text.length ? [{ text: ' …', hit: false }] : []),
  ];
}

/** A whole title with the matches marked, as in a snippet. */
export function markedTitle(text: string, marks: Marks): Piece[] {
  const hits = outside(formulasIn(text), hitsIn(text, marks));
  return pieces(text, hits, { start: 0, end: text.length });
}

/** A line of names, with those marked that the query asks for by `author:`. */
export function markedAuthors(line: string, marks: Marks, names: readonly string[]): Piece[] {
  const hits = names.flatMap((name) => {
    const start = marks.authors.some((wanted) => isAuthor(name, wanted)) ? line.indexOf(name) : -1;
    return start < 0 ? [] : [{ start, end: start + name.length, stem: name }];
  });
  return pieces(line, hits.sort(byPlace), { start: 0, end: line.length });
}

/** Every word wanted is a word of the name, an initial of one, or a prefix of one if it ends in a star. */
function isAuthor(name: string, wanted: readonly string[]): boolean {
  const parts = wordsOf(name);
  return wanted.every((word) =>
    parts.some((part) => {
      if (word.endsWith('*')) return part.startsWith(word.slice(0, -1));
      return part === word || [...part][0] === word;
    }),
  );
}

function formulasIn(text: string): Range[] {
  return [...text.matchAll(/\$\$?[^$]*\$\$?|\\\(.*?\\\)|\\\[.*?\\\]/gs)].map((match) => ({
    start: match.index,
    end: match.index + match[0].length,
  }));
}

const outside = (formulas: Range[], hits: Hit[]) =>
  hits.filter(
    (hit) => !formulas.some((formula) => hit.start < formula.end && hit.end > formula.start),
  );

function pieces(text: string, hits: Hit[], { start, end }: Range): Piece[] {
  const found: Piece[] = [];
  let at = start;
  for (const hit of hits) {
    if (hit.start < at || hit.end > end) continue;
    if (hit.start > at) found.push({ text: text.slice(at, hit.start), hit: false });
    found.push({ text: text.slice(hit.start, hit.end), hit: true });
    at = hit.end;
  }
  if (at < end) found.push({ text: text.slice(at, end), hit: false });
  return found;
}

interface Range {
  start: number;
  end: number;
}

interface Hit extends Range {
  stem: string;
}

const byPlace = (a: Hit, b: Hit) => a.start - b.start || b.end - a.end;

function hitsIn(text: string, { stems, prefixes }: Marks): Hit[] {
  return terms(text)
    .filter(
      ({ stem, word }) => stems.has(stem) || prefixes.some((prefix) => word.startsWith(prefix)),
    )
    .sort(byPlace);
}

/** The window with the most different words of the query, the first of equals. */
function bestWindow(text: string, hits: Hit[], formulas: Range[]): Range {
  if (text.length <= SNIPPET_LENGTH) return { start: 0, end: text.length };
  let best = { start: 0, count: 0 };
  for (const first of hits) {
    const within = hits.filter(
      (hit) => hit.start >= first.start && hit.end <= first.start + SNIPPET_LENGTH - 60,
    );
    const count = new Set(within.map((hit) => hit.stem)).size;
    if (count > best.count) best = { start: first.start, count };
  }
  const start = best.start < 120 ? 0 : wordStart(text, best.start - 60);
  const end = start + SNIPPET_LENGTH;
  const cutAtEnd = end >= text.length ? text.length : wordStart(text, end);
  return {
    start: formulas.find(({ start: a, end: b }) => start > a && start < b)?.start ?? start,
    end: formulas.find(({ start: a, end: b }) => cutAtEnd > a && cutAtEnd < b)?.end ?? cutAtEnd,
  };
}

function wordStart(text: string, from: number): number {
  const space = text.indexOf(' ', from);
  return space < 0 || space > from + 60 ? from : space + 1;
}
