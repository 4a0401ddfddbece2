import { type ReadItem, rejected, rejectedBeginning } from '@/lib/ingest/read-item';
import { wholeLines } from '@/lib/sources/formats/input/text-input';
import { LONGEST_RECORD, type Reader } from '@/lib/sources/formats/input/types';
import { dayOf, referenceItem } from '@/lib/sources/formats/references/reference';

/** `TY  - JOUR`; some programs write one space before the hyphen, or none after it. */
const LINE = /^\s?([A-Z][A-Z0-9]) {1,2}-(?: (.*)|$)/;

/** RIS: a tag and its value a line, from `TY` to `ER`. A line without a tag goes on with the value. */
export const readRis: Reader = async function* (pieces) {
  let reference: RisLines | null = null;
  for await (const { text, line, cut } of wholeLines(pieces, LONGEST_RECORD)) {
    const at = `line ${line}`;
    const [, tag, value = ''] = LINE.exec(text) ?? [];
    if (cut) {
      yield rejectedBeginning(at, `a line of more than ${LONGEST_RECORD} characters`, text);
    } else if (tag === 'TY') {
      // The one before has no end, but its lines are whole.
      if (reference) yield reference.item();
      reference = new RisLines(at, text, value);
    } else if (reference) {
      reference.add(text, tag, value);
      if (reference.length > LONGEST_RECORD) {
        yield rejectedBeginning(
          reference.at,
          'too long for a reference',
          reference.raw.slice(0, 4_000),
        );
        reference = null;
      } else if (tag === 'ER') {
        yield reference.item();
        reference = null;
      }
    } else if (tag !== undefined && tag !== 'ER') {
      yield rejected(at, `a line ${tag} before the TY that begins a reference`, text);
    }
  }
  if (reference)
    yield rejected(reference.at, 'the input ends inside this reference', reference.raw);
};

/** Programmes, films, maps, laws and the like. */
const OTHERS = new Set(
  'ADVS ART BILL BLOG CASE COMP DATA DBASE ENCYC GRNT HEAR ICOMM LEGAL MAP MPCT MULTI MUSIC NEWS PAT PCOMM SLIDE SOUND STAT UNBILL VIDEO'.split(
    ' ',
  ),
);

class RisLines {
  length = 0;
  private readonly lines: string[];
  private readonly values = new Map<string, string[]>();
  private last: string[] = [];

  constructor(
    readonly at: string,
    firstLine: string,
    private readonly type: string,
  ) {
    this.lines = [firstLine];
  }

  get raw(): string {
    return this.lines.join('\n');
  }

  add(text: string, tag: string | undefined, value: string): void {
    this.length += text.length + 1;
    this.lines.push(text);
    if (tag === undefined) {
      if (text.trim() !== '' && this.last.length > 0)
        this.last[this.last.length - 1] += `\n${text.trim()}`;
      return;
    }
    this.last = this.values.get(tag) ?? [];
    this.last.push(value.trim());
    this.values.set(tag, this.last);
  }

  item(): ReadItem {
    const type = this.type.trim().toUpperCase();
    const reference = {
      type,
      isOther: OTHERS.has(type),
      title: this.first('TI', 'T1', 'CT', 'BT'),
      abstract: this.first('AB', 'N2'),
      authors: this.all('AU', 'A1').map(authorOf),
      date: this.all('DA', 'PY', 'Y1')
        .map(dateOf)
        .find((date) => date !== undefined),
      doi: this.first('DO') ?? '',
      journal: this.first('JO', 'JF', 'T2', 'JA', 'J2', 'BT'),
      keywords: this.all('KW').flatMap((words) => words.split(/[\n;]/)),
      mentions: this.all('UR', 'L1', 'L2', 'LK', 'M1', 'M3', 'AN', 'N1', 'JO', 'JF', 'T2'),
    };
    return referenceItem(reference, 'ris', this.at, this.raw);
  }

  private all(...tags: string[]): string[] {
    return tags.flatMap((tag) => this.values.get(tag) ?? []).filter((value) => value !== '');
  }

  private first(...tags: string[]): string | undefined {
    return this.all(...tags)[0];
  }
}

/** "Jane Doe" from "Doe, Jane" and "Jane Doe Jr." from "Doe, Jane, Jr."; a comma at the end: a group. */
function authorOf(value: string): string {
  if (value.endsWith(',')) return value.slice(0, -1);
  const [family = '', given, suffix, ...more] = value.split(',').map((part) => part.trim());
  if (given === undefined || more.length > 0) return value;
  return [given, family, suffix].filter(Boolean).join(' ');
}

/** `2023`, `2023/05/06/`, `2023-05-06`, `2023///spring`. */
function dateOf(value: string): Date | undefined {
  const [, year, month, day] =
    /^(\d{4})(?:[/-](\d{1,2})?(?:[/-](\d{1,2})?)?)?(?!\d)/.exec(value) ?? [];
  return dayOf(Number(year), month ? Number(month) : undefined, day ? Number(day) : undefined);
}
