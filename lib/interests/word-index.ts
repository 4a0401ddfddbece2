import { type ProfileWord, savedWords } from '@/lib/interests/profile';
import { forEachYielding } from '@/lib/runtime/yielding';
import { termFrequency } from '@/lib/search/rank/bm25';

/** Which papers are asked for: those that `accepts`, the first `most` of them. */
interface Wanted<T> {
  accepts: (paper: T) => boolean;
  most: number;
}

/**
 * A function that finds those of some thousand papers that are most like an interest, and how much. For whoever
 * asks by many interests: each takes about a millisecond.
 */
export async function wordIndex<T extends { id: number; text: string }>(
  papers: readonly T[],
  meanLength: number,
) {
  /** By stem, in turn: the place of a paper, and how much it has of the word. */
  const found = new Map<string, number[]>();
  await forEachYielding([...papers.entries()], ([place, { id, text }]) => {
    const { counts, length } = savedWords(id, text);
    for (const [stem, times] of counts) {
      const share = termFrequency(times, length, meanLength);
      const list = found.get(stem);
      if (list) list.push(place, share);
      else found.set(stem, [place, share]);
    }
  });
  return (
    words: readonly ProfileWord[],
    { accepts, most }: Wanted<T>,
  ): { paper: T; like: number }[] => {
    const likes = new Float64Array(papers.length);
    for (const { stem, weight } of words) {
      const list = found.get(stem) ?? [];
      for (let i = 0; i < list.length; i += 2) likes[list[i]!]! += weight * list[i + 1]!;
    }
    return papers
      .map((paper, place) => ({ paper, like: likes[place]! }))
      .filter(({ paper, like }) => like > 0 && accepts(paper))
      .sort((a, b) => b.like - a.like || a.paper.id - b.paper.id)
      .slice(0, most);
  };
}
