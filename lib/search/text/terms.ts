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
  /** Its indexed words, with their places counted from the first of them. */
  stems: { stem: string; offset: number }[];
  /** Its words that are too common to be indexed, "out of" in OOD, which must stand there too. */
  common: { word: string; offset: number }[];
}

/** A text cut into words: those that are indexed, and by position where each word stands. */
interface Cut {
  found: Term[];
  words: string[];
  starts: number[];
}

const JOINS_NUMBER = /^[a-z]{1,8}$/;
const NUMBER = /^v?\d{1,4}[a-z]?$/;
/** The base of a word joined with a number; a `v` before it only says that a version follows. */
const BASE = /^([a-z]{3,8}?)v?\d{1,4}[a-z]?$/;

/** A name with a number, by its stems. */
export interface NumberedName {
  /** Written as one: `gpt4`. */
  joint: string;
  name: string;
  number: string;
}

/** GPT-4, whether it was typed as one word or as `GPT 4`; null for anything else. */
export function numberedName(term: Term, next: Term | undefined): NumberedName | null {
  const [, name, number] = NUMBERED.exec(term.word) ?? [];
  if (name && number) return { joint: term.stem, name: stem(name), number };
  const beside = next && next.position - term.position === 1;
  if (!beside || !/^[a-z]{2,8}$/.test(term.word) || !NUMBER.test(next.word)) return null;
  return { joint: stem(term.word + next.word), name: term.stem, number: next.stem };
}
const NUMBERED = /^([a-z]{2,8}?)(v?\d{1,4}[a-z]?)$/;

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

  return (text: string): Cut => {
    const found: Term[] = [];
    const words: string[] = [''];
    const starts: number[] = [0];
    /** Those that may be indexed under more than themselves, by their place in `found`. */
    const rich = new Map<number, Traits>();
    let position = 0;
    const add = (word: string, traits: Traits, start: number, end: number) => {
      position += 1;
      words.push(word);
      starts.push(start);
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
    const whole = { found, words, starts };
    return rich.size > 0 ? { ...whole, found: withImplied(whole, rich) } : whole;
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
function withImplied(
  { found: list, words, starts }: Cut,
  rich: ReadonlyMap<number, Traits>,
): Term[] {
  const out: Term[] = [];
  let done = 0;
  for (const [i, { base, expansions = [] }] of rich) {
    while (done <= i) out.push(list[done++]!);
    const term = list[i]!;
    if (base) out.push({ ...term, stem: stem(base), word: base, implied: 'base' });
    for (const { acronym, stems, common } of expansions) {
      const here =
        stems.every(({ stem, offset }, k) => {
          const at = list[i + k];
          return at?.stem === stem && at.position - term.position === offset;
        }) && common.every(({ word, offset }) => words[term.position + offset] === word);
      if (!here) continue;
      const start = starts[term.position + Math.min(0, common[0]?.offset ?? 0)]!;
      const { end } = list[i + stems.length - 1]!;
      out.push({ ...term, stem: acronym, word: acronym, start, end, implied: 'acronym' });
    }
  }
  while (done < list.length) out.push(list[done++]!);
  return out;
}

const EXPANSIONS = new Map<string, Expansion[]>();
{
  const cutPlain = analyzer(new Map());
  for (const [acronym, expansion] of Object.entries(ACRONYMS)) {
    const { found, words } = cutPlain(expansion);
    const first = found[0]!;
    const stems = found.map(({ stem, position }) => ({ stem, offset: position - first.position }));
    const common = words.flatMap((word, position) => {
      const isIndexed = position === 0 || found.some((term) => term.position === position);
      return isIndexed ? [] : [{ word, offset: position - first.position }];
    });
    const entry = { acronym: stem(acronym), stems, common };
    EXPANSIONS.set(first.stem, [...(EXPANSIONS.get(first.stem) ?? []), entry]);
  }
}

const cutText = analyzer(EXPANSIONS);

/** The terms of a text in order. Any text has some or none; the time is linear in its length. */
export const terms = (text: string): Term[] => cutText(text).found;
