/** Recent days, and the days before that they are compared with. */
export const SPANS = {
  week: { days: 7, before: 70, words: '7 days' },
  month: { days: 28, before: 270, words: '28 days' },
  quarter: { days: 84, before: 270, words: '12 weeks' },
} as const;

export type Span = keyof typeof SPANS;
export const SPAN_NAMES = Object.keys(SPANS) as Span[];

/** A span with so many papers bears topics of its own; the longest with fewer. */
const ENOUGH = { week: 5_000, month: 2_000, quarter: 2_000 } as const;
/** A month with so many needs no quarter beside it. */
const PLENTY = 5_000;

/** The spans to look at, by how many papers each has, the one to show first. */
export function spansOf(papers: Readonly<Record<Span, number>>): Span[] {
  const enough = SPAN_NAMES.filter((span) => papers[span] >= ENOUGH[span]);
  if (papers.month >= PLENTY) return enough.filter((span) => span !== 'quarter').reverse();
  return enough.reverse();
}
