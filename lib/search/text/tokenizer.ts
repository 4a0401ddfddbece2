import { memoize } from '@/lib/runtime/memoize';
import { foldedWords, plainAccents } from '@/lib/search/text/spelling';

/** A word of a text: its folded form, and where it stands. */
export interface Word {
  word: string;
  /** Offsets in the text, so that hits can be marked. */
  start: number;
  end: number;
  /** Only a hyphen stands between this word and the one before it. */
  hyphened: boolean;
}

/** A word, and what the caller wants to know about it. */
export interface DescribedWord<T> extends Word {
  about: T;
}

/** Longer runs are no words. */
export const LONGEST_WORD = 64;

// A TeX command, a run of Greek, a number with thousands separators, or a run of other letters and
// digits. Greek runs stand alone, so that "Δt" and "TGFβ" come apart.
const WORD =
  /\\[a-zA-Z]+|(?:\p{Script=Greek}\p{M}*)+|\d{1,3}(?:,\d{3})+(?!\d)|(?:(?!\p{Script=Greek})[\p{L}\p{N}]\p{M}*)+(?:['’]\p{L}+)*/uy;

const HYPHENS = new Set([...'-\u2010\u2011\u2012\u2013\u2212\u00ad'].map((c) => c.charCodeAt(0)));

/** The words of a text in order. Any string gives a list. */
export const tokenize: (text: string) => Word[] = tokenizer(() => null);

/** The words alone. */
export const wordsOf = (text: string): string[] => tokenize(text).map(({ word }) => word);

/** A `tokenize` that adds to each word what `about` says of it; it is asked once about frequent words. */
export function tokenizer<T>(about: (word: string) => T): (text: string) => DescribedWord<T>[] {
  const writtenIn = memoize((raw) =>
    foldedWords(raw)
      .filter((word) => word !== '' && word.length <= LONGEST_WORD)
      .map((word) => ({ word, about: about(word) })),
  );
  return (text) => {
    const source = text.includes('\\') ? plainAccents(text) : text;
    const found: DescribedWord<T>[] = [];
    let before = -2;
    for (let start = 0; start < source.length; ) {
      const end = wordEnd(source, start);
      if (end === start) {
        start += 1;
        continue;
      }
      const between = start === before + 1 ? source.charCodeAt(before) : SPACE;
      const hyphened = between !== SPACE && HYPHENS.has(between!);
      const written = writtenIn(source, start, end);
      for (let i = 0; i < written.length; i++) {
        const { word, about } = written[i]!;
        found.push({ word, start, end, hyphened: hyphened && i === 0, about });
      }
      before = start = end;
    }
    return found;
  };
}

/** The end of the match of `WORD` at `start`; `start` itself where there is none. */
function wordEnd(source: string, start: number): number {
  let end = start;
  let code = source.charCodeAt(end);
  while (isPlain(code)) code = source.charCodeAt(++end);
  if (isBoundary(code, end > start ? source.charCodeAt(end - 1) : 0)) return end;
  WORD.lastIndex = start;
  return WORD.test(source) ? WORD.lastIndex : start;
}

const [SPACE, BACKSLASH, QUOTE, COMMA, ZERO, NINE] = [' ', '\\', "'", ',', '0', '9'].map((c) =>
  c.charCodeAt(0),
);

/**
 * Whether the character `code` ends a run of ASCII letters and digits whose last one is `before` (0:
 * the run is empty). Most words end so, and the costly `WORD` need not look at them.
 */
function isBoundary(code: number, before: number): boolean {
  if (code === COMMA) return before < ZERO! || before > NINE!;
  if (code === BACKSLASH) return before > 0;
  return (code < 128 && code !== QUOTE) || Number.isNaN(code);
}

/** Letters and digits of ASCII. */
function isPlain(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57);
}
