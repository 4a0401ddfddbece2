import { monthName } from '@/lib/calendar/day-names';

/** What was published in a month. */
export interface MonthCount {
  /** `2026-11`. */
  month: string;
  /** Of a tag. */
  papers: number;
  /** Of the whole catalogue. */
  all: number;
}

/** The months up to and with that of `now`, oldest first, by UTC. */
export function lastMonths(count: number, now: Date): string[] {
  return Array.from({ length: count }, (_, index) => {
    const month = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - index, 1));
    return month.toISOString().slice(0, 7);
  }).reverse();
}

/** A share of fewer papers says more about chance than about the tag. */
const FEWEST_OF_MONTH = 20;
/** A line through fewer months shows no course. */
const FEWEST_MONTHS = 6;

/** The tag's share of each month's papers, from 0 to 1; null where the month has too few for one. */
export function sharesOf(months: readonly MonthCount[]): (number | null)[] {
  return months.map(({ papers, all }) => (all < FEWEST_OF_MONTH ? null : papers / all));
}

/** Whether enough months have papers enough for a line of shares. */
export function haveShares(months: readonly Pick<MonthCount, 'all'>[]): boolean {
  return months.filter(({ all }) => all >= FEWEST_OF_MONTH).length >= FEWEST_MONTHS;
}

/** The least round number, as an axis ends at, that half of is round too. */
export function axisEnd(most: number): number {
  const unit = 10 ** Math.floor(Math.log10(most || 1));
  return [1, 2, 4, 6, 8, 10].map((step) => step * unit).find((end) => end >= most)!;
}

/** A share as one says it: "2.7%", "0.04%". */
export function percent(share: number): string {
  const value = share * 100;
  return `${+(value >= 10 ? value.toFixed(0) : value.toPrecision(2))}%`;
}

/** How the last month that has a share stands among those before it. */
export function latestShare(months: readonly MonthCount[], now: Date): { of: string; how: string } {
  const shares = sharesOf(months);
  const at = shares.findLastIndex((share) => share !== null);
  const [latest, month] = [shares[at]!, months[at]!.month];
  const isNow = month === now.toISOString().slice(0, 7);
  const of = `${percent(latest)} of ${isNow ? 'this month’s papers' : `the papers of ${nameOf(month)}`}`;
  const before = shares.slice(0, at);
  const rank = (isBeyond: (share: number) => boolean, word: string) => {
    const since = before.findLastIndex((share) => share !== null && isBeyond(share));
    if (at - since < LONG_AGO) return '';
    return since < 0
      ? `, the ${word} in ${at + 1} months`
      : `, the ${word} since ${nameOf(months[since]!.month)}`;
  };
  return {
    of,
    how: rank((share) => share >= latest, 'most') || rank((share) => share <= latest, 'least'),
  };
}

/** So many months back a record is worth a word. */
const LONG_AGO = 4;

/** What a chart of shares or of papers by month shows, to those who do not see it. */
export function monthsInWords(name: string, months: readonly MonthCount[]): string {
  const when = `${nameOf(months[0]!.month)} to ${nameOf(months.at(-1)!.month)}`;
  if (haveShares(months)) {
    const shares = sharesOf(months).map((share) => (share === null ? 'too few' : percent(share)));
    return `Share of ${name} among all papers by month of publication, ${when}: ${shares.join(', ')}`;
  }
  const counts = months.map(({ papers }) => papers.toLocaleString('en'));
  return `Papers on ${name} by month of publication, ${when}: ${counts.join(', ')}`;
}

/** "March 2026". */
export function nameOf(month: string): string {
  return monthName(new Date(month));
}
