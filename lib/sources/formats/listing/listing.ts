import type { ReadItem } from '@/lib/ingest/read-item';
import { type Piece, peekPieces } from '@/lib/sources/formats/input/text-input';
import type { Reader } from '@/lib/sources/formats/input/types';
import { type Block, blocks } from '@/lib/sources/formats/listing/listing-blocks';
import { readEntries } from '@/lib/sources/formats/listing/listing-entry-reader';
import {
  type Line,
  lines,
  type References,
  referencesIn,
} from '@/lib/sources/formats/listing/listing-lines';
import { looksLikeMail, readMail } from '@/lib/sources/formats/listing/listing-mail';
import { type PageContext, readPage } from '@/lib/sources/formats/listing/listing-page';
import {
  isWrapped,
  OPENINGS,
  type PageShape,
  shapeOf,
} from '@/lib/sources/formats/listing/listing-shape';
import { readsLikeText } from '@/lib/sources/formats/listing/listing-words';

/** The addresses of a text browser's links stand at the end of the page. */
const WHOLE_PAGE = 1 << 22;
/** What tells how a page is laid out. */
const BEGINNING = 1 << 16;

/**
 * Papers in a text: a page of trending papers, of a search or of one day, a list or a mail of arXiv, a
 * digest. `titlesAlone` takes titles without an abstract for papers.
 */
export const readListing: Reader = async function* (
  pieces,
  { now, date, titlesAlone = false, unwrapped = false },
) {
  const { head, all } = await peekPieces(pieces, WHOLE_PAGE);
  const context = { now, date, titlesAlone, unwrapped };
  const layout = await layoutOf(head, context);
  yield* layout.read(all);
};

export interface Layout {
  name: 'mail' | 'entries' | 'page';
  shape: PageShape | null;
  /** What the beginning of the text gives. */
  items: ReadItem[];
  read(pieces: AsyncIterable<Piece> | Iterable<Piece>): AsyncIterable<ReadItem>;
}

/** How a text is laid out: each way to read it is tried on its beginning. */
export async function layoutOf(text: readonly Piece[], context: PageContext): Promise<Layout> {
  const head = beginning(text);
  if (looksLikeMail(head)) {
    const read = (pieces: AsyncIterable<Piece> | Iterable<Piece>) => readMail(pieces, context.now);
    return { name: 'mail', shape: null, items: await collected(read(head)), read };
  }
  const references = referencesIn(text);
  const read = (pieces: AsyncIterable<Piece> | Iterable<Piece>) =>
    readEntries(lines(pieces, references), context);
  const items = await collected(
    readEntries(lines(head, references), { ...context, titlesAlone: false }),
  );
  if (items.some(isTold)) return { name: 'entries', shape: null, items, read };
  return pageLayout(head, references, context);
}

/** With an id, or with authors and an abstract, which only labels can give. */
function isTold(item: ReadItem): boolean {
  if (item.kind !== 'record') return false;
  const { arxivId, doi, authors, abstract } = item.record;
  return (
    arxivId !== undefined || doi !== undefined || (authors.length > 0 && abstract !== undefined)
  );
}

async function pageLayout(
  head: readonly Piece[],
  references: References,
  context: PageContext,
): Promise<Layout> {
  const headLines = await collected<Line>(lines(head, references));
  const wrapped = !context.unwrapped && isWrapped(headLines);
  const headBlocks = await collected<Block>(blocks(headLines, { wrapped, references }));
  let best: { shape: PageShape; items: ReadItem[]; worth: number } | null = null;
  for (const opening of OPENINGS) {
    if (!mayOpen(headBlocks, opening)) continue;
    const shape = shapeOf(headBlocks, opening);
    const items = await collected(readPage(headBlocks, shape, context));
    const worth = worthOf(items);
    // A surer opening stands unless another one makes much more of the page.
    if (!best || best.worth === 0 || worth > best.worth * 1.5 + 0.5) best = { shape, items, worth };
  }
  const { shape, items } = best!;
  const read = (pieces: AsyncIterable<Piece> | Iterable<Piece>) =>
    readPage(blocks(lines(pieces, references), { wrapped, references }), shape, context);
  return { name: 'page', shape, items, read };
}

function mayOpen(page: readonly Block[], opening: PageShape['opening']): boolean {
  if (opening === 'submitter') {
    // On some pages the name stands below the paper.
    const name = page.findIndex(({ kind }) => kind === 'submitter');
    const text = page.findIndex(({ kind, text: said }) => kind === 'words' && readsLikeText(said));
    return name >= 0 && (text < 0 || name < text);
  }
  if (opening === 'bullet')
    return page.filter(({ kind, bullet }) => kind === 'words' && bullet).length > 1;
  if (opening === 'heading') return page.filter(({ heading }) => heading > 0).length > 1;
  return true;
}

/** A text below a title that is worth something. */
const SHORTEST_SUMMARY = 60;

/** Papers with an abstract; titles alone count where there is nothing else. */
function worthOf(items: readonly ReadItem[]): number {
  let worth = 0;
  for (const item of items) {
    if (item.kind !== 'record') continue;
    worth += (item.record.abstract?.length ?? 0) < SHORTEST_SUMMARY ? 0.01 : 1;
  }
  return worth;
}

function beginning(pieces: readonly Piece[]): Piece[] {
  let length = 0;
  let end = 0;
  while (end < pieces.length && length < BEGINNING) length += pieces[end++]!.text.length + 1;
  const head = pieces.slice(0, end);
  const last = head.at(-1);
  // A line that goes on would not come out as one.
  return last && !last.ends ? [...head.slice(0, -1), { ...last, ends: true }] : head;
}

async function collected<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}
