import type { Fields, Label } from '@/lib/sources/formats/listing/listing-entries';
import type { Line } from '@/lib/sources/formats/listing/listing-lines';
import { NO_PAPER } from '@/lib/sources/formats/listing/listing-paper';
import { readsLikeNames } from '@/lib/sources/formats/listing/listing-words';

/** A paper as far as its labelled lines were read. */
export interface Entry {
  line: number;
  fields: Fields;
  /** Each field's lines, joined at the end. */
  values: Map<Label, string[]>;
  addresses: string[];
  /** Unlabelled lines below the title: the rest of it, or names. */
  below: { text: string; isLink: boolean }[];
  isListed: boolean;
  raw: string[];
  rawLength: number;
}

/** Whether a line in a list of arXiv, though an empty one stands before it, has the names of a title. */
export function isNames({ isListed, below, values }: Entry, last: Label, line: Line): boolean {
  if (!isListed || last !== 'title' || below.length > 0 || values.has('authors')) return false;
  return values.get('title')?.join('') !== '' && (line.linked || readsLikeNames(line.text, true));
}

/** What stands below a title without a label: the rest of it, then names. */
export function settleBelow({ below, fields, raw }: Entry): void {
  if (below.length === 0) return;
  const title = fields.title ?? '';
  let names = below.length;
  if (fields.authors === undefined) {
    names = below.findIndex(({ isLink }) => isLink);
    if (names < 0)
      names = firstNames(
        title,
        below.map(({ text }) => text),
        raw,
      );
    fields.authors = textOf(below.slice(names));
  }
  fields.title = `${title} ${textOf(below.slice(0, names))}`;
}

function firstNames(title: string, below: readonly string[], raw: readonly string[]): number {
  const width = Math.max(...raw.slice(0, 20).map((text) => Math.min(text.length, 130)));
  let before = title;
  let at = 0;
  // A line goes on where the next one's first word would not have fitted on it.
  while (at < below.length - 1 && before.length + below[at]!.split(' ', 1)[0]!.length >= width) {
    before = below[at++]!;
  }
  const named = below.findIndex(
    (_, i) => i >= at && i < at + 5 && readsLikeNames(below.slice(i).join(' '), true),
  );
  if (named >= 0) return named;
  return below.length === 1 || below[0]!.includes(',') ? at : Math.max(at, 1);
}

function textOf(lines: readonly { text: string }[]): string {
  return lines.map(({ text }) => text).join(' ');
}

export function problemOf({ fields }: Entry): string {
  if (!fields.title) return fields.id ? 'a paper without a title' : NO_PAPER;
  return 'a title with neither an id nor an abstract; --format listing takes it for a paper';
}
