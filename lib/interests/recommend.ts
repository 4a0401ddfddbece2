import { isOf } from '@/lib/interests/archive';
import type { ProfileWord } from '@/lib/interests/profile';
import { wordFinder } from '@/lib/interests/word-finder';
import { termFrequency } from '@/lib/search/rank/bm25';
import type { Direction } from '@/lib/search/vectors/store';
import { withNearness } from '@/lib/search/vectors/vector';

/** A paper that may be recommended. */
export interface Candidate {
  id: number;
  /** `search_document.ranked`. */
  text: string;
  categories: readonly string[];
  /** Its score in the feed, which grows with its date; null where it is in no feed. */
  trending: number | null;
  /** The ids that this paper has: its own, and those of revisions and copies that are papers of their own. */
  copies: readonly number[];
}

/** What an interest asks for. */
export interface Wish {
  words: readonly ProfileWord[];
  /** Recommended papers are of this archive; null where any will do. */
  archive: string | null;
  /** Where the saved papers' vectors point to; null where they have none. */
  direction: Direction | null;
  /** From 0, what is popular among papers like the saved ones, to 1, what is most like them. */
  balance: number;
}

/** Why a paper is recommended; `weight` is the part that it has in the paper's likeness. */
export interface Because {
  /** A saved paper. */
  paper?: number;
  /** A stem. */
  word?: string;
  weight: number;
}

export interface Recommendation {
  id: number;
  /** See `Candidate`. */
  copies: readonly number[];
  score: number;
  /** The words that make it like the interest. */
  gains: readonly Gain[];
}

interface Gain {
  word: ProfileWord;
  gain: number;
}

/** Words that are told of a paper. */
const MOST_WORDS_TOLD = 3;

/**
 * The candidates in the order of an interest, one of each copy; `near` says how near the vectors are to its
 * own. Papers that the reader saved or dismissed are left in: whoever reads the list leaves them out, so that
 * nothing else moves when one is dismissed.
 */
export function recommend(
  candidates: readonly Candidate[],
  { words, archive, balance }: Wish,
  meanLength: number,
  near: ReadonlyMap<number, number> = new Map(),
): Recommendation[] {
  const find = wordFinder(new Map(words.map((word) => [word.stem, word])));
  const liked = candidates
    .filter(({ categories }) => archive === null || isOf(archive, categories))
    .map((candidate) => ({ candidate, ...likeness(find(candidate.text), meanLength) }))
    .filter(({ like }) => like > 0);
  const most = Math.max(...liked.map(({ like }) => like));
  const ordered = withNearness(
    liked.map(({ candidate, like, gains }) => ({
      id: candidate.id,
      copies: candidate.copies,
      like: like / most,
      gains,
    })),
    near,
  );
  const popularity = popularityOf(liked.map(({ candidate }) => candidate));
  const seen = new Set<number>();
  return ordered
    .map(({ like, ...paper }) => ({
      ...paper,
      score: balance * like + (1 - balance) * popularity.get(paper.id)!,
    }))
    .sort((a, b) => b.score - a.score || b.id - a.id)
    .filter(({ copies }) => isFirst(copies, seen));
}

/** How much a paper is like an interest, and which words make it so. */
function likeness(
  { times, length }: { times: ReadonlyMap<ProfileWord, number>; length: number },
  meanLength: number,
): { like: number; gains: Gain[] } {
  const gains: Gain[] = [];
  let like = 0;
  for (const [word, count] of times) {
    const gain = word.weight * termFrequency(count, length, meanLength);
    gains.push({ word, gain });
    like += gain;
  }
  return { like, gains };
}

/** By their order in the feed, from 0 for the last to 1 for the first: scores grow with the years. */
function popularityOf(candidates: readonly Candidate[]): Map<number, number> {
  const trending = (candidate: Candidate) => candidate.trending ?? Number.MIN_SAFE_INTEGER;
  const order = [...candidates].sort((a, b) => trending(a) - trending(b) || a.id - b.id);
  return new Map(order.map(({ id }, i) => [id, (i + 1) / order.length]));
}

/** The saved paper that most of the likeness comes from, and the words with most weight. */
export function because({ gains }: Pick<Recommendation, 'gains'>): Because[] {
  const all = gains.reduce((sum, { gain }) => sum + gain, 0);
  const part = (gain: number) => Math.round((1_000 * gain) / all) / 1_000;
  const saved = new Map<number, number>();
  for (const { word, gain } of gains) {
    for (const { paper, share } of word.from) {
      saved.set(paper, (saved.get(paper) ?? 0) + gain * share);
    }
  }
  const words = [...gains].sort((a, b) => b.gain - a.gain).slice(0, MOST_WORDS_TOLD);
  const [nearest] = [...saved].sort((a, b) => b[1] - a[1] || a[0] - b[0]);
  return [
    ...(nearest ? [{ paper: nearest[0], weight: part(nearest[1]) }] : []),
    ...words.map(({ word, gain }) => ({ word: word.stem, weight: part(gain) })),
  ];
}

/** Several lists in turn, each paper where it stands first. */
export function inTurn(lists: readonly (readonly Recommendation[])[]): Recommendation[] {
  const longest = Math.max(0, ...lists.map((list) => list.length));
  const seen = new Set<number>();
  const merged: Recommendation[] = [];
  for (let place = 0; place < longest; place++) {
    for (const list of lists) {
      const paper = list[place];
      if (paper && isFirst(paper.copies, seen)) merged.push(paper);
    }
  }
  return merged;
}

/** Whether none of these ids was seen before; they are from now on. */
function isFirst(copies: readonly number[], seen: Set<number>): boolean {
  if (copies.some((id) => seen.has(id))) return false;
  for (const id of copies) seen.add(id);
  return true;
}
