export interface MonthCount {
  /** `2026-11`. */
  month: string;
  papers: number;
}

/** The months up to and with that of `now`, oldest first, by UTC. */
export function lastMonths(count: number, now: Date): string[] {
  return Array.from({ length: count }, (_, index) => {
    const month = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - index, 1));
    return month.toISOString().slice(0, 7);
  }).reverse();
}

/** What a chart of papers a month shows, in a sentence. */
export function monthsInWords(name: string, months: readonly MonthCount[]): string {
  const total = months.reduce((sum, { papers }) => sum + papers, 0);
  if (total === 0) return `No papers on ${name} in the last ${months.length} months.`;
  const most = months.reduce((a, b) => (b.papers > a.papers ? b : a));
  const last = months[months.length - 1]!;
  return [
    `${total.toLocaleString('en')} papers on ${name} in the last ${months.length} months:`,
    `most in ${monthName(most.month)} (${most.papers.toLocaleString('en')}),`,
    `${last.papers.toLocaleString('en')} in ${monthName(last.month)} so far.`,
  ].join(' ');
}

/** "November 2026". */
export function monthName(month: string): string {
  return new Date(`${month}-01T00:00:00Z`).toLocaleDateString('en', {
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  });
}
