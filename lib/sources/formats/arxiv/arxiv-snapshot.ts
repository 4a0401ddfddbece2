import { type ReadItem, rejected, rejectedBeginning } from '@/lib/ingest/read-item';
import { parseArxivId, parseDoi } from '@/lib/papers/identity';
import type { PaperRecord } from '@/lib/papers/paper';
import { splitAuthors } from '@/lib/sources/formats/arxiv/author-line';
import { saysWithdrawn } from '@/lib/sources/formats/arxiv/withdrawn';
import { jsonProblem, jsonValues } from '@/lib/sources/formats/input/json-values';
import { type Piece, peekPieces, wholeLines } from '@/lib/sources/formats/input/text-input';
import { LONGEST_RECORD, type Reader } from '@/lib/sources/formats/input/types';
import { dateOf, textOf } from '@/lib/sources/formats/input/values';

type Row = Record<string, unknown>;

/**
 * arXiv's metadata snapshot: one JSON object a line, also with plain `authors[]`, `date`, `code_url`.
 * The same rows in an array, or printed over several lines, are read too, and so are those of Papers with
 * Code, of which some have neither an arXiv id nor a DOI.
 */
export const readSnapshot: Reader = async function* (pieces) {
  const { head, all } = await peekPieces(pieces, LAYOUT_LENGTH);
  yield* isOneALine(head) ? rowsByLine(all) : rowsByValue(all);
};

/** Characters that tell the layout. */
const LAYOUT_LENGTH = 4_096;

function isOneALine(head: readonly Piece[]): boolean {
  const [first = '', second = '{'] = head
    .map(({ text }) => text.trim())
    .filter((text) => text !== '');
  if (first.startsWith('[')) return false;
  // One broken line is followed by another object, one that goes on is not.
  return first.endsWith('}') || second.startsWith('{');
}

async function* rowsByLine(pieces: AsyncIterable<Piece>): AsyncGenerator<ReadItem> {
  for await (const { text, line, cut } of wholeLines(pieces, LONGEST_RECORD)) {
    const at = `line ${line}`;
    if (cut) {
      yield rejectedBeginning(at, `longer than ${LONGEST_RECORD} characters`, text);
    } else if (text.trim() !== '') {
      yield snapshotLine(text, at);
    }
  }
}

async function* rowsByValue(pieces: AsyncIterable<Piece>): AsyncGenerator<ReadItem> {
  for await (const value of jsonValues(pieces)) {
    const at = `line ${value.line}`;
    yield jsonProblem(value, at) ?? snapshotLine(value.text, at);
  }
}

function snapshotLine(text: string, at: string): ReadItem {
  let row: Row;
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      return rejected(at, 'not a JSON object', text);
    }
    row = value as Row;
  } catch (error) {
    return rejected(at, `not JSON: ${(error as Error).message}`, text);
  }
  const title = textOf(row.title);
  if (title === undefined) return rejected(at, 'no title', text);
  const ids = [row.id, row.arxiv_id, row.url_abs, row.url_pdf].map((id) => textOf(id) ?? '');
  const identity = ids.map(parseArxivId).find(Boolean) ?? null;
  const doi = parseDoi(textOf(row.doi) ?? '') ?? ids.map(parseDoi).find(Boolean) ?? null;
  if (!identity && !doi && !isPaperWithCode(row)) {
    const given =
      row.doi === undefined ? 'and there is no DOI' : `nor is ${JSON.stringify(row.doi)} a DOI`;
    return rejected(
      at,
      `the id ${JSON.stringify(row.id ?? row.arxiv_id ?? null)} is no arXiv id, ${given}`,
      text,
    );
  }
  return { kind: 'record', at, record: snapshotRecord(row, title, identity?.id, doi) };
}

/** Its address there names a paper; with title, authors and abstract it is one without an id too. */
function isPaperWithCode(row: Row): boolean {
  return (
    /paperswithcode\.com\/paper\//.test(textOf(row.paper_url) ?? '') &&
    textOf(row.abstract) !== undefined &&
    Array.isArray(row.authors) &&
    row.authors.length > 0
  );
}

function snapshotRecord(
  row: Row,
  title: string,
  arxivId: string | undefined,
  doi: string | null,
): PaperRecord {
  const versions = Array.isArray(row.versions) ? (row.versions as Row[]) : [];
  const abstract = textOf(row.abstract);
  const comment = textOf(row.comments);
  const first = dateOf(versions[0]?.created);
  const last = versions.length > 1 ? dateOf(versions.at(-1)?.created) : undefined;
  return {
    source: 'arxiv-snapshot',
    title,
    abstract,
    authors: authorsOf(row),
    arxivId,
    version: versions.length > 0 ? versions.length : undefined,
    doi: doi ?? undefined,
    categories: words(row.categories),
    keywords: words(Array.isArray(row.tasks) ? row.tasks : undefined),
    publishedAt: first ?? dateOf(row.date) ?? dateOf(row.update_date),
    revisedAt: last,
    withdrawn: saysWithdrawn(comment, abstract) || (versions.length > 0 ? false : undefined),
    comment,
    journalRef: textOf(row['journal-ref']) ?? textOf(row.proceeding),
    license: textOf(row.license),
    codeUrl: textOf(row.code_url) ?? textOf(row.repo_url),
    signals: [],
  };
}

function authorsOf(row: Row): string[] {
  if (Array.isArray(row.authors_parsed) && row.authors_parsed.length > 0) {
    return row.authors_parsed
      .filter(Array.isArray)
      .map(([last, first, suffix]) => [first, last, suffix].map(textOf).filter(Boolean).join(' '));
  }
  if (Array.isArray(row.authors)) return row.authors.filter((name) => typeof name === 'string');
  return typeof row.authors === 'string' ? splitAuthors(row.authors) : [];
}

function words(value: unknown): string[] {
  if (Array.isArray(value)) return value.filter((word) => typeof word === 'string');
  return typeof value === 'string' ? value.split(/\s+/).filter(Boolean) : [];
}
