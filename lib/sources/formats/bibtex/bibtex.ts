import { type ReadItem, rejected } from '@/lib/ingest/read-item';
import { bibtexText, verbatim } from '@/lib/papers/bibtex-text';
import { parseArxivId, parseDoi } from '@/lib/papers/identity';
import type { PaperRecord } from '@/lib/papers/paper';
import { codeLink } from '@/lib/papers/web-link';
import { entriesIn } from '@/lib/sources/formats/bibtex/bibtex-entries';
import { beginsWithField, fieldsOf } from '@/lib/sources/formats/bibtex/bibtex-fields';
import { authorsOf } from '@/lib/sources/formats/bibtex/bibtex-names';
import { Volumes } from '@/lib/sources/formats/bibtex/bibtex-volumes';
import type { Reader } from '@/lib/sources/formats/input/types';
import { dateOf } from '@/lib/sources/formats/input/values';

/** A BibTeX bibliography. Only entries give papers; what `@string` defines is put in. */
export const readBibtex: Reader = async function* (pieces) {
  const strings = new Map<string, string>();
  const volumes = new Volumes<Entry>();
  for await (const { text, line, problem } of entriesIn(pieces)) {
    const at = `line ${line}`;
    if (problem) {
      yield rejected(at, problem, text);
      continue;
    }
    const [, type, body] = /^@\s*(\w+)\s*[{(]([\s\S]*)[})]$/.exec(text) ?? [];
    if (type === undefined || body === undefined) {
      yield rejected(at, 'not a BibTeX entry', text);
    } else if (/^string$/i.test(type)) {
      for (const [name, value] of fieldsOf(body, strings)) strings.set(name, value);
    } else if (!/^(?:comment|preamble)$/i.test(type)) {
      const entry = entryOf(body, strings, at, text);
      for (const { values, waiting } of volumes.add(entry)) yield bibtexEntry(values, waiting);
    }
  }
  for (const { values, waiting } of volumes.rest()) yield bibtexEntry(values, waiting);
};

interface Entry {
  key: string;
  /** Null for an entry without a single field. */
  values: Map<string, string> | null;
  at: string;
  raw: string;
}

function entryOf(body: string, strings: Map<string, string>, at: string, raw: string): Entry {
  // Some programs write no key at all.
  const comma = beginsWithField(body) ? 0 : body.indexOf(',');
  return {
    key: body.slice(0, Math.max(comma, 0)).trim(),
    values: comma < 0 ? null : fieldsOf(body.slice(comma), strings),
    at,
    raw,
  };
}

function bibtexEntry(values: Map<string, string> | null, { at, raw }: Entry): ReadItem {
  if (values === null) return rejected(at, 'an entry without fields', raw);
  const identity = arxivIdentity(values);
  const title = values.get('title');
  if (title === undefined) {
    if (identity) return { kind: 'wanted', arxivId: identity.id, at };
    return rejected(at, 'no title', raw);
  }
  const doi = parseDoi(verbatim(values.get('doi') ?? ''));
  const record: PaperRecord = {
    source: 'bibtex',
    title: bibtexText(title),
    abstract: plain(values.get('abstract')),
    authors: authorsOf(values.get('author') ?? ''),
    arxivId: identity?.id,
    version: identity?.version,
    doi: doi ?? undefined,
    categories: [values.get('primaryclass') ?? values.get('eprintclass') ?? []].flat(),
    keywords: bibtexText(values.get('keywords') ?? '')
      .split(/[;,]/)
      .map((word) => word.trim())
      .filter(Boolean),
    publishedAt: publishedOf(values),
    journalRef: plain(
      values.get('journal') ?? values.get('journaltitle') ?? values.get('booktitle'),
    ),
    codeUrl: codeLink(verbatim(values.get('url') ?? values.get('note') ?? '')) ?? undefined,
    signals: [],
  };
  return { kind: 'record', at, record };
}

function arxivIdentity(values: Map<string, string>) {
  const eprint = verbatim(values.get('eprint') ?? '');
  const elsewhere = verbatim(values.get('archiveprefix') ?? values.get('eprinttype') ?? 'arxiv');
  const mentioned = /arXiv[:\s]*(?:preprint\s+)?(?:arXiv:)?\s*([\w.-]+\/\d{7}|\d{4}\.\d{4,6})/i;
  return (
    (/^arxiv$/i.test(elsewhere) ? parseArxivId(eprint) : null) ??
    parseArxivId(verbatim(values.get('url') ?? '')) ??
    parseArxivId(verbatim(values.get('doi') ?? '')) ??
    parseArxivId(mentioned.exec(mentions(values))?.[1] ?? '')
  );
}

/** Where preprints are mentioned in words. */
function mentions(values: Map<string, string>): string {
  return [values.get('journal'), values.get('note')]
    .map((text) => text?.slice(0, 2_000) ?? '')
    .join(' ');
}

function plain(value: string | undefined): string | undefined {
  return value === undefined ? undefined : bibtexText(value);
}

/**
 * By biblatex's `date` (`2021`, `2021-06`, `2021-06-17`, of a range its beginning), else by year and
 * month.
 */
function publishedOf(values: Map<string, string>): Date | undefined {
  const [, dated, month = '01', day = '01'] =
    /^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?(?=$|\/)/.exec(values.get('date') ?? '') ?? [];
  if (dated !== undefined) return dateOf(`${dated}-${month}-${day}`);
  const year = Number(verbatim(values.get('year') ?? ''));
  if (!Number.isInteger(year) || year <= 1800) return undefined;
  return new Date(Date.UTC(year, monthOf(values), 1));
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

function monthOf(values: Map<string, string>): number {
  const month = values.get('month')?.toLowerCase() ?? '';
  const named = MONTHS.indexOf(
    /(?<![a-z])(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)/.exec(month)?.[0] ?? '',
  );
  if (named >= 0) return named;
  const number = Number(month);
  return number >= 1 && number <= 12 ? number - 1 : 0;
}
