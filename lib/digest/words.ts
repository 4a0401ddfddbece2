import { plainText } from '@/emails/prose';
import { fullDayName, longDayName } from '@/lib/calendar/day-names';
import { DAY_MS } from '@/lib/calendar/days';
import { listed } from '@/lib/feed/labels';
import { shorten } from '@/lib/papers/display';
import type { Cadence } from '@/lib/subscribers/preferences';
import { localDay } from '@/lib/subscribers/timetable';

/** What a digest says of itself: subject, preheader, heading, summary, reason. Pure. */

export interface IssueFacts {
  cadence: Cadence;
  timezone: string;
  /** Null of a reader's first digest. */
  since: Date | null;
  until: Date;
  /** How many papers are in it, but for those like the reader's interests. */
  count: number;
  /** How many of those. */
  forYou: number;
  /** How many new ones there were to choose from; null where that says nothing. */
  among: number | null;
  /** Names of the tags and categories that the reader follows. */
  topics: readonly string[];
  /** Names of those whom they follow. */
  authors: readonly string[];
  hasSearches: boolean;
  /** From when the papers of a first digest are, in words: `the past month`. */
  window: string;
}

export interface IssueWords {
  /** Such as `The week to Sunday, 29 November 2026`. */
  heading: string;
  /** Such as `10 of 50 new papers on PEFT`. */
  summary: string;
  because: string;
  /** What it is about, for the subject; '' where about everything. */
  about: string;
}

/** What a kept digest says of itself; those of versions before have the name of their issue alone. */
export const wordsOf = ({ issue, words }: { issue: string; words?: IssueWords }): IssueWords =>
  words ?? { heading: issue, summary: '', because: '', about: '' };

/**
 * How long a period is, in days. A longer span is named by its two ends, and a shorter one, as between a
 * first digest and the regular one after it, by its beginning.
 */
const SPANS: Record<Cadence, { least: number; most: number }> = {
  daily: { least: 0, most: 1.6 },
  weekly: { least: 5, most: 8 },
  monthly: { least: 25, most: 32 },
};

export function issueWords(facts: IssueFacts): IssueWords {
  const about = someOf(facts.topics, 'more topics');
  const { heading, summary } = facts.since ? later(facts, facts.since, about) : first(facts, about);
  return { heading, summary, because: because(facts, about), about };
}

function first(facts: IssueFacts, about: string) {
  const { count, forYou, window } = facts;
  const hits = hitWords(facts);
  const best = about || 'what is trending';
  const also = hits && `${best.includes(' and ') ? ',' : ''} and your ${hits}`;
  return {
    heading: `To get you started: the best of ${best}${also}`,
    summary: and(count > 0 && `${papers(count)} from ${window}`, forYou),
  };
}

/** Where papers are from beside the trending ones: `authors and searches`. */
function hitWords({ authors, hasSearches }: IssueFacts): string {
  const from = [...(authors.length > 0 ? ['authors'] : []), ...(hasSearches ? ['searches'] : [])];
  return listed(from, 'and');
}

function later(facts: IssueFacts, since: Date, about: string) {
  const { cadence, timezone, until, count, forYou, among } = facts;
  const date = fullDayName(localDay(until, timezone));
  const days = (until.getTime() - since.getTime()) / DAY_MS;
  const unit = { daily: '', weekly: 'The week to ', monthly: 'The month to ' }[cadence];
  const { least, most } = SPANS[cadence];
  const begin = longDayName(localDay(since, timezone));
  const heading =
    days > most ? `${begin} to ${date}` : days < least ? `Since ${begin}` : unit + date;
  const of = among !== null && among > count ? ` of ${among}` : '';
  const hits = hitWords(facts);
  const on = about ? ` on ${about}` : hits && ' that are trending';
  const from = hits && ` and from your ${hits}`;
  const papers = (of ? among! : count) === 1 ? 'paper' : 'papers';
  return {
    heading,
    summary: and(count > 0 && `${count}${of} new ${papers}${on}${from}`, forYou),
  };
}

/** `7 of 50 new papers on PEFT, and 3 for you`. */
function and(others: string | false, forYou: number): string {
  if (forYou === 0) return others || papers(0);
  return others ? `${others}, and ${forYou} for you` : `${papers(forYou)} for you`;
}

function because(facts: IssueFacts, about: string): string {
  const { since, timezone, topics, authors, forYou, hasSearches } = facts;
  const named = authors.length > 0 ? someOf([...topics, ...authors], 'more') : about;
  const follow = [named, hasSearches && 'your saved searches'].filter(Boolean).join(' and ');
  const why = follow ? `You get these because you follow ${follow}. ` : '';
  const span = since ? `new since ${longDayName(localDay(since, timezone))}` : 'trending now';
  const like = forYou > 0 ? ' Those for you are like the papers that you saved.' : '';
  return `${why}They rank highest among papers ${span} that we haven’t sent you before.${like}`;
}

/** At most three names: `PEFT, LoRA and 4 more topics`. */
function someOf(names: readonly string[], more: string): string {
  if (names.length <= 3) return listed(names, 'and');
  return `${names.slice(0, 2).join(', ')} and ${names.length - 2} ${more}`;
}

const papers = (count: number) => (count === 1 ? 'One paper' : `${count} papers`);

const MOST = { title: 58, preheader: 140 };

/**
 * The subject of a digest: the title of its first paper, cut at a word, and what else is in it. Formulas
 * are plain text. A title without letters gives way to `otherwise`.
 */
export function subjectOf(titles: readonly string[], about: string, otherwise: string): string {
  const title = plainText(titles[0] ?? '');
  if (!/[\p{L}\p{N}\p{Extended_Pictographic}]/u.test(title)) return otherwise;
  const others = titles.length - 1;
  const more = others > 0 ? `, and ${others} more` : '';
  return `${shorten(title, MOST.title)}${more}${more && about ? ` in ${about}` : ''}`;
}

/** What programs show behind the subject: the titles after the first. */
export function preheaderOf(titles: readonly string[], otherwise: string): string {
  const next = titles.slice(1, 4).map(plainText).filter(Boolean);
  return next.length > 0 ? shorten(next.join(' · '), MOST.preheader) : otherwise;
}
