/**
 * Cuts an abstract into sentences. Abbreviations, initials, open formulas and open brackets do not end
 * one; "memory.To", as PDFs have it, does. The text stays as it is, formulas too.
 */
export function splitSentences(text: string): string[] {
  return text.split(/\n{2,}/).flatMap(splitParagraph);
}

/** A stop with its closing marks, and what follows: a space, or a capital where the space was lost. */
const END = /[.!?]+["”’)\]]*(?=\s|$|(?<=\p{Ll}\p{Ll}\.)\p{Lu}\p{Ll})/gu;

const ABBREVIATIONS = new Set(
  `e.g i.e cf vs al viz resp approx ca eq eqs fig figs sec secs ref refs tab thm prop cor def no nos vol pp
ch dr mr mrs ms prof st jr inc ltd dept univ w.r.t w.l.o.g i.i.d a.k.a s.t`.split(/\s+/),
);

/** "J", "J.-P", "U.S": not "GPT" nor "AI". */
const INITIALS = /^(?:\p{Lu}\.-?)*\p{Lu}$/u;

/** Longer brackets were never closed, rather than left open over sentences. */
const LONGEST_BRACKET = 300;

function splitParagraph(paragraph: string): string[] {
  const sentences: string[] = [];
  let start = 0;
  for (const stop of paragraph.matchAll(END)) {
    const end = stop.index + stop[0].length;
    const before = paragraph.slice(start, end);
    if (isAbbreviated(before, paragraph.slice(end)) || isOpen(before)) continue;
    if (before.trim() !== '') sentences.push(before.trim());
    start = end;
  }
  const rest = paragraph.slice(start).trim();
  return rest === '' ? sentences : [...sentences, rest];
}

function isAbbreviated(before: string, after: string): boolean {
  if (!before.endsWith('.')) return false;
  // A sentence begins with a capital, or with a name such as "pFedGA".
  if (/^\s+\p{Ll}/u.test(after) && !/^\s+\p{Ll}+\p{Lu}/u.test(after)) return true;
  const word = /(\S+)\.$/.exec(before)?.[1]?.replace(/^[("“[]+/, '') ?? '';
  return ABBREVIATIONS.has(word.toLowerCase()) || INITIALS.test(word);
}

/** Whether a formula or a bracket is still open at the end. */
function isOpen(before: string): boolean {
  const lastDollar = before.search(/(?<!\\)\$[^$]*$/);
  const dollars = before.match(/(?<!\\)\$/g)?.length ?? 0;
  // A lone dollar is a price, unless TeX follows it.
  if (dollars % 2 === 1 && /[\\^_={}]/.test(before.slice(lastDollar))) return true;
  let depth = 0;
  let openedAt = 0;
  for (const { 0: bracket, index } of before.matchAll(/[()[\]]/g)) {
    if (bracket === ')' || bracket === ']') depth = Math.max(0, depth - 1);
    else if (depth++ === 0) openedAt = index;
  }
  return depth > 0 && before.length - openedAt < LONGEST_BRACKET;
}
