/** Replays put into words: the same on the command line and on the ranking page. */
import type { Estimate } from './outcome';
import { type Judgement, LEAST_PAPERS, type Reference, type Replay } from './replay';

/** What a replay found, a line a figure. */
export function replayLines({ from, to, day, week }: Replay): string[] {
  if (!day && !week) {
    return [
      `Nothing to judge from ${from} to ${to}: it takes ${LEAST_PAPERS} papers of one day with upvotes that were counted by the end of that day and again later. Poll daily-papers for a while, or import older counts with --date.`,
    ];
  }
  return [
    `Papers of ${from} to ${to}: how well their order predicted later upvotes (nDCG@10; 1 is perfect).`,
    ...judgementLines('Within a day', 'days', day),
    ...judgementLines('Within a week', 'weeks', week),
  ];
}

function judgementLines(title: string, unit: string, judgement: Judgement | null): string[] {
  if (!judgement) return [`${title}: too few papers were counted.`];
  const { sets, papers, ndcg, age, references } = judgement;
  return [
    `${title}, ${sets} ${unit}, ${papers} papers: ${quality(ndcg)}, the first ten ${days(age)} old.`,
    ...references.map((other) => `  ${referenceInWords(other)}`),
  ];
}

/** "raw upvotes: 0.909 at 1.0 days; ours less it: +0.007 (± 0.003)". */
function referenceInWords({ name, ndcg, age, difference }: Reference): string {
  return `${name}: ${quality(ndcg)} at ${days(age)}; ours less it: ${differenceInWords(difference)}`;
}

export const quality = (ndcg: number) => ndcg.toFixed(3);
export const days = (age: number) => `${age.toFixed(1)} days`;

/** "+0.007 (± 0.003)": the mean and its standard error. */
export function differenceInWords({ mean, se }: Estimate): string {
  const sign = mean < 0 ? '−' : '+';
  return `${sign}${Math.abs(mean).toFixed(3)} (± ${se === null ? 'unknown' : se.toFixed(3)})`;
}
