import { monthName } from '@/lib/calendar/day-names';

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
  const [first, last] = [months[0]!, months[months.length - 1]!];
  const when = `from ${nameOf(first)} to ${nameOf(last)}`;
  if (total === 0) return `No papers on ${name} ${when}.`;
  const most = months.reduce((a, b) => (b.papers > a.papers ? b : a));
  return [
    `Papers on ${name} ${when}: ${total.toLocaleString('en')} in all,`,
    `most in ${nameOf(most)} (${most.papers.toLocaleString('en')}),`,
    `${last.papers.toLocaleString('en')} in ${nameOf(last)}.`,
  ].join(' ');
}

function nameOf({ month }: MonthCount): string {
  return monthName(new Date(month));
}
