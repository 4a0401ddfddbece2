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

/**
 * How many recent papers would have the phrase if each category's papers had it as often as before. A new
 * source or category changes the mix of the papers, and so both numbers alike.
 */
export function expectedPapers(phrase: Counts, papers: Counts): number {
  const before = allOf(papers.before);
  const overall = before > 0 ? allOf(phrase.before) / before : 0;
  let expected = 0;
  for (const [category, recent] of papers.recent) {
    const share =
      ((phrase.before.get(category) ?? 0) + SMOOTHING * overall) /
      ((papers.before.get(category) ?? 0) + SMOOTHING);
    expected += recent * share;
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
