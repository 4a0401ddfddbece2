import { parseArxivId, parseDoi } from '@/lib/papers/identity';
import { withoutGroups } from '@/lib/papers/normalise';
import type { PaperRecord } from '@/lib/papers/paper';
import { codeLink } from '@/lib/papers/web-link';
import {
  dateOf,
  displayName,
  LONGEST_RECORD,
  type Reader,
  type ReadItem,
  rejected,
} from '@/lib/sources/formats/reader';
import type { Piece } from '@/lib/sources/formats/text-input';

/** A BibTeX bibliography. `@comment`, `@preamble` and `@string` give no papers; strings are resolved. */
export const readBibtex: Reader = async function* (pieces) {
  const strings = new Map<string, string>();
  for await (const { text, line, problem } of entries(pieces)) {
    const at = `line ${line}`;
    if (problem) {
      yield rejected(at, problem, text);
      continue;
    }
    const [, type, body] = /^@\s*(\w+)\s*[{(]([\s\S]*)[})]$/.exec(text) ?? [];
    if (type === undefined || body === undefined) {
      yield rejected(at, 'not a BibTeX entry', text);
    } else if (/^string$/i.test(type)) {
      for (const [name, value] of fields(body, strings)) strings.set(name, value);
    } else if (!/^(?:comment|preamble)$/i.test(type)) {
      yield bibtexEntry(body, strings, at, text);
    }
  }
};

function bibtexEntry(
  body: string,
  strings: Map<string, string>,
  at: string,
  raw: string,
): ReadItem {
  const comma = body.indexOf(',');
  if (comma < 0) return rejected(at, 'an entry without fields', raw);
  const values = fields(body.slice(comma + 1), strings);
  const identity = arxivIdentity(values);
  const title = values.get('title');
  if (title === undefined) {
    if (identity) return { kind: 'wanted', arxivId: identity.id, at };
    return rejected(at, 'no title', raw);
  }
  const doi = parseDoi(values.get('doi') ?? '');
  const record: PaperRecord = {
    source: 'bibtex',
    title: withoutGroups(title),
    abstract: plain(values.get('abstract')),
    authors: authorsOf(values.get('author') ?? ''),
    arxivId: identity?.id,
    version: identity?.version,
    doi: doi ?? undefined,
    categories: [values.get('primaryclass') ?? values.get('eprintclass') ?? []].flat(),
    keywords: withoutGroups(values.get('keywords') ?? '')
      .split(/[;,]/)
      .map((word) => word.trim())
      .filter(Boolean),
    publishedAt: publishedOf(values),
    journalRef: plain(
      values.get('journal') ?? values.get('journaltitle') ?? values.get('booktitle'),
    ),
    codeUrl: codeLink(values.get('url') ?? values.get('note') ?? '') ?? undefined,
    signals: [],
  };
  return { kind: 'record', at, record };
}

function arxivIdentity(values: Map<string, string>) {
  const eprint = values.get('eprint');
  const elsewhere = values.get('archiveprefix') ?? values.get('eprinttype') ?? 'arxiv';
  const mentioned = /arXiv[:\s]*(?:preprint\s+)?(?:arXiv:)?\s*([\w.-]+\/\d{7}|\d{4}\.\d{4,6})/i;
  return (
    (eprint !== undefined && /^arxiv$/i.test(elsewhere) ? parseArxivId(eprint) : null) ??
    parseArxivId(values.get('url') ?? '') ??
    parseArxivId(values.get('doi') ?? '') ??
    parseArxivId(mentioned.exec(mentions(values))?.[1] ?? '')
  );
}

/** Where preprints are mentioned in words. */
function mentions(values: Map<string, string>): string {
  return [values.get('journal'), values.get('note')]
    .map((text) => text?.slice(0, 2_000) ?? '')
    .join(' ');
}

/** "Last, First" or "First Last", between them "and". What stands in braces is one name as it is. */
function authorsOf(field: string): string[] {
  const names: string[] = [];
  let depth = 0;
  let from = 0;
  const line = `${field.replace(/\s+/g, ' ')} and `;
  for (const { 0: token, index } of line.matchAll(/\\.|[{}]| and /gi)) {
    if (token === '{') depth++;
    else if (token === '}') depth--;
    else if (token[0] === ' ' && depth <= 0) {
      names.push(line.slice(from, index).trim());
      from = index + token.length;
    }
  }
  return names
    .map((name) => (isOneGroup(name) ? withoutGroups(name) : displayName(withoutGroups(name))))
    .filter((name) => name !== '' && name.toLowerCase() !== 'others');
}

/** Whether the first brace closes with the last. */
function isOneGroup(text: string): boolean {
  if (!text.startsWith('{')) return false;
  let depth = 0;
  for (const { 0: token, index } of text.matchAll(/\\.|[{}]/g)) {
    if (token === '{') depth++;
    else if (token === '}' && --depth === 0) return index === text.length - 1;
  }
  return false;
}

function plain(value: string | undefined): string | undefined {
  return value === undefined ? undefined : withoutGroups(value);
}

/** By biblatex's `date` (`2021`, `2021-06`, `2021-06-17`, or a range, then its beginning), else by year and month. */
function publishedOf(values: Map<string, string>): Date | undefined {
  const [, dated, month = '01', day = '01'] =
    /^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?(?=$|\/)/.exec(values.get('date') ?? '') ?? [];
  if (dated !== undefined) return dateOf(`${dated}-${month}-${day}`);
  const year = Number(values.get('year'));
  if (!Number.isInteger(year) || year <= 1800) return undefined;
  return new Date(Date.UTC(year, monthOf(values), 1));
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

function monthOf(values: Map<string, string>): number {
  const month = values.get('month')?.toLowerCase() ?? '';
  const named = MONTHS.indexOf(month.slice(0, 3));
  if (named >= 0) return named;
  const number = Number(month);
  return number >= 1 && number <= 12 ? number - 1 : 0;
}

/** `name = {value}`, `"value"`, number, or strings joined with `#`. */
function fields(body: string, strings: Map<string, string>): Map<string, string> {
  const found = new Map<string, string>();
  const name = /[\s,]*([\w-]+)\s*=\s*/y;
  let at = 0;
  for (;;) {
    name.lastIndex = at;
    const match = name.exec(body);
    if (!match) break;
    at = name.lastIndex;
    let value = '';
    for (;;) {
      const part = fieldPart(body, at);
      value += part.literal ? part.text : (strings.get(part.text.toLowerCase()) ?? part.text);
      const joint = /\s*#\s*/y;
      joint.lastIndex = part.end;
      if (!joint.test(body)) {
        at = part.end;
        break;
      }
      at = joint.lastIndex;
    }
    if (value.trim() !== '') found.set(match[1]!.toLowerCase(), value.trim());
  }
  return found;
}

function fieldPart(body: string, at: number): { text: string; end: number; literal: boolean } {
  const opening = body[at];
  if (opening !== '{' && opening !== '"') {
    const text = /[^\s,#{}"]*/y;
    text.lastIndex = at;
    const bare = text.exec(body)?.[0] ?? '';
    return { text: bare, end: at + bare.length, literal: /^\d*$/.test(bare) };
  }
  let depth = 0;
  for (let i = at + 1; i < body.length; i++) {
    const c = body[i];
    if (c === '\\') i++;
    else if (c === '{') depth++;
    else if (depth === 0 && c === (opening === '{' ? '}' : '"')) {
      return { text: body.slice(at + 1, i), end: i + 1, literal: true };
    } else if (c === '}') depth--;
  }
  return { text: body.slice(at + 1), end: body.length, literal: true };
}

/** Entries as text, by counting brackets; a new `@name{` at the start of a line ends a broken one. */
async function* entries(
  pieces: AsyncIterable<Piece>,
): AsyncGenerator<{ text: string; line: number; problem: string | null }> {
  let text = '';
  let line = 0;
  let depth = 0;
  let lineStart = true;
  for await (const piece of pieces) {
    const starts = lineStart && /^\s*@\s*\w+\s*[{(]/.test(piece.text);
    lineStart = piece.ends;
    if (starts) {
      if (text !== '') yield { text, line, problem: 'the entry does not end' };
      text = '';
      line = piece.line;
      depth = 0;
    } else if (text === '') continue;
    for (let i = 0; i < piece.text.length; i++) {
      const c = piece.text[i];
      if (c === '\\') i++;
      else if (c === '{') depth++;
      else if (c === '}') depth--;
    }
    text += piece.ends ? `${piece.text}\n` : piece.text;
    if (text.length > LONGEST_RECORD) {
      yield { text, line, problem: 'too long for an entry' };
      text = '';
    } else if (depth <= 0 && /[})]\s*$/.test(piece.text)) {
      yield { text: text.trim(), line, problem: null };
      text = '';
    }
  }
  if (text !== '') yield { text, line, problem: 'the input ends inside this entry' };
}
