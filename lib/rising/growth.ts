/** Of papers, or of a phrase's papers, by primary category. */
export type ByCategory = ReadonlyMap<string, number>;

export interface Counts {
  recent: ByCategory;
  before: ByCategory;
}

/** Papers at the overall share that a category's share before is smoothed with. */
const SMOOTHING = 20;

/** Papers of all categories. */
export const allOf = (counts: ByCategory) => [...counts.values()].reduce((a, b) => a + b, 0);

/** A paper of a category that grew slowly counts for no more than this. */
const MOST_WEIGHT = 1.5;

/**
 * What a recent paper of each category counts for, as if all categories had grown as that of the middle paper:
 * a source that brings more papers of one adds no evidence by their number.
 */
export function categoryWeights(papers: Counts): ByCategory {
  const overall = allOf(papers.recent) / Math.max(1, allOf(papers.before));
  const ratios = [...papers.recent].map(([category, recent]) => {
    const before = papers.before.get(category) ?? 0;
    return { category, before, ratio: (recent + SMOOTHING * overall) / (before + SMOOTHING) };
  });
  ratios.sort((a, b) => a.ratio - b.ratio);
  const half = ratios.reduce((sum, { before }) => sum + before, 0) / 2;
  let seen = 0;
  let middle = 1;
  for (const { before, ratio } of ratios) {
    middle = ratio;
    seen += before;
    if (seen >= half) break;
  }
  return new Map(
    ratios.map(({ category, ratio }) => [category, Math.min(MOST_WEIGHT, middle / ratio)]),
  );
}

/** Papers of all categories, each by its weight. */
export function weighted(counts: ByCategory, weights: ByCategory): number {
  let sum = 0;
  for (const [category, papers] of counts) sum += papers * (weights.get(category) ?? 1);
  return sum;
}

/**
 * How many recent papers would have the phrase if each category's papers had it as often as before, by the
 * weights of their categories.
 */
export function expectedPapers(
  phrase: Counts,
  papers: Counts,
  weights: ByCategory = new Map(),
): number {
  const before = allOf(papers.before);
  const overall = before > 0 ? allOf(phrase.before) / before : 0;
  let expected = 0;
  for (const [category, recent] of papers.recent) {
    const share =
      ((phrase.before.get(category) ?? 0) + SMOOTHING * overall) /
      ((papers.before.get(category) ?? 0) + SMOOTHING);
    expected += recent * share * (weights.get(category) ?? 1);
  }
  return expected;
}

/**
 * By how much more often than expected a phrase is used, as G-squared (twice the log-likelihood ratio) of
 * `papers` against `expected` and one more: a phrase with nothing before needs more than a handful.
 * Negative where it falls.
 */
export function growthScore(papers: number, expected: number): number {
  const e = expected + 1;
  const g = 2 * (papers * Math.log(Math.max(papers, 1e-9) / e) - (papers - e));
  return papers >= e ? g : -g;
}
