import { type ReadItem, rejectedBeginning } from '@/lib/ingest/read-item';
import { parseArxivId } from '@/lib/papers/identity';
import type { Piece } from '@/lib/sources/formats/input/text-input';
import { wholeLines } from '@/lib/sources/formats/input/text-input';
import { LONGEST_RECORD } from '@/lib/sources/formats/input/types';
import { dateOf } from '@/lib/sources/formats/input/values';
import { type Fields, type Label, recordOf } from '@/lib/sources/formats/listing/listing-entries';
import { LeftOut, NO_PAPER } from '@/lib/sources/formats/listing/listing-paper';

const FIELD_NAMES: Record<string, Label> = {
  title: 'title',
  author: 'authors',
  authors: 'authors',
  categories: 'categories',
  'subj-class': 'categories',
  comments: 'comments',
  'journal-ref': 'journal',
  doi: 'doi',
  date: 'date',
};

/** What stands around the papers of every such mail. */
const SURROUNDINGS =
  /^(?:[-%=_\s]*|(?:send any comments|archives at|to unsubscribe|submissions to|received from)\b.*)$/i;

interface Open {
  line: number;
  part: 'header' | 'abstract';
  fields: Fields;
  revised?: Date;
  isDone: boolean;
  last: Label | null;
  abstract: string[];
  raw: string[];
}

/** Whether a text has papers between lines of `\\`, as arXiv's subscription mail does. */
export function looksLikeMail(head: readonly Piece[]): boolean {
  const texts = head.map(({ text }) => unquoted(text));
  return texts.some(
    (text, i) =>
      text === '\\\\' &&
      texts.slice(i + 1, i + 4).some((next) => /^(?:arXiv|Paper)\s?(?:\([^)]*\))?:/i.test(next)),
  );
}

function unquoted(text: string): string {
  return text.length > 10_000 ? text : text.replace(/^[>\s]+/, '').trimEnd();
}

/** arXiv's subscription mail: `\\`, labels, `\\`, the abstract, `\\ ( address , size)`. */
export async function* readMail(
  pieces: AsyncIterable<Piece> | Iterable<Piece>,
  now: Date,
): AsyncGenerator<ReadItem> {
  let open: Open | null = null;
  let papers = 0;
  const leftOut = new LeftOut();
  const close = function* (isCut: boolean): Generator<ReadItem> {
    if (!open) return;
    yield* leftOut.flush();
    yield closed(open, isCut, now);
    if (isCut && open.part === 'abstract') {
      const message = `line ${open.line}: the abstract does not end, and is left out`;
      yield { kind: 'note', message };
    }
    papers++;
    open = null;
  };
  for await (const { text: raw, line, cut } of wholeLines(pieces, LONGEST_RECORD)) {
    if (cut) {
      yield* close(true);
      yield rejectedBeginning(`line ${line}`, 'a line longer than any paper', raw);
      continue;
    }
    const text = unquoted(raw);
    const current = open as Open | null;
    if (text.startsWith('\\\\') && /^\\\\\s*(?:\(.*)?$/.test(text)) {
      if (text !== '\\\\') {
        if (current) current.isDone = true;
        yield* close(false);
      } else if (current?.part === 'header') current.part = 'abstract';
      else {
        yield* close(true);
        open = begun(line);
      }
    } else if (current) {
      // The line of signs between two papers, where the first has no end.
      if (/^(?:-{20,}|(?:%%--){3,}%*)$/.test(text)) yield* close(current.part === 'abstract');
      else takeLine(current, text, /^[>\s]*>?\s{2,}/.test(raw.replace(/^>\s?/, '')));
    } else if (papers > 0 && !SURROUNDINGS.test(text)) {
      yield* leftOut.add(line, text, NO_PAPER);
    }
  }
  yield* close(true);
  yield* leftOut.flush();
}

function begun(line: number): Open {
  return { line, part: 'header', fields: {}, isDone: false, last: null, abstract: [], raw: [] };
}

function takeLine(open: Open, text: string, isIndented: boolean): void {
  open.raw.push(text);
  if (open.part === 'abstract') {
    // An indented line begins a paragraph.
    open.abstract.push(isIndented && open.abstract.length > 0 ? `\n\n${text}` : text);
    return;
  }
  const id = /^(?:arXiv|Paper)\s?(?:\([^)]*\))?:\s*(\S+)/i.exec(text);
  const replaced = /^replaced with revised version\s+(.{5,60})/i.exec(text);
  const field = /^([A-Za-z-]{3,14})\s?(?:\([^)]*\))?:\s?(.*)$/s.exec(text);
  if (id) open.fields.id = id[1];
  else if (replaced) open.revised = dateOf(withoutSize(replaced[1]!));
  else if (field) {
    const label = FIELD_NAMES[field[1]!.toLowerCase()] ?? null;
    const value = field[2]!;
    open.last = label;
    if (label === 'date') {
      if (open.fields.date === undefined) open.fields.date = withoutSize(value);
      else open.revised = dateOf(withoutSize(value));
    } else if (label) open.fields[label] = value;
  } else if (text !== '' && open.last && open.last !== 'date') {
    open.fields[open.last] = `${open.fields[open.last]} ${text}`;
  }
}

function withoutSize(date: string): string {
  return date.replace(/\(.*$/, '').trim();
}

function closed(open: Open, isCut: boolean, now: Date): ReadItem {
  const at = `line ${open.line}`;
  const raw = open.raw.join('\n');
  const { id = '', title } = open.fields;
  if (!parseArxivId(id) || !title) {
    const missing = title ? `the id ${JSON.stringify(id)} is no arXiv id` : 'no title';
    return rejectedBeginning(at, missing, raw);
  }
  // Of an abstract that does not end nobody knows how much is missing.
  const abstract = isCut ? '' : open.abstract.join('\n');
  const fields = { ...open.fields, abstract };
  const record = recordOf(fields, [], { now, titlesAlone: false });
  if (!record) return rejectedBeginning(at, 'no title', raw);
  delete record.abstractKind;
  return { kind: 'record', at, record: { ...record, revisedAt: open.revised } };
}
