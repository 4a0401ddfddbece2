/** Feeds put into words: the same on pages, in feeds for readers and in mails. */
import { dayName } from '@/lib/calendar/day-names';
import { compactCount } from '@/lib/papers/display';
import type { SignalKind } from '@/lib/papers/paper';
import type { Feed } from './filters';
import type { LaggingSource } from './lag-query';
import { periodName, type Window } from './periods';
import type { Explanation } from './score';
import { type LatestReading, SIGNAL_UNITS } from './signals';

const VIEW_NAMES = { trending: 'Trending papers', new: 'New papers', top: 'Top papers' } as const;

/** Windows as links and after a count: "This week", "143 this week". */
export const WINDOW_NAMES: Record<Window, string> = {
  day: 'Past day',
  week: 'This week',
  month: 'This month',
  year: 'This year',
  all: 'All time',
};

/** Windows after "from": "from the past week". */
export const WINDOW_SPANS: Record<Window, string> = {
  day: 'the past day',
  week: 'the past week',
  month: 'the past month',
  year: 'the past year',
  all: 'all time',
};

/** "New papers on LoRA and PEFT, without video, with code, in March 2025". `nameOf` names a slug. */
export function feedTitle(feed: Feed, nameOf: (slug: string) => string): string {
  const filter = filterTitle(feed, nameOf);
  const on = filter && !filter.startsWith('with') ? ` on ${filter}` : filter && ` ${filter}`;
  const view =
    feed.period && feed.view === 'trending' && !filter ? 'Trending' : VIEW_NAMES[feed.view];
  return `${view}${on}${timeOf(feed)}`;
}

/** The filter in words: "reinforcement learning and PEFT, without video". Empty without one. */
export function filterTitle(
  feed: Pick<Feed, 'tags' | 'without' | 'category' | 'hasCode'>,
  nameOf: (slug: string) => string,
): string {
  const named = (slug: string) => inSentence(nameOf(slug));
  const subjects = [...feed.tags.map(named), ...(feed.category ? [feed.category] : [])];
  return [
    listed(subjects, 'and'),
    feed.without.length > 0 ? `without ${listed(feed.without.map(named), 'or')}` : '',
    feed.hasCode ? 'with code' : '',
  ]
    .filter(Boolean)
    .join(', ');
}

/** A name within a sentence: "large language models", but "LoRA". */
function inSentence(name: string): string {
  return /^[A-Z][^A-Z]*$/.test(name) ? name.charAt(0).toLowerCase() + name.slice(1) : name;
}

/** At the start of a sentence. */
export function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function timeOf({ period, view, window }: Feed): string {
  if (period) {
    const name = periodName(period).replace(/^Week/, 'week');
    return period.unit === 'day' ? ` on ${name}` : ` in ${name}`;
  }
  return view === 'top' ? ` of ${WINDOW_SPANS[window]}` : '';
}

/** "The source daily-papers has not answered since 21 Nov 2026." */
export function laggingNotice({ name, succeededAt }: LaggingSource): string {
  const since = succeededAt ? `since ${dayName(succeededAt)}` : 'yet';
  return `The source ${name} has not answered ${since}.`;
}

/** Reported interest: "132 upvotes", "2.1K stars". */
export function signalLabels(signals: readonly LatestReading[]): string[] {
  return signals.flatMap(({ kind, value }) => (value > 0 ? (countInUnits(kind, value) ?? []) : []));
}

/** "132 upvotes"; null of a kind that is no count. */
export function countInUnits(kind: SignalKind, value: number): string | null {
  const unit = SIGNAL_UNITS[kind];
  return unit && `${compactCount(value)} ${unit[value === 1 ? 0 : 1]}`;
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

/** "LoRA, PEFT and RAG". */
export function listed(names: readonly string[], word: 'and' | 'or'): string {
  return names.length < 2
    ? names.join('')
    : `${names.slice(0, -1).join(', ')} ${word} ${names.at(-1)}`;
}
