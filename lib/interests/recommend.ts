import { isOf } from '@/lib/interests/archive';
import { frequencies, type ProfileWord } from '@/lib/interests/profile';

/** A paper that may be recommended. */
export interface Candidate {
  id: number;
  /** `search_document.ranked`. */
  text: string;
  categories: readonly string[];
  /** Its score in the feed, which grows with its date; null where it is in no feed. */
  trending: number | null;
  /** Equal for copies of one paper under several ids. */
  copyKey: string;
}

/** What an interest asks for. */
export interface Wish {
  words: readonly ProfileWord[];
  /** From 0, what is popular among papers like the saved ones, to 1, what is most like them. */
  balance: number;
  /** Recommended papers are of this archive; null where any will do. */
  archive: string | null;
  meanLength: number;
}

/** Why a paper is recommended; `weight` is the part that it has in the paper's likeness. */
export type Because = { weight: number } & (
  | { paper: number }
  | { word: string }
  | { follow: string }
);

export interface Recommendation {
  id: number;
  copyKey: string;
  score: number;
  because: Because[];
}

/** Reasons that are told. */
const MOST_WORDS_TOLD = 3;

/**
 * The candidates in the order of an interest, one of each copy. Papers that the reader saved or dismissed
 * are left in: whoever reads the list leaves them out, so that nothing else moves when one is dismissed.
 */
export function recommend(candidates: readonly Candidate[], wish: Wish): Recommendation[] {
  const { words, balance, archive, meanLength } = wish;
  const weights = new Map(words.map((word) => [word.stem, word]));
  const liked = candidates
    .filter(({ categories }) => archive === null || isOf(archive, categories))
    .map((candidate) => ({ candidate, ...likeness(candidate, weights, meanLength) }))
    .filter(({ like }) => like > 0);
  const most = Math.max(...liked.map(({ like }) => like));
  const place = places(liked.map(({ candidate }) => candidate));
  const seen = new Set<string>();
  return liked
    .map(({ candidate, like, gains }) => ({
      candidate,
      gains,
      score: balance * (like / most) + (1 - balance) * place.get(candidate.id)!,
    }))
    .sort((a, b) => b.score - a.score || b.candidate.id - a.candidate.id)
    .filter(({ candidate: { copyKey } }) => !seen.has(copyKey) && seen.add(copyKey))
    .map(({ candidate: { id, copyKey }, gains, score }) => ({
      id,
      copyKey,
      score,
      because: because(gains),
    }));
}

interface Gain {
  word: ProfileWord;
  gain: number;
}

/** How much a paper is like an interest, and which words make it so. */
function likeness(
  { text }: Candidate,
  weights: ReadonlyMap<string, ProfileWord>,
  meanLength: number,
): { like: number; gains: Gain[] } {
  const gains: Gain[] = [];
  let like = 0;
  for (const [stem, frequency] of frequencies(text, meanLength)) {
    const word = weights.get(stem);
    if (word === undefined) continue;
    const gain = word.weight * frequency;
    like += gain;
    gains.push({ word, gain });
  }
  return { like, gains };
}

/** From 0 for the last to 1 for the first by their score in the feed: scores grow with the years. */
function places(candidates: readonly Candidate[]): Map<number, number> {
  const trending = (candidate: Candidate) => candidate.trending ?? Number.NEGATIVE_INFINITY;
  const order = [...candidates].sort((a, b) => trending(a) - trending(b) || a.id - b.id);
  return new Map(order.map(({ id }, i) => [id, (i + 1) / order.length]));
}

/** The words with most weight in the paper, and the saved paper that most of this weight comes from. */
function because(gains: Gain[]): Because[] {
  const all = gains.reduce((sum, { gain }) => sum + gain, 0);
  const share = (gain: number) => Math.round((gain / all) * 1_000) / 1_000;
  const saved = new Map<number, number>();
  for (const { word, gain } of gains) {
    for (const { paper, share } of word.from) {
      saved.set(paper, (saved.get(paper) ?? 0) + gain * share);
    }
  }
  const words = gains.sort((a, b) => b.gain - a.gain).slice(0, MOST_WORDS_TOLD);
  const [nearest] = [...saved].sort((a, b) => b[1] - a[1] || a[0] - b[0]);
  return [
    ...(nearest ? [{ paper: nearest[0], weight: share(nearest[1]) }] : []),
    ...words.map(({ word, gain }) => ({ word: word.stem, weight: share(gain) })),
  ];
}

/** Several lists in turn, each paper where it stands first; what an interest says of it goes along. */
export function inTurn(lists: readonly (readonly Recommendation[])[]): Recommendation[] {
  const longest = Math.max(0, ...lists.map((list) => list.length));
  const merged = new Map<string, Recommendation>();
  for (let place = 0; place < longest; place++) {
    for (const list of lists) {
      const paper = list[place];
      if (paper && !merged.has(paper.copyKey)) merged.set(paper.copyKey, paper);
    }
  }
  return [...merged.values()];
}
