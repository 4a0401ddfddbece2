/** Feeds put into words: the same on pages, in feeds for readers and in mails. */
import { dayName } from '@/lib/calendar/day-names';
import { compactCount } from '@/lib/papers/display';
import type { Feed } from './filters';
import type { LaggingSource } from './lag-query';
import { periodName, type Window } from './periods';
import { quietWindow } from './quiet-days';
import type { Explanation } from './score';
import { type LatestReading, SIGNAL_UNITS } from './signals';

const VIEW_NAMES = { trending: 'Trending papers', new: 'New papers', top: 'Top papers' } as const;

/** What a window is called after "papers of": "the past week", "all time". */
export const WINDOW_NAMES: Record<Window, string> = {
  day: 'the past day',
  week: 'the past week',
  month: 'the past month',
  year: 'the past year',
  all: 'all time',
};

/** "New papers on LoRA and PEFT, without Video, with code, of March 2025". `nameOf` names a slug. */
export function feedTitle(feed: Feed, nameOf: (slug: string) => string): string {
  const subjects = [
    ...feed.tags.map(nameOf),
    ...(feed.category ? [`arXiv category ${feed.category}`] : []),
  ];
  const parts: string[] = [VIEW_NAMES[feed.view]];
  if (subjects.length > 0) parts.push(` on ${listed(subjects, 'and')}`);
  if (feed.without.length > 0) parts.push(`, without ${listed(feed.without.map(nameOf), 'or')}`);
  if (feed.hasCode) parts.push(`${parts.length > 1 ? ',' : ''} with code`);
  if (feed.period) parts.push(` of ${periodName(feed.period).replace(/^Week/, 'week')}`);
  else if (feed.view === 'top') parts.push(` of ${WINDOW_NAMES[feed.window]}`);
  return parts.join('');
}

/** "There are no papers from the past week: these are from all time.", and why that may be. */
export function widenedNotice(asked: Window, shown: Window, now: Date): string {
  const notice = `There are no papers from ${WINDOW_NAMES[asked]}: these are from ${WINDOW_NAMES[shown]}.`;
  return [notice, quietWindow(asked, now) ?? []].flat().join(' ');
}

/** "The source daily-papers has not answered since 21 Nov 2026." */
export function laggingNotice({ name, succeededAt }: LaggingSource): string {
  const since = succeededAt ? `since ${dayName(succeededAt)}` : 'yet';
  return `The source ${name} has not answered ${since}.`;
}

/** Reported interest: "132 upvotes", "2.1K stars". */
export function signalLabels(signals: readonly LatestReading[]): string[] {
  return signals.flatMap(({ kind, value }) => {
    const unit = SIGNAL_UNITS[kind];
    return unit && value > 0 ? `${compactCount(value)} ${unit[value === 1 ? 0 : 1]}` : [];
  });
}

/** An explanation as a sum, a line a summand. */
export function whyLines({ score, parts, remarks }: Explanation): string[] {
  return [
    ...parts.map(
      ({ label, detail, value }, i) => `${i ? '+ ' : ''}${value.toFixed(2)} ${label}: ${detail}`,
    ),
    `= ${score.toFixed(2)}`,
    ...remarks,
  ];
}

function listed(names: readonly string[], word: 'and' | 'or'): string {
  return names.length < 2
    ? names.join('')
    : `${names.slice(0, -1).join(', ')} ${word} ${names.at(-1)}`;
}
