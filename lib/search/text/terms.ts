import { memoize } from '@/lib/runtime/memoize';
import { ACRONYMS } from '@/lib/search/text/acronyms';
import {
  AFFIXES,
  COMPOUND_WORDS,
  HYPHENED_AFFIXES,
  LETTER_COMPOUNDS,
  SPLIT,
} from '@/lib/search/text/compounds';
import { stem } from '@/lib/search/text/stem';
import { STOP_WORDS } from '@/lib/search/text/stopwords';
import { type DescribedWord, LONGEST_WORD, tokenizer } from '@/lib/search/text/tokenizer';

/**
 * What of a text is indexed and searched. Papers and queries go through the same function, so that
 * spelling variants meet in one form: the folder's README.md lists them.
 */
export interface Term {
  /** The indexed form: letters and digits only, never empty. */
  stem: string;
  /** The folded word as it stands there. */
  word: string;
  /** Counts every word of the text, common ones too, from 1. */
  position: number;
  start: number;
  end: number;
  /** Not in the text itself: an acronym whose expansion starts here, or the base COVID of COVID-19. */
  implied?: 'acronym' | 'base';
}

const COMPOUND_STEMS = new Set(COMPOUND_WORDS.map(stem));
/**
 * Every first part of a compound, with the two letters that can follow it (as `pair` gives them). So
 * only few pairs of words have to be stemmed; a stem differs from its word at the end only.
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

/** Two letters of a word, as one number. */
function pair(word: string, at: number): number {
  return word.charCodeAt(at) * 0x10000 + word.charCodeAt(at + 1);
}

/** What the rules need to know of a word. */
interface Traits {
  stem: string;
  /** So common that it is not indexed. */
  isStop: boolean;
  isLetters: boolean;
  /** Joined to the next word. */
  isAffix: boolean;
  /** Joined to the next word across a hyphen only. */
  isHyphenedAffix: boolean;
  /** The two letters that can follow where a compound begins with it. */
  follow: ReadonlySet<number> | undefined;
  /** The two words that it is written for. */
  split: readonly string[] | null;
  /** A word that it is indexed under as well. */
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

/** The stem of a word and the number after it written as one, GPT-4 for `GPT 4`; else null. */
export function joinedWithNumber(first: Term, next: Term): string | null {
  const beside = next.position - first.position === 1;
  if (!beside || !/^[a-z]{2,8}$/.test(first.word) || !NUMBER.test(next.word)) return null;
  return stem(first.word + next.word);
}

/** Makes the function `terms`; `expansions` are those of acronyms, by their first stem. */
function analyzer(expansions: ReadonlyMap<string, readonly Expansion[]>) {
  const traitsOf = (word: string): Traits => {
    const stemmed = stem(word);
    return {
      stem: stemmed,
      isStop: STOP_WORDS.has(word),
      isLetters: isLetters(word),
      isAffix: AFFIXES.has(word),
      isHyphenedAffix: HYPHENED_AFFIXES.has(word),
      follow: COMPOUND_STARTS.get(word),
      split: SPLIT.exec(word)?.slice(1) ?? null,
      base: BASE.exec(word)?.[1],
      expansions: expansions.get(stemmed),
    };
  };
  const cut = tokenizer(traitsOf);
  const ofJoined = memoize(traitsOf);
  const traitsOfJoined = (word: string) => ofJoined(word, 0, word.length);

  return (text: string): Term[] => {
    const found: Term[] = [];
    /** Those that may be indexed under more than themselves, by their place in `found`. */
    const rich = new Map<number, Traits>();
    let position = 0;
    const add = (word: string, traits: Traits, start: number, end: number) => {
      position += 1;
      if (traits.isStop) return;
      if (traits.base || traits.expansions) rich.set(found.length, traits);
      found.push({ stem: traits.stem, word, position, start, end });
    };
    const list = cut(text);
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
 * Whether `next` is one word with `word`, of which `traits` are those of the whole and `before` those of
 * its last part: in "non auto regressive" each affix joins what follows.
 */
function isOneWord(
  word: string,
  traits: Traits,
  before: Traits,
  next: DescribedWord<Traits>,
  traitsOfJoined: (word: string) => Traits,
): boolean {
  // A bound: thousands of affixes in a row would be one word, looked at again with each of them.
  if (word.length + next.word.length > LONGEST_WORD) return false;
  if (next.hyphened && JOINS_NUMBER.test(word) && NUMBER.test(next.word)) return true;
  if (next.hyphened && next.word === 'd' && /^\d$/.test(word)) return true;
  if (word.length === 1) return LETTER_COMPOUNDS.has(word + next.word);
  const compound = traits.follow?.has(pair(next.word, 0)) ?? false;
  // Most pairs end here, before any costly test.
  if (!next.hyphened && !compound && !before.isAffix) return false;
  if (!next.about.isLetters || !before.isLetters) return false;
  if (compound && COMPOUND_STEMS.has(traitsOfJoined(word + next.word).stem)) return true;
  if (next.about.isStop) return false;
  return before.isAffix || (next.hyphened && (before.isHyphenedAffix || next.word === 'wise'));
}

/** Adds the bases and acronyms that the `rich` terms, by their place in the list, are indexed under. */
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
  const plainTerms = analyzer(new Map());
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

/** The terms of a text in order. Any text has some or none; the time is linear in its length. */
export const terms: (text: string) => Term[] = analyzer(EXPANSIONS);

/** The stems of an acronym's expansion, by the acronym's own stem; none for any other word. */
export function expansionOf(acronym: string): readonly string[] {
  return EXPANSION_OF.get(acronym) ?? [];
}
