import type { SearchPlan } from '@/lib/search/plan';
import { terms } from '@/lib/search/terms';

/** A piece of a text; `hit` where the query matched. */
export interface Piece {
  text: string;
  hit: boolean;
}

/** About three lines. */
const SNIPPET_LENGTH = 320;

/**
 * The part of a text that says most about the query, with the matches marked. Formulas are kept whole
 * and unmarked: half a formula is no formula. The beginning of the text where nothing matches.
 */
export function snippet(text: string, plan: SearchPlan): Piece[] {
  const formulas = [...text.matchAll(/\$\$?[^$]*\$\$?|\\\(.*?\\\)|\\\[.*?\\\]/gs)].map((match) => ({
    start: match.index,
    end: match.index + match[0].length,
  }));
  const hits = hitsIn(text, plan).filter(
    (hit) => !formulas.some((formula) => hit.start < formula.end && hit.end > formula.start),
  );
  const { start, end } = bestWindow(text, hits, formulas);
  const pieces: Piece[] = [];
  if (start > 0) pieces.push({ text: '… ', hit: false });
  let at = start;
  for (const hit of hits) {
    if (hit.start < at || hit.end > end) continue;
    if (hit.start > at) pieces.push({ text: text.slice(at, hit.start), hit: false });
    pieces.push({ text: text.slice(hit.start, hit.end), hit: true });
    at = hit.end;
  }
  if (at < end) pieces.push({ text: text.slice(at, end), hit: false });
  if (end < text.length) pieces.push({ text: ' …', hit: false });
  return pieces;
}

interface Range {
  start: number;
  end: number;
}

interface Hit extends Range {
  stem: string;
}

function hitsIn(text: string, plan: SearchPlan): Hit[] {
  const matches = (word: string) => plan.prefixes.some((prefix) => word.startsWith(prefix));
  return terms(text)
    .filter((term) => plan.ranked.has(term.stem) || matches(term.word))
    .sort((a, b) => a.start - b.start || b.end - a.end);
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
