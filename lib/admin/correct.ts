import { isoDay } from '@/lib/calendar/day-names';
import type { ModelDb } from '@/lib/db/sql';
import { bumpCatalogueVersion } from '@/lib/feed/catalogue-version';
import { finishBatch } from '@/lib/ingest/pipeline';
import { addPendingBatch, lockIngest, storedPaper, updatePapers } from '@/lib/ingest/store';
import { draftOf } from '@/lib/papers/draft';
import { type Correction, correctPaperState, type PaperState } from '@/lib/papers/merge';
import type { Actor } from '@/lib/readers/actor';
import { perform } from './log-store';
import type { PaperDeed } from './paper-acts';

/** Corrections of what sources say of a paper. */

/** As typed; what is left out stays, and an empty date or link is taken away. */
export interface TypedCorrection {
  title?: string;
  abstract?: string;
  authors?: string[];
  /** `2026-11-23`. */
  publishedOn?: string;
  codeUrl?: string;
  projectUrl?: string;
}

/** A correction that cannot be stored, and why. */
export class NotACorrection extends Error {
  override name = 'NotACorrection';
}

const FIELD_NAMES = {
  title: 'title',
  abstract: 'abstract',
  authors: 'authors',
  publishedAt: 'date',
  codeUrl: 'link to code',
  projectUrl: 'link to the project',
};

/**
 * Corrects a paper; no later import undoes that. Null where nothing would change, or there is no such paper.
 * Throws `NotACorrection`.
 */
export async function correctPaper(
  db: ModelDb,
  actor: Actor,
  { typed, ...deed }: PaperDeed & { typed: TypedCorrection },
  now: Date,
): Promise<{ paperId: number } | null> {
  const { paperId } = deed;
  const batch = await perform(db, actor, { ...deed, act: 'correct' }, now, async (tx) => {
    // What an import reads it must not write over this.
    await lockIngest(tx);
    const stored = await storedPaper(tx, paperId);
    if (!stored) return null;
    const { state } = stored;
    const corrected = correctPaperState(state, readCorrection(changes(typed, state), now));
    if (!corrected) return null;
    await updatePapers(tx, [{ id: paperId, state: corrected.state }], now);
    const pending = await addPendingBatch(tx, [paperId]);
    const detail = corrected.fields.map((field) => FIELD_NAMES[field]).join(', ');
    return { value: pending!, detail };
  });
  if (!batch) return null;
  await finishBatch(db, batch, now);
  await bumpCatalogueVersion(db);
  return { paperId };
}

/** What differs from the paper as a form shows it: a day for a moment, lines that end as browsers send them. */
function changes(typed: TypedCorrection, state: PaperState): TypedCorrection {
  const shown: Record<keyof TypedCorrection, string> = {
    title: state.title,
    abstract: state.abstract,
    authors: state.authors.join('\n'),
    publishedOn: state.publishedAt ? isoDay(state.publishedAt) : '',
    codeUrl: state.codeUrl ?? '',
    projectUrl: state.projectUrl ?? '',
  };
  const textOf = (value: string | string[]) =>
    [value].flat().join('\n').replaceAll('\r\n', '\n').trim();
  return Object.fromEntries(
    Object.entries(typed).filter(
      ([name, value]) => textOf(value) !== textOf(shown[name as keyof TypedCorrection]),
    ),
  );
}

/** What was typed, by the rules that sources go by. */
function readCorrection(typed: TypedCorrection, now: Date): Correction {
  const { title, abstract, authors, publishedOn, codeUrl, projectUrl } = typed;
  const draft = draftOf(
    {
      source: 'listing',
      title: title ?? 'as it was',
      abstract: abstract ?? '',
      authors: authors ?? [],
      categories: [],
      keywords: [],
      signals: [],
      ...(publishedOn && { publishedAt: new Date(`${publishedOn}T00:00:00Z`) }),
      ...(codeUrl && { codeUrl }),
      ...(projectUrl && { projectUrl }),
    },
    now,
  );
  if ('problem' in draft) throw new NotACorrection(draft.problem);
  const correction: Correction = {};
  if (title !== undefined) correction.title = draft.title;
  if (abstract !== undefined) correction.abstract = draft.abstract;
  if (authors !== undefined) correction.authors = draft.authors;
  const optional = [
    ['publishedAt', publishedOn, 'the date is none like 2026-11-23, or is to come'],
    ['codeUrl', codeUrl, 'the link to code is no web address'],
    ['projectUrl', projectUrl, 'the link to the project is no web address'],
  ] as const;
  for (const [field, text, problem] of optional) {
    if (text === undefined) continue;
    if (text.trim() !== '' && draft[field] === null) throw new NotACorrection(problem);
    Object.assign(correction, { [field]: draft[field] });
  }
  return correction;
}
