import type { Lexicon } from '@/lib/search/index/lexicon';

/** BM25's constants, the same as in the index of pg_textsearch (see the migration). */
export const BM25_K1 = 1.6;
export const BM25_B = 0.75;

/** `ln(1 + (N - n + 0.5) / (n + 0.5))`, the inverse document frequency of BM25. */
export function inverseFrequency(stem: string, { size, papers }: Lexicon): number {
  const n = Math.min(papers(stem), size.papers);
  return Math.log(1 + (size.papers - n + 0.5) / (n + 0.5));
}

/** Stems with their weight, those first that matter most: frequent in the query, rare in the catalogue. */
export function byImportance(
  weights: ReadonlyMap<string, number>,
  lexicon: Lexicon,
): { stem: string; weight: number; importance: number }[] {
  return [...weights]
    .map(([stem, weight]) => ({
      stem,
      weight,
      importance: weight * inverseFrequency(stem, lexicon),
    }))
    .sort((a, b) => b.importance - a.importance);
}

/** What a word gains that stands so often in a text of this length: `BM25_K1 + 1` at most. */
export function termFrequency(times: number, length: number, meanLength: number): number {
  const norm = BM25_K1 * (1 - BM25_B + (BM25_B * length) / meanLength);
  return (times * (BM25_K1 + 1)) / (times + norm);
}
