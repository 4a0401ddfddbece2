import { type ReadItem, rejected } from '@/lib/ingest/read-item';
import { type ArxivId, parseArxivId, parseDoi } from '@/lib/papers/identity';
import type { PaperRecord } from '@/lib/papers/paper';

/** What a reference manager's entry says, whatever the format. */
export interface Reference {
  /** As the format names it. */
  type: string;
  /** Whether the type is that of a programme, a film or a law: no paper, unless arXiv has it. */
  isOther: boolean;
  title: string | undefined;
  abstract: string | undefined;
  authors: string[];
  date: Date | undefined;
  doi: string;
  journal: string | undefined;
  keywords: string[];
  /** Where an arXiv id may stand: addresses, numbers, notes. */
  mentions: readonly string[];
}

/** The paper of a reference, or why it is none. */
export function referenceItem(
  reference: Reference,
  source: PaperRecord['source'],
  at: string,
  raw: string,
): ReadItem {
  const { title, abstract, authors, keywords, type, isOther } = reference;
  const identity = arxivIdIn([reference.doi, ...reference.mentions]);
  if (isOther && !identity) return rejected(at, `a reference of the type ${type} is no paper`, raw);
  if (title === undefined) {
    if (identity) return { kind: 'wanted', arxivId: identity.id, at };
    return rejected(at, 'no title', raw);
  }
  const record: PaperRecord = {
    source,
    title,
    abstract,
    authors,
    arxivId: identity?.id,
    version: identity?.version,
    doi:
      [reference.doi, ...reference.mentions].map(parseDoi).find((doi) => doi !== null) ?? undefined,
    categories: [],
    keywords,
    publishedAt: reference.date,
    journalRef: reference.journal,
    signals: [],
  };
  return { kind: 'record', at, record };
}

/** In words: `arXiv:2401.00001`, `arXiv preprint arXiv:hep-th/9901001`. */
const IN_WORDS = /arXiv[:\s]\s?(?:preprint\s(?:arXiv:)?\s?)?([a-z.-]{2,20}\/\d{7}|\d{4}\.\d{4,6})/i;

function arxivIdIn(texts: readonly string[]): ArxivId | null {
  for (const text of texts) {
    const found =
      parseArxivId(text.trim()) ?? parseArxivId(IN_WORDS.exec(text.slice(0, 2_000))?.[1] ?? '');
    if (found) return found;
  }
  return null;
}

/** The day of a year, month and day, of which the later ones may be missing. */
export function dayOf(year: number, month = 1, day = 1): Date | undefined {
  if (!Number.isInteger(year) || year < 1800 || year > 2200) return undefined;
  const isMonth = month >= 1 && month <= 12;
  return new Date(
    Date.UTC(year, isMonth ? month - 1 : 0, isMonth && day >= 1 && day <= 31 ? day : 1),
  );
}
