import { type ReadItem, rejected, rejectedBeginning } from '@/lib/ingest/read-item';
import type { PaperRecord } from '@/lib/papers/paper';
import type { Reader } from '@/lib/sources/formats/input/types';
import {
  type Block,
  blocks,
  isBoilerplate,
  readsLikeTitle,
  SHORTEST_ABSTRACT,
} from '@/lib/sources/formats/listing/listing-blocks';
import { datedNotAfter, dateLine } from '@/lib/sources/formats/listing/listing-dates';

/** Titles in a row after which a page is taken for one of titles only. */
const LONGEST_DOUBT = 50;

/**
 * The text of a trending-papers page: banner lines, a byline, a date, then titles with their abstracts.
 * Abstracts may be missing or have several paragraphs; banners may stand anywhere. The place on the
 * page, counted from 1 under each date, is a signal of that date.
 */
export const readListing: Reader = async function* (pieces, { now, date }) {
  let day = date ?? null;
  let place = 0;
  let papers = 0;
  let paper: { title: Block; abstract: string[]; place: number } | null = null;
  // Before the first abstract a short block may be a title or a banner that nobody has seen yet.
  let unsure: Block[] = [];

  const finish = function* (): Generator<ReadItem> {
    if (paper)
      yield { kind: 'record', at: `line ${paper.title.line}`, record: record(paper, day ?? now) };
    paper = null;
  };
  const begin = (title: Block) => {
    paper = { title, abstract: [], place: ++place };
    papers++;
  };
  const settle = function* (): Generator<ReadItem> {
    for (const block of unsure) {
      if (block.text.split(/\s+/).length < 4) {
        yield { kind: 'note', message: `line ${block.line}: "${block.text}" taken for a banner` };
        continue;
      }
      yield* finish();
      begin(block);
    }
    unsure = [];
  };

  for await (const block of blocks(pieces)) {
    const at = `line ${block.line}`;
    if (block.cut) {
      yield* finish();
      yield rejectedBeginning(
        at,
        'a line longer than any paper; is this the text of a page?',
        block.text,
      );
      continue;
    }
    const dated = dateLine(block.text);
    if (dated) {
      yield* finish();
      // What stood above the date was not the first paper.
      for (const { line, text } of unsure) {
        yield { kind: 'note', message: `line ${line}: "${text}" taken for a banner` };
      }
      unsure = [];
      if (!date) {
        day = datedNotAfter(dated, now);
        if (dated.year === null) {
          const message = `${at}: "${block.text}" read as ${day.toISOString().slice(0, 10)}; --date says otherwise`;
          yield { kind: 'note', message };
        }
      }
      place = 0;
      continue;
    }
    if (isBoilerplate(block.text)) continue;

    const current = paper as { title: Block; abstract: string[] } | null;
    if (papers === 0 && readsLikeTitle(block.text, false)) {
      unsure.push(block);
      if (unsure.length > LONGEST_DOUBT) yield* settle();
      continue;
    }
    if (papers === 0 && unsure.length > 0) {
      const title = unsure.pop()!;
      yield* settle();
      yield* finish();
      begin(title);
      paper!.abstract.push(block.text);
      continue;
    }
    if (readsLikeTitle(block.text, current !== null && current.abstract.length > 0)) {
      yield* finish();
      begin(block);
    } else if (current) {
      current.abstract.push(block.text);
    } else {
      const reason =
        block.text.length >= SHORTEST_ABSTRACT
          ? 'an abstract without a title before it'
          : 'neither a title nor an abstract';
      yield rejected(at, reason, block.text);
    }
  }
  yield* settle();
  yield* finish();
  if (papers > 0 && !day) {
    const message = `The page has no date: read as of ${now.toISOString().slice(0, 10)}; --date says otherwise`;
    yield { kind: 'note', message };
  }
};

function record(
  { title, abstract, place }: { title: Block; abstract: string[]; place: number },
  day: Date,
): PaperRecord {
  return {
    source: 'listing',
    title: title.text,
    ...(abstract.length > 0 && { abstract: abstract.join('\n\n') }),
    authors: [],
    categories: [],
    keywords: [],
    signals: [{ kind: 'listing-place', value: place, seenAt: day }],
  };
}
