import { type ReadItem, rejectedBeginning } from '@/lib/ingest/read-item';
import { parseArxivId } from '@/lib/papers/identity';
import { type Label, labelled, recordOf } from '@/lib/sources/formats/listing/listing-entries';
import {
  type Entry,
  isNames,
  problemOf,
  settleBelow,
} from '@/lib/sources/formats/listing/listing-entry';
import { type Line, paperIn } from '@/lib/sources/formats/listing/listing-lines';
import type { PageContext } from '@/lib/sources/formats/listing/listing-page';
import { LeftOut, NO_PAPER } from '@/lib/sources/formats/listing/listing-paper';
import {
  isBoilerplate,
  isSpokenToReader,
  readsLikeText,
} from '@/lib/sources/formats/listing/listing-words';

/** `[1] arXiv:2603.99901 (cross-list from cs.LG) [pdf, html, other]` */
const LISTED = /^(?:\[\d{1,5}\]\s*)?arXiv:\s*(\S{5,40})((?:\s*\([^()]*\))?(?:\s*\[.*\])?)\s*$/i;
/** Above the title of a page of arXiv: `[Submitted on 3 Sep 2026 (v1), last revised …]` */
const SUBMITTED = /^\[Submitted on (\d{1,2} \w{3,9} \d{4})\b[^[\]]*\]$/;
const NUMBERED =
  /^(?:\(?(\d{1,4})[.)]|\[(\d{1,4})(?:\/\d{1,4})?\]|#(\d{1,4})[.:]?|(?:paper|no\.?)\s*#?(\d{1,4})[.:])\s+(?=\S)/i;
/** What lists of arXiv say about themselves. */
const ABOUT_LIST =
  /\bshowing\b.*\bentries\b|^total of \d+|^authors and titles\b|^(?:new|cross|replacement)\b.*(?:submissions|lists)\b|^\[?\d+\]?$|^(?:previous|next) (?:day|month|week)|^monthly overview/i;
/** Labels that a paper has once. */
const ONCE: ReadonlySet<Label> = new Set([
  'title',
  'id',
  'authors',
  'abstract',
  'date',
  'categories',
]);
const HEADING_LABEL = /^(?:abstract|summary|authors?|摘要|作者)$/i;

/** Papers whose facts stand behind labels: lists of arXiv, digests of paper bots. */
export async function* readEntries(
  lines: AsyncIterable<Line> | Iterable<Line>,
  context: PageContext,
): AsyncGenerator<ReadItem> {
  const reader = new EntryReader(context);
  for await (const line of lines) yield* reader.take(line);
  yield* reader.end();
}

interface Pending {
  line: Line;
  texts: string[];
  addresses: string[];
  isSure: boolean;
}

class EntryReader {
  private entry: Entry | null = null;
  private last: Label | null = null;
  private blank = true;
  private pending: Pending | null = null;
  private number = 0;
  private readonly leftOut = new LeftOut();

  constructor(private readonly context: PageContext) {}

  *take(line: Line): Generator<ReadItem> {
    if (line.cut) {
      yield* this.end();
      const reason = 'a line longer than any paper; is this the text of a page?';
      yield rejectedBeginning(`line ${line.line}`, reason, line.text);
      return;
    }
    if (line.text === '') {
      if (line.addresses.length === 0) this.blank = true;
      else if (this.last === 'abstract' && !this.blank && !paperIn(line.addresses)) {
        this.add('abstract', line.addresses[0]!);
      } else this.lead(line.addresses);
      return;
    }
    const submitted = SUBMITTED.exec(line.text);
    const listed = LISTED.exec(line.text);
    const numbered = NUMBERED.exec(line.text);
    const said = this.labelOf(line, numbered !== null);
    if (submitted) {
      yield* this.open(line);
      this.entry!.isListed = true;
      this.set('date', submitted[1]!);
      this.last = 'title';
      this.set('title', '');
    } else if (listed && isListing(line.text, listed[2]!) && parseArxivId(listed[1]!)) {
      yield* this.open(line);
      this.entry!.isListed = true;
      this.set('id', listed[1]!);
      this.last = null;
    } else if (said) {
      yield* this.takeLabel(said.label, said.value, line);
    } else {
      yield* this.takeWords(line, numbered);
    }
    this.blank = false;
  }

  *end(): Generator<ReadItem> {
    yield* this.dropPending();
    yield* this.finish();
    yield* this.leftOut.flush();
  }

  private labelOf(line: Line, isNumbered: boolean) {
    const { text, heading } = line;
    if (HEADING_LABEL.test(text)) return labelled(`${text}:`);
    const said = labelled(text.replace(NUMBERED, ''));
    // "3. Score: A Measure of …" is a title.
    if (said && (isNumbered || heading > 0)) return said.label === 'title' ? said : null;
    return said;
  }

  private *takeLabel(label: Label, value: string, line: Line): Generator<ReadItem> {
    const { pending, entry } = this;
    const isAgain = ONCE.has(label) && (entry?.values.get(label)?.join('') ?? '') !== '';
    if (pending && label !== 'title') {
      if (pending.isSure || isAgain || !entry?.values.has('title')) {
        const isNew = isAgain || entry?.values.has('title') || entry === null || pending.isSure;
        this.pending = null;
        if (isNew) yield* this.open(pending.line);
        const [title, ...below] = pending.texts;
        this.set('title', title!);
        for (const text of below) this.entry!.below.push({ text, isLink: false });
        this.lead(pending.addresses);
      } else {
        yield* this.dropPending();
      }
    } else if (isAgain || entry === null || (pending && entry.values.has('title'))) {
      yield* this.open(line);
    }
    this.set(label, value);
    this.keep(line.text);
    this.lead(line.addresses);
    this.last = label;
  }

  private *takeWords(line: Line, numbered: RegExpExecArray | null): Generator<ReadItem> {
    const { text } = line;
    const { entry, last } = this;
    const number = Number(numbered?.slice(1).find((digits) => digits !== undefined) ?? 0);
    const isNext = number > 0 && number === this.number + 1;
    const isAwaited = last === 'title' && entry?.values.get('title')?.join('') === '';
    const isSure =
      !isAwaited &&
      (line.heading > 0 ||
        (numbered !== null && (this.blank || isNext)) ||
        (line.linked && paperIn(line.addresses) !== undefined && text.length < 300));
    if (isSure) {
      yield* this.dropPending();
      if (number > 0) this.number = number;
      const title = text.replace(NUMBERED, '');
      this.pending = { line, texts: [title], addresses: [...line.addresses], isSure };
    } else if (this.pending && !this.blank && text.length <= 300) {
      this.pending.texts.push(text);
      this.pending.addresses.push(...line.addresses);
    } else if (entry && last && !this.pending && (!this.blank || isNames(entry, last, line))) {
      this.goOn(entry, last, line);
    } else if (this.blank && entry && !this.pending && this.isAbstract(entry, last, text)) {
      this.add('abstract', (entry.values.get('abstract')?.[0] ?? '') === '' ? text : `\n\n${text}`);
      this.last = 'abstract';
    } else if (this.blank && entry && last && entry.values.get(last)?.join('') === '') {
      this.add(last, text);
    } else if (ABOUT_LIST.test(text) || isBoilerplate(text) || isSpokenToReader(text)) {
      this.last = null;
    } else {
      yield* this.dropPending();
      this.pending = { line, texts: [text], addresses: [...line.addresses], isSure: false };
    }
  }

  /** A line that follows a labelled one. */
  private goOn(entry: Entry, last: Label, line: Line): void {
    this.lead(line.addresses);
    this.keep(line.text);
    const isEmpty = entry.values.get(last)?.join('') === '';
    if (last === 'title' && !isEmpty) {
      entry.below.push({ text: line.text, isLink: line.linked || line.addresses.length > 0 });
    } else if (line.text.length > 130 && !entry.values.has('abstract') && last !== 'tldr') {
      this.set('abstract', line.text);
      this.last = 'abstract';
    } else this.add(last, line.text);
  }

  private isAbstract(entry: Entry, last: Label | null, text: string): boolean {
    if (last === 'abstract') {
      return entry.values.get('abstract')!.join('') === '' || readsLikeText(text);
    }
    if (!entry.isListed || entry.values.has('abstract') || !entry.values.has('title')) return false;
    return (text.length >= 60 || readsLikeText(text)) && !ABOUT_LIST.test(text);
  }

  private *open(line: Line): Generator<ReadItem> {
    yield* this.dropPending();
    yield* this.finish();
    this.entry = {
      line: line.line,
      fields: {},
      values: new Map(),
      addresses: [],
      below: [],
      isListed: false,
      raw: [],
      rawLength: 0,
    };
    this.keep(line.text);
  }

  private set(label: Label, value: string): void {
    const { values } = this.entry!;
    if (label === 'link' && values.has(label)) values.get(label)!.push(` ${value}`);
    else if (!values.has(label) || values.get(label)!.join('') === '') values.set(label, [value]);
  }

  private add(label: Label, text: string): void {
    const values = this.entry!.values.get(label);
    if (!values) this.entry!.values.set(label, [text]);
    else values.push(values.length === 1 && values[0] === '' ? text : spaced(values.at(-1)!, text));
  }

  private keep(text: string): void {
    const { entry } = this;
    if (!entry || entry.rawLength > 4_000) return;
    entry.raw.push(text.slice(0, 4_000));
    entry.rawLength += text.length;
  }

  private lead(addresses: readonly string[]): void {
    const kept = (this.pending ?? this.entry)?.addresses;
    if (kept && kept.length < 100) kept.push(...addresses.slice(0, 20));
  }

  private *dropPending(): Generator<ReadItem> {
    const { pending } = this;
    this.pending = null;
    if (!pending) return;
    const text = pending.texts.join(' ');
    if (/^(?:paper|article)?\s*#?\d{0,4}[.:]?$/i.test(text)) return;
    yield* this.leftOut.add(pending.line.line, text, NO_PAPER);
  }

  private *finish(): Generator<ReadItem> {
    const { entry } = this;
    this.entry = null;
    this.last = null;
    if (!entry) return;
    for (const [label, parts] of entry.values) entry.fields[label] = parts.join('');
    settleBelow(entry);
    const record = recordOf(entry.fields, entry.addresses, this.context);
    if (record) {
      yield* this.leftOut.flush();
      yield { kind: 'record', at: `line ${entry.line}`, record };
    } else {
      yield* this.leftOut.add(entry.line, entry.raw.join('\n'), problemOf(entry));
    }
  }
}

/** Not the label `arXiv:` of a digest, which is no beginning. */
function isListing(text: string, rest: string): boolean {
  return text.startsWith('[') || /\[\s*(?:pdf|ps|html|other|abs)|\((?:cross|replaced)/i.test(rest);
}

function spaced(before: string, text: string): string {
  return text.startsWith('\n') || (/\p{L}-$/u.test(before) && /^\p{Ll}/u.test(text))
    ? text
    : ` ${text}`;
}
