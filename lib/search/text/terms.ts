import { memoize } from '@/lib/runtime/memoize';
import { ACRONYMS } from '@/lib/search/text/acronyms';
import {
  COMPOUND_WORDS,
  HYPHEN_PREFIXES,
  LETTER_COMPOUNDS,
  PURE_PREFIXES,
  SPLIT,
} from '@/lib/search/text/compounds';
import { STOP_WORDS } from '@/lib/search/text/stopwords';
import { type DescribedWord, LONGEST_WORD, stem, tokenizer } from '@/lib/search/text/tokenizer';

/**
 * What of a text is indexed and searched. Papers and queries go through the same function, so that
 * spelling variants meet in one form:
 *
 * - `pre-training`, `pretraining`, `pre training`: one word; `selfsupervised`: two (compounds.ts)
 * - accents, ligatures and compatibility characters: the plain letter; Greek letters and their TeX
 *   commands: their name (words.ts)
 * - `GPT-4`, `GPT4`: one word, which also stands as `GPT`; `3-D`, `3D`: one word
 * - plurals, inflections, British spelling: one stem (words.ts)
 * - an expansion written out also stands as its acronym (acronyms.ts)
 */
export interface Term {
  /** The indexed form: letters and digits only, never empty. */
  stem: string;
  /** The folded surface form, for suggestions. */
  word: string;
  /** Counts every word of the text, common ones too, from 1. */
  position: number;
  start: number;
  end: number;
  /**
   * Not in the text as such: an acronym whose expansion starts here, or the base of a word joined with
   * a number, COVID of COVID-19.
   */
  implied?: 'acronym' | 'base';
}

const COMPOUND_STEMS = new Set(COMPOUND_WORDS.map(stem));
/**
 * What the first part of a compound can be, each with the two letters that can follow (as `pair` gives
 * them): few pairs of words have to be stemmed to tell. A stem differs from its word at the end only.
 */
const COMPOUND_STARTS = new Map<string, Set<number>>();
for (const word of COMPOUND_WORDS) {
  for (let end = 2; end <= word.length - 2; end++) {
    const start = word.slice(0, end);
    const follow = COMPOUND_STARTS.get(start) ?? new Set();
    COMPOUND_STARTS.set(start, follow.add(pair(word, end)));
  }
}
const isLetters = (word: string) => /^[a-z]{2,}$/.test(word);

/** The two letters at a place of a word, as one number. */
function pair(word: string, at: number): number {
  return word.charCodeAt(at) * 0x10000 + word.charCodeAt(at + 1);
}

/** What the rules ask of a word. */
interface Traits {
  stem: string;
  /** So common that it is not indexed. */
  isStop: boolean;
  isLetters: boolean;
  /** Joined to whatever follows. */
  isPrefix: boolean;
  /** The same, but only across a hyphen. */
  isHyphenPrefix: boolean;
  /** Where a compound can begin with it: the two letters that can follow. */
  follow: ReadonlySet<number> | undefined;
  /** The two words that it is in truth. */
  split: readonly string[] | null;
  /** What it is indexed as besides. */
  base: string | undefined;
  /** The acronyms whose expansion begins with it. */
  expansions: readonly Expansion[] | undefined;
}

interface Expansion {
  acronym: string;
  stems: string[];
  offsets: number[];
}

const JOINS_NUMBER = /^[a-z]{1,8}$/;
const NUMBER = /^\d{1,4}[a-z]?$/;
/** The base of a word joined with a number; a `v` before it only says that a version follows. */
const BASE = /^([a-z]{3,8}?)v?\d{1,4}[a-z]?$/;

/** The word that a word and a number after it are in one: `GPT 4` is GPT-4. Null for other neighbours. */
export function joinedWithNumber(first: Term, next: Term): string | null {
  const beside = next.position - first.position === 1;
  if (!beside || !/^[a-z]{2,8}$/.test(first.word) || !NUMBER.test(next.word)) return null;
  return stem(first.word + next.word);
}

/** Cuts texts into terms, in order, with the acronyms of these expansions, by their first stem. */
function termCutter(expansions: ReadonlyMap<string, readonly Expansion[]>) {
  const traitsOf = (word: string): Traits => {
    const stemmed = stem(word);
    return {
      stem: stemmed,
      isStop: STOP_WORDS.has(word),
      isLetters: isLetters(word),
      isPrefix: PURE_PREFIXES.has(word),
      isHyphenPrefix: HYPHEN_PREFIXES.has(word),
      follow: COMPOUND_STARTS.get(word),
      split: SPLIT.exec(word)?.slice(1) ?? null,
      base: BASE.exec(word)?.[1],
      expansions: expansions.get(stemmed),
    };
  };
  const wordsOf = tokenizer(traitsOf);
  const ofJoined = memoize(traitsOf);
  const traitsOfJoined = (word: string) => ofJoined(word, 0, word.length);

  /**
   * Joins the parts of compounds, by prefix, by list, and letters with the number after a hyphen, and
   * leaves out what is not indexed.
   */
  return (text: string): Term[] => {
    const found: Term[] = [];
    /** Those that may stand for more than themselves, by their place in `found`. */
    const rich = new Map<number, Traits>();
    let position = 0;
    const add = (word: string, traits: Traits, start: number, end: number) => {
      position += 1;
      if (traits.isStop) return;
      if (traits.base || traits.expansions) rich.set(found.length, traits);
      found.push({ stem: traits.stem, word, position, start, end });
    };
    const list = wordsOf(text);
    for (let i = 0; i < list.length; ) {
      let { word, about: traits, start, end } = list[i]!;
      let before = traits;
      for (i += 1; i < list.length; i++) {
        const next = list[i]!;
        if (!isOneWord(word, traits, before, next, traitsOfJoined)) break;
        word += next.word;
        traits = traitsOfJoined(word);
        before = next.about;
        end = next.end;
      }
      if (!traits.split) add(word, traits, start, end);
      else for (const half of traits.split) add(half, traitsOf(half), start, end);
    }
    return rich.size > 0 ? withImplied(found, rich) : found;
  };
}

/**
 * Whether `word`, with its traits and those of its last part, goes on with `next`: in "non auto
 * regressive" each prefix joins what follows.
 */
function isOneWord(
  word: string,
  traits: Traits,
  before: Traits,
  next: DescribedWord<Traits>,
  traitsOfJoined: (word: string) => Traits,
): boolean {
  // Else thousands of prefixes in a row were one word, looked at anew with each of them.
  if (word.length + next.word.length > LONGEST_WORD) return false;
  if (next.hyphened && JOINS_NUMBER.test(word) && NUMBER.test(next.word)) return true;
  if (next.hyphened && next.word === 'd' && /^\d$/.test(word)) return true;
  if (word.length === 1) return LETTER_COMPOUNDS.has(word + next.word);
  const compound = traits.follow?.has(pair(next.word, 0)) ?? false;
  // Most pairs end here, before anything costly is asked.
  if (!next.hyphened && !compound && !before.isPrefix) return false;
  if (!next.about.isLetters || !before.isLetters) return false;
  if (compound && COMPOUND_STEMS.has(traitsOfJoined(word + next.word).stem)) return true;
  if (next.about.isStop) return false;
  return before.isPrefix || (next.hyphened && (before.isHyphenPrefix || next.word === 'wise'));
}

/** With the bases and acronyms that the `rich` ones of the list, by their place in it, also stand for. */
function withImplied(list: readonly Term[], rich: ReadonlyMap<number, Traits>): Term[] {
  const out: Term[] = [];
  let done = 0;
  for (const [i, { base, expansions = [] }] of rich) {
    while (done <= i) out.push(list[done++]!);
    const term = list[i]!;
    if (base) out.push({ ...term, stem: stem(base), word: base, implied: 'base' });
    for (const { acronym, stems, offsets } of expansions) {
      const here = stems.every((s, k) => {
        const at = list[i + k];
        return at?.stem === s && at.position - term.position === offsets[k];
      });
      if (!here) continue;
      const end = list[i + stems.length - 1]!.end;
      out.push({ ...term, stem: acronym, word: acronym, end, implied: 'acronym' });
    }
  }
  while (done < list.length) out.push(list[done++]!);
  return out;
}

const EXPANSIONS = new Map<string, Expansion[]>();
const EXPANSION_OF = new Map<string, string[]>();
{
  const plainTerms = termCutter(new Map());
  for (const [acronym, expansion] of Object.entries(ACRONYMS)) {
    const list = plainTerms(expansion);
    const first = list[0]!;
    const stems = list.map((term) => term.stem);
    const offsets = list.map((term) => term.position - first.position);
    const entry = { acronym: stem(acronym), stems, offsets };
    EXPANSIONS.set(first.stem, [...(EXPANSIONS.get(first.stem) ?? []), entry]);
    EXPANSION_OF.set(entry.acronym, stems);
  }
}

/** The terms of a text in order. Total; linear in the length of the text. */
export const terms: (text: string) => Term[] = termCutter(EXPANSIONS);

/** The stems of an acronym's expansion, by the acronym's own stem; none for any other word. */
export function expansionOf(acronym: string): readonly string[] {
  return EXPANSION_OF.get(acronym) ?? [];
}
