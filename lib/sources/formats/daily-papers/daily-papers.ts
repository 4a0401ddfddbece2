import { type ReadItem, rejected } from '@/lib/ingest/read-item';
import { displayName } from '@/lib/papers/author-names';
import { parseArxivId } from '@/lib/papers/identity';
import type { PaperRecord, SignalReading } from '@/lib/papers/paper';
import { pythonLiteralToJson } from '@/lib/sources/formats/daily-papers/python-literal';
import { jsonProblem, jsonValues } from '@/lib/sources/formats/input/json-values';
import type { Reader } from '@/lib/sources/formats/input/types';
import { dateOf, textOf } from '@/lib/sources/formats/input/values';

type Row = Record<string, unknown>;

/** Hugging Face daily papers: a list of `{paper: {…}, …}`, or the flat answer for one paper. */
export const readDailyPapers: Reader = async function* (pieces, { now, date }) {
  let number = 0;
  for await (const value of jsonValues(pieces)) {
    const at =
      value.problem === 'no end' ? `line ${value.line}` : `line ${value.line}, paper ${++number}`;
    yield jsonProblem(value, at) ?? dailyPaper(value.text, at, date ?? now);
  }
};

function dailyPaper(text: string, at: string, seenAt: Date): ReadItem {
  const item = objectIn(text);
  if (typeof item === 'string') return rejected(at, item, text);
  const error = textOf(item.error) ?? textOf(item.message);
  if (error !== undefined && item.paper === undefined && item.id === undefined) {
    return rejected(at, `the service answered with an error: ${error}`, text);
  }
  const paper = isRow(item.paper) ? item.paper : item;
  const title = textOf(paper.title) ?? textOf(item.title);
  if (title === undefined) return rejected(at, 'no title', text);
  const identity = parseArxivId(textOf(paper.id) ?? '');
  if (!identity)
    return rejected(at, `the id ${JSON.stringify(paper.id ?? null)} is no arXiv id`, text);

  const record: PaperRecord = {
    source: 'daily-papers',
    title,
    abstract: textOf(paper.summary) ?? textOf(item.summary),
    authors: authorsOf(paper.authors),
    arxivId: identity.id,
    categories: [],
    keywords: Array.isArray(paper.ai_keywords)
      ? paper.ai_keywords.filter((word): word is string => typeof word === 'string')
      : [],
    publishedAt: dateOf(paper.publishedAt),
    withdrawn: dateOf(paper.withdrawnAt) ? true : undefined,
    codeUrl: textOf(paper.githubRepo),
    projectUrl: textOf(paper.projectPage),
    tldr: textOf(paper.ai_summary),
    signals: [
      reading('upvotes', paper.upvotes, seenAt),
      reading('comments', item.numComments, seenAt),
      reading('github-stars', paper.githubStars, seenAt),
      listed(
        dateOf(paper.submittedOnDailyAt) ?? (paper === item ? undefined : dateOf(item.publishedAt)),
      ),
    ].filter((signal) => signal !== null),
  };
  return { kind: 'record', at, record };
}

/** When the paper was put on the page. */
function listed(date: Date | undefined): SignalReading | null {
  return date ? { kind: 'listed', value: 1, seenAt: date } : null;
}

/** The object in `text`, or what is wrong with it. */
function objectIn(text: string): Row | string {
  try {
    let value: unknown = JSON.parse(text);
    if (typeof value === 'string') value = JSON.parse(pythonLiteralToJson(value) ?? value);
    return isRow(value) ? value : 'not an object';
  } catch (error) {
    return `not JSON: ${(error as Error).message}`;
  }
}

function isRow(value: unknown): value is Row {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function authorsOf(value: unknown): string[] {
  if (!Array.isArray(value)) return [];
  return value
    .filter((author) => isRow(author) && author.hidden !== true)
    .map((author) => textOf(author.name))
    .filter((name) => name !== undefined)
    .map(displayName);
}

function reading(kind: SignalReading['kind'], value: unknown, seenAt: Date): SignalReading | null {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0
    ? { kind, value, seenAt }
    : null;
}
