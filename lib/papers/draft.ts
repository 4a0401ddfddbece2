import { DAY_MS } from '@/lib/calendar/days';
import type { AbstractKind } from '@/lib/db/generated/enums';
import { allStorable, beginning } from '@/lib/db/storable';
import { authorNames } from '@/lib/papers/author-names';
import { canonicalCategory } from '@/lib/papers/category';
import { firstAuthorKey, parseDoi, titleKey } from '@/lib/papers/identity';
import { normaliseAbstract, normaliseTitle } from '@/lib/papers/normalise';
import type { PaperRecord, SignalReading, Source } from '@/lib/papers/paper';
import { webLink } from '@/lib/papers/web-link';

/** A record made ready to be matched and merged: normalised, bounded, with its keys. */
export interface Draft {
  source: Source;
  arxivId: string | null;
  version: number | null;
  doi: string | null;
  titleKey: string;
  firstAuthorKey: string;
  title: string;
  abstract: string;
  abstractKind: AbstractKind;
  tldr: string | null;
  authors: string[];
  categories: string[];
  keywords: string[];
  publishedAt: Date | null;
  revisedAt: Date | null;
  /** Null where the source does not say. */
  withdrawn: boolean | null;
  comment: string | null;
  journalRef: string | null;
  license: string | null;
  codeUrl: string | null;
  projectUrl: string | null;
  /** Title and abstract as the source wrote them, where normalisation changed them. */
  original: { title?: string; abstract?: string };
  signals: SignalReading[];
}

const LONGEST_TITLE = 1_000;
const LONGEST_ABSTRACT = 50_000;
const LONGEST_NOTE = 2_000;
const MOST_AUTHORS = 5_000;

/** The draft of a record, or why the record cannot be a paper. */
export function draftOf(record: PaperRecord, now: Date): Draft | { problem: string } {
  const title = normaliseTitle(record.title);
  if (title === '') return { problem: 'the title is empty' };
  if (title.length > LONGEST_TITLE) {
    return { problem: `a title of ${title.length} characters; ${LONGEST_TITLE} at most` };
  }
  const abstract = normaliseAbstract(record.abstract ?? '');
  if (abstract.length > LONGEST_ABSTRACT) {
    return { problem: `an abstract of ${abstract.length} characters; ${LONGEST_ABSTRACT} at most` };
  }
  const authors = record.authors.slice(0, MOST_AUTHORS).flatMap(authorNames);
  const original: Draft['original'] = {};
  if (record.title !== title) original.title = record.title;
  if (record.abstract !== undefined && record.abstract !== abstract) {
    original.abstract = record.abstract;
  }
  // One string that the database refuses would take the whole batch with it.
  return allStorable({
    source: record.source,
    arxivId: record.arxivId ?? null,
    version: versionNumber(record.version),
    doi: record.doi === undefined ? null : parseDoi(record.doi),
    titleKey: titleKey(title),
    firstAuthorKey: firstAuthorKey(authors),
    title,
    abstract,
    abstractKind: record.abstractKind ?? (record.source === 'sample' ? 'summary' : 'abstract'),
    tldr: line(record.tldr),
    authors,
    categories: distinct(record.categories.flatMap((raw) => canonicalCategory(raw.trim()) ?? [])),
    keywords: distinct(record.keywords.map(normaliseTitle)),
    publishedAt: plausible(record.publishedAt, now),
    revisedAt: plausible(record.revisedAt, now),
    withdrawn: record.withdrawn ?? null,
    comment: line(record.comment),
    journalRef: line(record.journalRef),
    license: line(record.license),
    codeUrl: record.codeUrl === undefined ? null : webLink(record.codeUrl),
    projectUrl: record.projectUrl === undefined ? null : webLink(record.projectUrl),
    original,
    signals: record.signals.filter(({ value }) => Number.isFinite(value)),
  });
}

/** arXiv's count from 1; anything else is a mistake of the source. */
function versionNumber(version: number | undefined): number | null {
  return version !== undefined && Number.isInteger(version) && version > 0 && version < 10_000
    ? version
    : null;
}

function line(text: string | undefined): string | null {
  if (!text) return null;
  const normalised = beginning(normaliseTitle(text), LONGEST_NOTE);
  return normalised === '' ? null : normalised;
}

function distinct(words: readonly string[]): string[] {
  const kept = words.map((word) => word.trim()).filter((word) => word !== '' && word.length <= 200);
  return [...new Set(kept)].slice(0, 100);
}

/** Dates in the future are mistakes, apart from time zones and announcements of tomorrow. */
function plausible(date: Date | undefined, now: Date): Date | null {
  // An invalid date is not below anything, so it is dropped too.
  return date && date.getTime() <= now.getTime() + 3 * DAY_MS ? date : null;
}
