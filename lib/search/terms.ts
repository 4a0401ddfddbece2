import { ACRONYMS } from '@/lib/search/acronyms';
import {
  COMPOUND_WORDS,
  HYPHEN_PREFIXES,
  LETTER_COMPOUNDS,
  PURE_PREFIXES,
  SPLIT,
} from '@/lib/search/compounds';
import { STOP_WORDS } from '@/lib/search/stopwords';
import { stem, type Word, words } from '@/lib/search/words';

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
/** What the first part of a compound can be: few pairs of words have to be stemmed to tell. */
const COMPOUND_STARTS = new Set(
  COMPOUND_WORDS.flatMap((word) => Array.from(word, (_, i) => word.slice(0, i + 1))),
);
const isLetters = (word: string) => /^[a-z]{2,}$/.test(word);

/** The terms of a text in order. Total; linear in the length of the text. */
export function terms(text: string): Term[] {
  return withImplied(plainTerms(text));
}

function plainTerms(text: string): Term[] {
  const found: Term[] = [];
  let position = 0;
  for (const { word: joint, start, end } of joined(words(text))) {
    const split = joint.startsWith('self') ? SPLIT.exec(joint) : null;
    for (const word of split ? split.slice(1) : [joint]) {
      position += 1;
      if (STOP_WORDS.has(word)) continue;
      found.push({ stem: stem(word), word, position, start, end });
    }
  }
  return found;
}

/** Joins the parts of compounds: by prefix, by list, and letters with the number after a hyphen. */
function joined(list: Word[]): Word[] {
  const out: Word[] = [];
  let before = '';
  for (const next of list) {
    const last = out.at(-1);
    if (last && isOneWord(last.word, before, next)) {
      last.word += next.word;
      last.end = next.end;
    } else {
      out.push(next);
    }
    before = next.word;
  }
  return out;
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

/** `before` is the last part of `first`: in "non auto regressive" each prefix joins what follows. */
function isOneWord(first: string, before: string, next: Word): boolean {
  if (next.hyphened && JOINS_NUMBER.test(first) && NUMBER.test(next.word)) return true;
  if (next.hyphened && next.word === 'd' && /^\d$/.test(first)) return true;
  if (first.length === 1) return LETTER_COMPOUNDS.has(first + next.word);
  // Most pairs end here, before anything costly is asked.
  if (!next.hyphened && !COMPOUND_STARTS.has(first) && !PURE_PREFIXES.has(before)) return false;
  if (!isLetters(next.word) || !isLetters(before)) return false;
  if (COMPOUND_STARTS.has(first) && COMPOUND_STEMS.has(stem(first + next.word))) return true;
  if (STOP_WORDS.has(next.word)) return false;
  if (PURE_PREFIXES.has(before)) return true;
  return next.hyphened && (HYPHEN_PREFIXES.has(before) || next.word === 'wise');
}

interface Expansion {
  acronym: string;
  stems: string[];
  offsets: number[];
}

const EXPANSIONS = new Map<string, Expansion[]>();
for (const [acronym, expansion] of Object.entries(ACRONYMS)) {
  const list = plainTerms(expansion);
  const first = list[0]!;
  const entry = {
    acronym: stem(acronym),
    stems: list.map((term) => term.stem),
    offsets: list.map((term) => term.position - first.position),
  };
  EXPANSIONS.set(first.stem, [...(EXPANSIONS.get(first.stem) ?? []), entry]);
}

function withImplied(list: Term[]): Term[] {
  const out: Term[] = [];
  list.forEach((term, i) => {
    out.push(term);
    const base = /\d/.test(term.word) ? BASE.exec(term.word)?.[1] : undefined;
    if (base) out.push({ ...term, stem: stem(base), word: base, implied: 'base' });
    for (const { acronym, stems, offsets } of EXPANSIONS.get(term.stem) ?? []) {
      const here = stems.every((s, k) => {
        const at = list[i + k];
        return at?.stem === s && at.position - term.position === offsets[k];
      });
      if (!here) continue;
      const end = list[i + stems.length - 1]!.end;
      out.push({ ...term, stem: acronym, word: acronym, end, implied: 'acronym' });
    }
  });
  return out;
}

const EXPANSION_OF = new Map(
  Object.entries(ACRONYMS).map(([acronym, expansion]) => [
    stem(acronym),
    plainTerms(expansion).map((term) => term.stem),
  ]),
);

/** The stems of an acronym's expansion, by the acronym's own stem; none for any other word. */
export function expansionOf(acronym: string): readonly string[] {
  return EXPANSION_OF.get(acronym) ?? [];
}
