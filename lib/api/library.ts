import { z } from 'zod';
import type { ModelDb } from '@/lib/db/sql';
import { BadCursor, feedPapers } from '@/lib/feed/query';
import type { Actor } from '@/lib/readers/actor';
import { readLibraryQuery } from '@/lib/readers/library-query';
import {
  type LibraryCursor,
  type LibraryFilter,
  LONGEST_NOTE,
  type Saved,
  STATES,
  savedAmong,
  savedPapers,
} from '@/lib/readers/library-store';
import { LONGEST_SHELF_NAME } from '@/lib/readers/shelf-name';
import { oneLine } from '@/lib/runtime/one-line';
import { search } from '@/lib/search/search';
import { apiPaper, listQuery, paperSchema } from './papers';

const shelf = z
  .string('must be text')
  .transform(oneLine)
  .pipe(
    z
      .string()
      .min(1, 'is empty')
      .max(LONGEST_SHELF_NAME, `is longer than ${LONGEST_SHELF_NAME} characters`),
  );
const state = z.enum(STATES, `must be one of ${STATES.join(', ')}`);

/** Body of `PUT /api/v1/papers/{id}/vote`. */
export const voteBody = z.strictObject({
  value: z
    .literal([1, -1], 'must be 1 or -1')
    .describe('1: more like this; -1: not for me, which nobody else sees'),
});

/** Body of `PUT /api/v1/papers/{id}/save`. */
export const saveBody = z.strictObject({
  shelf: shelf
    .optional()
    .describe(
      'Name or slug; one that is not there is made. Without: where it is, or a first shelf',
    ),
  note: z
    .string('must be text')
    .max(LONGEST_NOTE, `is longer than ${LONGEST_NOTE} characters`)
    .optional(),
  state: state.optional(),
  labels: z
    .array(z.string().transform(oneLine).pipe(z.string().min(1).max(60)), 'must be a list of texts')
    .max(50, 'has more than 50 entries')
    .transform((all) => [...new Set(all)])
    .optional(),
});

/** Parameters of `DELETE /api/v1/papers/{id}/save`. */
export const unsaveQuery = z.strictObject({
  shelf: shelf.optional().describe('Takes the paper off this one alone'),
});

const { limit, after } = listQuery.shape;
const filter = {
  shelf: shelf.optional().describe('Name or slug'),
  state: state.optional(),
};

/** Parameters of `GET /api/v1/library`. */
export const libraryQuery = z.strictObject({
  q: listQuery.shape.q.describe('A search among them, in the language of the search page'),
  ...filter,
  limit,
  after,
});
export type LibraryQuery = z.output<typeof libraryQuery>;

export const LIBRARY_FORMATS = ['bib', 'ris', 'csl.json', 'jsonl', 'md'] as const;
export type LibraryFormat = (typeof LIBRARY_FORMATS)[number];

/** Parameters of `GET /api/v1/library/export`. */
export const libraryExportQuery = z.strictObject({
  format: z
    .enum(LIBRARY_FORMATS, `must be one of ${LIBRARY_FORMATS.join(', ')}`)
    .describe('JSONL and Markdown have notes, labels and states too'),
  ...filter,
});

const savedSchema = z.object({
  shelves: z.array(z.string()).describe('Slugs'),
  note: z.string(),
  labels: z.array(z.string()),
  state,
  savedAt: z.iso.datetime(),
});

export const savedAnswer = z.object({ id: z.int(), saved: savedSchema });

export const libraryAnswer = z.object({
  papers: z.array(paperSchema.extend({ saved: savedSchema })),
  next: z.string().nullable().describe('`after` of the next page; null on the last one'),
  messages: z.array(z.string()).optional().describe('What of `q` was not understood'),
});

export function apiSaved({ shelves, note, labels, state, savedAt }: Saved) {
  return { shelves, note, labels, state, savedAt: savedAt.toISOString() };
}

/** A page of the actor's library: the last saved first, with `q` the best match. Throws `BadCursor`. */
export async function listLibrary(
  db: ModelDb,
  actor: Actor,
  { q, limit, after, ...filter }: LibraryQuery,
  { now, siteUrl }: { now: Date; siteUrl: string },
): Promise<z.output<typeof libraryAnswer>> {
  const found = await findSaved(db, actor, { q, limit, after, ...filter });
  const saved = await savedAmong(db, actor, found.ids);
  const papers = await feedPapers(db, found.ids, now);
  return {
    papers: papers.map((paper) => ({
      ...apiPaper(paper, siteUrl),
      saved: apiSaved(saved.get(paper.id)!),
    })),
    next: found.next,
    ...(found.messages && { messages: found.messages }),
  };
}

/** What a page of a library is found by. */
export interface SavedRequest extends LibraryFilter {
  /** In the language of the search page, with `shelf:`, `state:` and `label:` besides. */
  q?: string | undefined;
  limit: number;
  after?: string | undefined;
}

/** The ids of a page of the actor's library. Throws `BadCursor`. */
export async function findSaved(
  db: ModelDb,
  actor: Actor,
  { q = '', ...request }: SavedRequest,
): Promise<Page> {
  const { text, shelf, state, label, messages } = readLibraryQuery(q);
  const filter = {
    ...request,
    ...(shelf !== null && { shelf }),
    ...(state !== null && { state }),
    ...(label !== null && { label }),
  };
  const found =
    text === '' ? await lastSaved(db, actor, filter) : await searchLibrary(db, actor, text, filter);
  const said = [...messages, ...(found.messages ?? [])];
  return { ...found, ...(said.length > 0 && { messages: said }) };
}

interface Page {
  ids: number[];
  next: string | null;
  messages?: string[];
}

async function lastSaved(
  db: ModelDb,
  actor: Actor,
  { limit, after, ...filter }: Omit<SavedRequest, 'q'>,
): Promise<Page> {
  const cursor = after === undefined ? null : readLibraryCursor(after);
  const rows = await savedPapers(db, actor, { ...filter, after: cursor, limit: limit + 1 });
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return {
    ids: page.map(({ paperId }) => paperId),
    next: rows.length > limit && last ? `${last.savedAt.getTime()}-${last.paperId}` : null,
  };
}

function readLibraryCursor(text: string): LibraryCursor {
  const [, time, id] = /^(\d{1,14})-(\d{1,9})$/.exec(text) ?? [];
  if (!time || !id) throw new BadCursor('This address of a further page is not one of ours.');
  return { savedAt: new Date(Number(time)), paperId: Number(id) };
}

async function searchLibrary(
  db: ModelDb,
  actor: Actor,
  q: string,
  { limit, after, ...filter }: Omit<SavedRequest, 'q'>,
): Promise<Page> {
  const papers = (await savedPapers(db, actor, filter)).map(({ paperId }) => paperId);
  const options = { limit, after, window: { papers }, exact: true };
  const found = await search(db, q, options).page();
  if (found.startedOver) {
    throw new BadCursor('This address of a further page is not one of ours.');
  }
  const own = new Set(papers);
  const { next, messages } = found;
  return { ids: found.ids.filter((id) => own.has(id)), next, messages };
}
