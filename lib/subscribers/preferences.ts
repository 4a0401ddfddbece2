import { z } from 'zod';
import { Cadence, DigestSubject } from '@/lib/db/generated/enums';
import {
  byKind,
  type Follow,
  type Followed,
  type FollowKind,
  MOST_FOLLOWED,
  noTag,
  oneByOne,
  readFollow,
  singleSpaced,
} from './follow';

/** What a reader can ask for, and its limits. The same rules hold on the pages, in the API and the CLI. */

export type { Cadence, DigestSubject };
export const CADENCES = Object.values(Cadence);
const DIGEST_SUBJECTS = Object.values(DigestSubject);

/** When a digest is due, in the reader's own time. */
export interface Timetable {
  cadence: Cadence;
  /** ISO: 1 is Monday. Read by weekly digests only. */
  weekday: number;
  /** 1 to 31; the last day of shorter months. Read by monthly digests only. */
  monthday: number;
  /** 0 to 23. */
  hour: number;
  /** IANA name. */
  timezone: string;
}

/** When a digest comes, how long it is, and what it is about: what the reader follows. No tags means all. */
export interface Preferences extends Timetable, Followed {
  maxPapers: number;
  /** With fewer new papers a digest waits for the next one, for three periods at most. */
  minPapers: number;
  /** Papers like those that the reader saved, at most, within `maxPapers`. */
  forYou: number;
  subject: DigestSubject;
  /** Slugs. */
  mutedTags: string[];
}

export const MAX_PAPERS = 25;
export const MAX_FOR_YOU = 5;

export const DEFAULT_PREFERENCES: Preferences = {
  cadence: 'weekly',
  weekday: 1,
  monthday: 1,
  hour: 8,
  timezone: 'UTC',
  maxPapers: 10,
  minPapers: 3,
  forYou: 3,
  subject: 'title',
  mutedTags: [],
  tags: [],
  authors: [],
  categories: [],
  searches: [],
};

/** Whether the runtime knows the IANA zone. Offsets such as `+02:00` are refused: they have no summer time. */
export function isTimezone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** All zones a reader can choose from, `UTC` first. */
export function timezones(): string[] {
  return ['UTC', ...Intl.supportedValuesOf('timeZone').filter((name) => name !== 'UTC')];
}

const integer = (name: string, low: number, high: number) =>
  z.coerce
    .number(`${name} must be a number from ${low} to ${high}`)
    .int(`${name} must be a whole number`)
    .min(low, `${name} must be from ${low} to ${high}`)
    .max(high, `${name} must be from ${low} to ${high}`);

/** Notes what `readFollow` says against a text; an empty box of a form is nothing. */
const followable = (kind: FollowKind) =>
  z.string().check(({ value, issues }) => {
    const read = readFollow(kind, value);
    if (value !== '' && !read.ok) {
      issues.push({ code: 'custom', message: read.problem, input: value });
    }
  });

const query = z
  .string('a saved search must be text')
  .transform(singleSpaced)
  .pipe(followable('search'));

/** A list of what is followed of one kind, each as `readFollow` takes it. */
const followed = (kind: FollowKind, names: string) =>
  z
    .array(z.string(`${names} must be text`).pipe(followable(kind)), `${names} must be a list`)
    .max(MOST_FOLLOWED[kind], `at most ${MOST_FOLLOWED[kind]} ${names}`);

/**
 * Reads preferences as they come from a form, the API or the CLI. `known` says which tags exist.
 * What is followed twice is folded, empty searches dropped; a tag that is muted is not followed, and a search
 * for one author's papers is that author.
 */
export function preferencesSchema(known: (slug: string) => boolean) {
  const tags = z
    .array(
      z.string('a tag must be text').refine(known, {
        error: (issue) => noTag(String(issue.input)),
      }),
      'tags must be a list of tag slugs',
    )
    .max(MOST_FOLLOWED.tag, `at most ${MOST_FOLLOWED.tag} tags`)
    .transform((slugs) => [...new Set(slugs)]);
  return z
    .object({
      cadence: z.enum(CADENCES, 'cadence must be daily, weekly or monthly'),
      weekday: integer('the day of the week', 1, 7).describe('When weekly; 1 is Monday'),
      monthday: integer('the day of the month', 1, 31).describe(
        'When monthly; the last day of months that are shorter',
      ),
      hour: integer('the hour', 0, 23).describe('In the time zone given'),
      timezone: z
        .string('timezone must be text')
        .refine(isTimezone, 'timezone must be an IANA name such as Europe/Berlin')
        .describe('IANA name such as Europe/Berlin'),
      maxPapers: integer('the number of papers', 1, MAX_PAPERS).describe('In one digest'),
      minPapers: integer('the number of papers', 1, MAX_PAPERS).describe(
        'With fewer new papers a daily or weekly digest waits for the next one, three times at most',
      ),
      forYou: integer('the number of papers for you', 0, MAX_FOR_YOU).describe(
        'Like those that the reader saved, at most; up to half of a digest',
      ),
      subject: z
        .enum(DIGEST_SUBJECTS, 'subject must be title or date')
        .describe('Of the mail: the first paper’s title, or the date'),
      mutedTags: tags.describe('Slugs of tags whose papers are left out'),
      tags: tags.describe('Slugs; without tags and categories, what trends anywhere'),
      authors: followed('author', 'authors').describe('By name; each becomes a section of its own'),
      categories: followed('category', 'categories').describe('arXiv’s, such as cs.CL'),
      searches: z
        .array(query, 'searches must be a list of searches')
        .transform((texts) => [...new Set(texts.filter((text) => text !== ''))])
        .pipe(
          z
            .array(z.string())
            .max(MOST_FOLLOWED.search, `at most ${MOST_FOLLOWED.search} saved searches`),
        )
        .describe('Each becomes a section of its own'),
    })
    .transform((preferences) => {
      const tags = preferences.tags.filter((slug) => !preferences.mutedTags.includes(slug));
      return { ...preferences, ...byKind(unique(oneByOne({ ...preferences, tags }))) };
    });
}

const unique = (follows: readonly Follow[]) => [
  ...new Map(follows.map((each) => [`${each.kind} ${each.value}`, each])).values(),
];
