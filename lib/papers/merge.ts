import { DAY_MS } from '@/lib/calendar/days';
import type { AbstractKind } from '@/lib/db/generated/enums';
import type { Draft } from '@/lib/papers/draft';
import { firstAuthorKey, titleKey } from '@/lib/papers/identity';
import type { Source } from '@/lib/papers/paper';
import { codeLink } from '@/lib/papers/web-link';

/** A paper as it stands in its table. */
export interface PaperState {
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
  withdrawnAt: Date | null;
  comment: string | null;
  journalRef: string | null;
  license: string | null;
  codeUrl: string | null;
  projectUrl: string | null;
  fieldSources: Partial<Record<MergedField, string>>;
  original: { title?: string; abstract?: string };
}

const FIELDS = [
  'title',
  'abstract',
  'tldr',
  'authors',
  'categories',
  'keywords',
  'publishedAt',
  'revisedAt',
  'comment',
  'journalRef',
  'license',
  'codeUrl',
  'projectUrl',
  'arxivId',
  'doi',
] as const;
type MergedField = (typeof FIELDS)[number];

/** Which source is believed, strongest first. Of equals the later one wins. */
const STRONGEST_FIRST: readonly Source[] = [
  'arxiv-atom',
  'arxiv-oai',
  'arxiv-snapshot',
  'arxiv-rss',
  'daily-papers',
  'bibtex',
  'ris',
  'csl-json',
  'semantic-scholar',
  'github',
  'listing',
  'sample',
  'arxiv-ids',
];

/** Fields for which the general order does not hold. Sources not named follow in the general order. */
const EXCEPTIONS: Partial<Record<MergedField, readonly Source[]>> = {
  // The sample's titles were taken from arXiv; a listing's may be shortened.
  title: [
    'arxiv-atom',
    'arxiv-oai',
    'arxiv-snapshot',
    'arxiv-rss',
    'daily-papers',
    'bibtex',
    'ris',
    'csl-json',
    'sample',
  ],
  // Announced one to four days after submission.
  publishedAt: ['arxiv-atom', 'arxiv-oai', 'arxiv-snapshot', 'daily-papers', 'sample', 'bibtex'],
  codeUrl: ['daily-papers', 'arxiv-snapshot'],
  projectUrl: ['daily-papers'],
  tldr: ['daily-papers', 'semantic-scholar'],
  keywords: ['bibtex', 'daily-papers'],
};

const STRENGTHS = new Map<MergedField, Map<string, number>>(
  FIELDS.map((field) => {
    const order = [...new Set([...(EXCEPTIONS[field] ?? []), ...STRONGEST_FIRST])];
    return [field, new Map(order.map((source, place) => [source, order.length - place]))];
  }),
);

const ARXIV: ReadonlySet<string> = new Set<Source>([
  'arxiv-atom',
  'arxiv-oai',
  'arxiv-snapshot',
  'arxiv-rss',
]);

/**
 * What a revision on arXiv changes. Here the later version wins, whichever arXiv interface told of
 * it.
 */
const REVISED: ReadonlySet<MergedField> = new Set<MergedField>([
  'title',
  'abstract',
  'authors',
  'categories',
  'comment',
]);

/** Where a link was found in the text itself. Weaker than any source. */
const FROM_TEXT = 'text';

/** What an admin corrected, also to nothing. No source changes it. */
const BY_HAND = 'hand';

const CORRECTABLE = [
  'title',
  'abstract',
  'authors',
  'publishedAt',
  'codeUrl',
  'projectUrl',
] as const satisfies readonly MergedField[];
export type CorrectableField = (typeof CORRECTABLE)[number];
export type Correction = Partial<Pick<Draft, CorrectableField>>;

/** The stored paper with a correction, and which fields it changed; null where that is none. */
export function correctPaperState(
  stored: PaperState,
  correction: Correction,
): { state: PaperState; fields: CorrectableField[] } | null {
  const fields = CORRECTABLE.filter(
    (field) => correction[field] !== undefined && !same(stored[field], correction[field]),
  );
  if (fields.length === 0) return null;
  const state: PaperState = { ...stored, fieldSources: { ...stored.fieldSources } };
  for (const field of fields) {
    Object.assign(state, { [field]: correction[field] });
    state.fieldSources[field] = BY_HAND;
  }
  state.titleKey = titleKey(state.title);
  state.firstAuthorKey = firstAuthorKey(state.authors);
  return { state, fields };
}

/** One paper with what only another one of the same work has. The identities are one each. */
export function fillPaperState(stored: PaperState, other: PaperState): PaperState {
  const state: PaperState = { ...stored, fieldSources: { ...stored.fieldSources } };
  for (const field of FIELDS) {
    if (!isEmpty(stored[field]) || isEmpty(other[field])) continue;
    if (stored.fieldSources[field] === BY_HAND) continue;
    Object.assign(state, { [field]: other[field] });
    state.fieldSources[field] = other.fieldSources[field] ?? FROM_TEXT;
    if (field === 'arxivId') state.version = other.version;
    if (field === 'abstract') state.abstractKind = other.abstractKind;
  }
  state.firstAuthorKey = firstAuthorKey(state.authors);
  return state;
}

/** The stored paper with what `draft` adds, or null when that changes nothing. */
export function mergeDraft(stored: PaperState | null, draft: Draft, now: Date): PaperState | null {
  const before = stored ?? BLANK;
  const age = compareVersions(draft, before);
  const merged: PaperState = { ...before, fieldSources: { ...before.fieldSources } };
  let changed = stored === null;

  for (const field of FIELDS) {
    if (!wins(field, draft, before, age)) continue;
    if (before.fieldSources[field] !== draft.source) changed = true;
    merged.fieldSources[field] = draft.source;
    if (same(before[field], draft[field])) continue;
    changed = true;
    Object.assign(merged, { [field]: draft[field] });
    if (field === 'abstract') merged.abstractKind = draft.abstractKind;
    if (field === 'title' || field === 'abstract') {
      merged.original = { ...merged.original, [field]: draft.original[field] };
    }
  }
  if (draft.version !== null && draft.version > (before.version ?? 0)) {
    merged.version = draft.version;
    changed = true;
  }
  const withdrawnAt = withdrawal(before, draft, age, now);
  if (!same(withdrawnAt, before.withdrawnAt)) {
    merged.withdrawnAt = withdrawnAt;
    changed = true;
  }
  if (!changed) return null;
  if (merged.codeUrl === null && merged.fieldSources.codeUrl !== BY_HAND) {
    const link = codeLink(merged.abstract) ?? codeLink(merged.comment ?? '');
    if (link) {
      merged.codeUrl = link;
      merged.fieldSources.codeUrl = FROM_TEXT;
    }
  }
  merged.titleKey = titleKey(merged.title);
  merged.firstAuthorKey = firstAuthorKey(merged.authors);
  return merged;
}

const BLANK: PaperState = {
  arxivId: null,
  version: null,
  doi: null,
  titleKey: '',
  firstAuthorKey: '',
  title: '',
  abstract: '',
  abstractKind: 'abstract',
  tldr: null,
  authors: [],
  categories: [],
  keywords: [],
  publishedAt: null,
  revisedAt: null,
  withdrawnAt: null,
  comment: null,
  journalRef: null,
  license: null,
  codeUrl: null,
  projectUrl: null,
  fieldSources: {},
  original: {},
};

function wins(field: MergedField, draft: Draft, stored: PaperState, age: number): boolean {
  if (isEmpty(draft[field]) || stored.fieldSources[field] === BY_HAND) return false;
  if (isEmpty(stored[field])) return true;
  // Once known, an identity stays: other tables, mails and bookmarks point to it.
  if (field === 'arxivId') return false;
  // The authors' own words are worth more than any summary of them.
  if (field === 'abstract' && draft.abstractKind !== stored.abstractKind)
    return draft.abstractKind === 'abstract';
  const storedBy = stored.fieldSources[field] ?? '';
  if (field === 'revisedAt') return draft.revisedAt! > stored.revisedAt!;
  if (REVISED.has(field) && ARXIV.has(draft.source) && ARXIV.has(storedBy) && age !== 0)
    return age > 0;
  const strengths = STRENGTHS.get(field)!;
  return (strengths.get(draft.source) ?? 0) >= (strengths.get(storedBy) ?? 0);
}

/** Above 0 when the draft is of a later version than what is stored, below 0 when of an earlier one. */
function compareVersions(draft: Draft, stored: PaperState): number {
  if (draft.version !== null && stored.version !== null) return draft.version - stored.version;
  const told = day(draft.revisedAt ?? draft.publishedAt);
  const known = day(stored.revisedAt ?? stored.publishedAt);
  return told === null || known === null ? 0 : told - known;
}

/** Whole days: some interfaces give no time. */
function day(date: Date | null): number | null {
  return date && Math.floor(date.getTime() / DAY_MS);
}

function withdrawal(stored: PaperState, draft: Draft, age: number, now: Date): Date | null {
  // By numbers only: the days of some sources are those of the announcement.
  const isEarlier =
    draft.version !== null && stored.version !== null && draft.version < stored.version;
  if (draft.withdrawn === true && !isEarlier) {
    return stored.withdrawnAt ?? draft.revisedAt ?? now;
  }
  // A later version may bring a paper back.
  if (draft.withdrawn === false && age > 0) return null;
  return stored.withdrawnAt;
}

function isEmpty(value: unknown): boolean {
  return value === null || value === '' || (Array.isArray(value) && value.length === 0);
}

function same(a: unknown, b: unknown): boolean {
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((word, i) => word === b[i]);
  }
  if (a instanceof Date && b instanceof Date) return a.getTime() === b.getTime();
  return a === b;
}
