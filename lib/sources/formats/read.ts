import type { ReadItem } from '@/lib/ingest/read-item';
import { rejected } from '@/lib/ingest/read-item';
import { readAtom } from '@/lib/sources/formats/arxiv/arxiv-atom';
import { readArxivIds } from '@/lib/sources/formats/arxiv/arxiv-ids';
import { readOai } from '@/lib/sources/formats/arxiv/arxiv-oai';
import { readRss } from '@/lib/sources/formats/arxiv/arxiv-rss';
import { readSnapshot } from '@/lib/sources/formats/arxiv/arxiv-snapshot';
import { readBibtex } from '@/lib/sources/formats/bibtex/bibtex';
import { readDailyPapers } from '@/lib/sources/formats/daily-papers/daily-papers';
import { detectFormat, HEAD_LENGTH } from '@/lib/sources/formats/detect';
import { htmlPieces, looksLikeHtml } from '@/lib/sources/formats/input/html-text';
import { withoutMailHeaders } from '@/lib/sources/formats/input/mail-text';
import {
  type Piece,
  peekPieces,
  textPieces,
  unpacked,
} from '@/lib/sources/formats/input/text-input';
import type { Format, ReadContext, Reader } from '@/lib/sources/formats/input/types';
import { readListing } from '@/lib/sources/formats/listing/listing';
import { readCslJson } from '@/lib/sources/formats/references/csl-json';
import { readRis } from '@/lib/sources/formats/references/ris';

const READERS: Record<Format, Reader> = {
  listing: readListing,
  snapshot: readSnapshot,
  'arxiv-atom': readAtom,
  'daily-papers': readDailyPapers,
  'arxiv-oai': readOai,
  'arxiv-rss': readRss,
  bibtex: readBibtex,
  ris: readRis,
  'csl-json': readCslJson,
  'arxiv-ids': readArxivIds,
};

/** The input has no format that is read here; the message says what it is and what to do. */
export class UnreadableInput extends Error {}

/**
 * Reads bytes (gzip or plain) of any format. Throws `UnreadableInput` before the first item; afterwards
 * everything that goes wrong, a broken stream too, is an item, and what was read before it stands.
 */
export async function readInput(
  bytes: AsyncIterable<Uint8Array>,
  context: ReadContext & { format?: Format },
): Promise<{ format: Format; items: AsyncIterable<ReadItem> }> {
  const state = { misencodedAt: 0, failure: null as ReadItem | null };
  const text = textPieces(withoutMailHeaders(guarded(unpacked(bytes), state)), (line) => {
    state.misencodedAt ||= line;
  });
  const { head, all, unwrapped } = await shownText(withinLongestLine(text, state));
  const detected = context.format
    ? { format: context.format }
    : await detectFormat(head, { now: context.now, unwrapped });
  if ('problem' in detected) {
    const failure = state.failure?.kind === 'rejected' ? `; ${state.failure.reason}` : '';
    throw new UnreadableInput(detected.problem + failure);
  }
  const { format } = detected;
  // Who names the format says that these are papers.
  const titlesAlone = context.titlesAlone ?? context.format === 'listing';
  const items = READERS[format](all, { ...context, titlesAlone, unwrapped });
  return { format, items: withInputProblems(items, format, state) };
}

/** The beginning and the whole of a text, of a web page of what it shows. */
async function shownText(pieces: AsyncIterable<Piece>) {
  const text = await peekPieces(pieces, HEAD_LENGTH);
  const isPage = looksLikeHtml(text.head.map((piece) => `${piece.text}\n`).join(''));
  const shown = isPage ? await peekPieces(htmlPieces(text.all), HEAD_LENGTH) : text;
  return { ...shown, unwrapped: isPage };
}

interface InputState {
  misencodedAt: number;
  failure: ReadItem | null;
}

/** A stream that breaks ends instead of throwing, so that what came before it is still read. */
async function* guarded(
  bytes: AsyncIterable<Uint8Array>,
  state: InputState,
): AsyncGenerator<Uint8Array> {
  let count = 0;
  try {
    for await (const chunk of bytes) {
      yield chunk;
      count += chunk.length;
    }
  } catch (error) {
    state.failure = rejected(`byte ${count}`, (error as Error).message, '');
  }
}

/** No format has such lines: what writes them is no list of papers, and might go on for ever. */
const LONGEST_LINE = 64 * 2 ** 20;

async function* withinLongestLine(
  pieces: AsyncIterable<Piece>,
  state: InputState,
): AsyncGenerator<Piece> {
  let length = 0;
  for await (const piece of pieces) {
    length += piece.text.length;
    if (length > LONGEST_LINE) {
      const reason = 'the line is longer than 64 MB; it and what follows are not read';
      state.failure = rejected(`line ${piece.line}`, reason, '');
      return;
    }
    yield piece;
    if (piece.ends) length = 0;
  }
}

async function* withInputProblems(
  items: AsyncIterable<ReadItem>,
  format: Format,
  state: InputState,
): AsyncGenerator<ReadItem> {
  let told = false;
  for await (const item of items) {
    if (state.misencodedAt > 0 && !told) {
      told = true;
      const message = `line ${state.misencodedAt}: not UTF-8, read as Windows-1252`;
      yield { kind: 'note', message };
    }
    yield item.kind === 'rejected' ? { ...item, format } : item;
  }
  if (state.failure) yield state.failure;
}
