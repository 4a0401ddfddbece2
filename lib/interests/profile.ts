import type { Lexicon } from '@/lib/search/index/lexicon';
import { inverseFrequency, termFrequency } from '@/lib/search/rank/bm25';

/** A saved paper: its words with how often it has them, and how many it has in all. */
export interface SavedWords {
  id: number;
  counts: ReadonlyMap<string, number>;
  length: number;
}

/** A word of an interest. */
export interface ProfileWord {
  stem: string;
  /** By which papers are looked up: without the rarity, which the index knows. */
  query: number;
  /** By which those found are scored. */
  weight: number;
  /** The saved papers that brought it most, with their share of it. */
  from: { paper: number; share: number }[];
}

/** What a reader changed of an interest's words: stems that they took in and left out. */
export interface WordEdits {
  added: readonly string[];
  dropped: readonly string[];
}

/** Words that papers are scored by. */
const MOST_WORDS = 200;
/** Saved papers that are remembered of a word. */
const MOST_SOURCES = 3;
/** A word that a reader adds weighs as much as the mean of so many first words. */
const LIKE_THE_FIRST = 5;
/** Numbers and single letters say nothing about a subject. */
const TELLING = /\p{L}{2}/u;

/** A paper's words, of its row of `search_document.ranked`. */
export function savedWords(id: number, ranked: string): SavedWords {
  const counts = new Map<string, number>();
  let length = 0;
  for (const line of ranked.split('\n')) {
    for (const stem of line.split(' ')) {
      counts.set(stem, (counts.get(stem) ?? 0) + 1);
      length += 1;
    }
  }
  return { id, counts, length };
}

/**
 * The words that tell the saved papers from the catalogue, the most important first: how often a word stands in them
 * (the mean over them, as BM25 counts), more where many have it, and how rare it is, squared.
 */
export function profileOf(saved: readonly SavedWords[], lexicon: Lexicon): ProfileWord[] {
  const found = new Map<string, { sum: number; papers: number; from: ProfileWord['from'] }>();
  for (const { id, counts, length } of saved) {
    for (const [stem, times] of counts) {
      const share = termFrequency(times, length, lexicon.size.meanLength);
      const word = found.get(stem);
      if (word) {
        word.sum += share;
        word.papers += 1;
        keepSource(word.from, id, share);
      } else if (TELLING.test(stem)) {
        found.set(stem, { sum: share, papers: 1, from: [{ paper: id, share }] });
      }
    }
  }
  const words: ProfileWord[] = [];
  for (const [stem, { sum, papers, from }] of found) {
    // A word of these papers alone finds nothing else.
    if (lexicon.papers(stem) <= papers) continue;
    const query = (sum / saved.length) * Math.sqrt(papers / saved.length);
    const weight = query * inverseFrequency(stem, lexicon) ** 2;
    words.push({ stem, query, weight, from });
    for (const source of from) source.share /= sum;
  }
  return words.sort(byImportance).slice(0, MOST_WORDS);
}

function keepSource(from: ProfileWord['from'], paper: number, share: number): void {
  const last = from[from.length - 1]!;
  if (from.length === MOST_SOURCES) {
    if (last.share >= share) return;
    from.pop();
  }
  const place = from.findIndex((source) => source.share < share);
  from.splice(place < 0 ? from.length : place, 0, { paper, share });
}

/** The words as their reader wants them: some added, some dropped. */
export function editedProfile(
  words: readonly ProfileWord[],
  { added, dropped }: WordEdits,
): ProfileWord[] {
  const out = new Set([...added, ...dropped]);
  const first = words.slice(0, LIKE_THE_FIRST);
  const mean = (value: (word: ProfileWord) => number) =>
    first.reduce((sum, word) => sum + value(word), 0) / first.length || 1;
  const weight = mean((word) => word.weight);
  const query = mean((word) => word.query);
  const fromOf = (stem: string) => words.find((word) => word.stem === stem)?.from ?? [];
  return [
    ...added.map((stem) => ({ stem, query, weight, from: fromOf(stem) })),
    ...words.filter(({ stem }) => !out.has(stem)),
  ].sort(byImportance);
}

/** How often the papers have a word, times how rare it is: `weight` has that squared. */
export const importance = ({ query, weight }: ProfileWord) => Math.sqrt(query * weight);

const byImportance = (a: ProfileWord, b: ProfileWord) =>
  importance(b) - importance(a) || (a.stem < b.stem ? -1 : 1);
