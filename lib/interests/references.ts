import type { Db } from '@/lib/db/sql';
import { findCandidates } from '@/lib/ingest/store';
import { type Draft, draftOf } from '@/lib/papers/draft';
import { parseArxivId, parseDoi } from '@/lib/papers/identity';
import { KnownPapers } from '@/lib/papers/match';
import { findByIdentifiers, getPapers } from '@/lib/papers/store';
import { readInput } from '@/lib/sources/formats/read';

/** More papers make no interest clearer. */
export const MOST_REFERENCES = 2_000;

/** Papers of the catalogue, and how many were named that are not in it. */
export interface Found {
  papers: number[];
  missing: number;
}

/** The papers that these name: numbers of papers here, arXiv ids, DOIs, or addresses that hold them. */
export async function papersNamed(db: Db, ids: readonly string[]): Promise<Found> {
  const numbers = ids.filter((id) => /^\d{1,9}$/.test(id)).map(Number);
  const identifiers = ids.flatMap((id) => parseArxivId(id)?.id ?? parseDoi(id) ?? []);
  const papers = new Set([
    ...(await getPapers(db, numbers)).map(({ id }) => id),
    ...(await findByIdentifiers(db, identifiers)),
  ]);
  return { papers: [...papers], missing: Math.max(0, new Set(ids).size - papers.size) };
}

/** The papers of a BibTeX file, by the rules that an import goes by. Nothing is imported. */
export async function papersInBibtex(db: Db, bibtex: string, now: Date): Promise<Found> {
  async function* bytes() {
    yield Buffer.from(bibtex);
  }
  const { items } = await readInput(bytes(), { now, format: 'bibtex' });
  const drafts: Draft[] = [];
  for await (const item of items) {
    const draft = item.kind === 'record' && draftOf(item.record, now);
    if (draft && !('problem' in draft)) drafts.push(draft);
    if (drafts.length === MOST_REFERENCES) break;
  }
  const known = new KnownPapers<Awaited<ReturnType<typeof findCandidates>>[number]>();
  for (const paper of await findCandidates(db, drafts)) known.add(paper);
  const papers = new Set<number>();
  for (const draft of drafts) {
    const match = known.match(draft);
    if (match && !('problem' in match)) papers.add(match.id);
  }
  const shown = (await getPapers(db, [...papers])).map(({ id }) => id);
  return { papers: shown, missing: drafts.length - shown.length };
}

/** What somebody pasted: a BibTeX file, or ids between blanks, commas or on lines. */
export function papersPasted(db: Db, text: string, now: Date): Promise<Found> {
  if (/@\s*[a-z]+\s*[{(]/i.test(text)) return papersInBibtex(db, text, now);
  const ids = text.split(/[\s,;]+/).filter((word) => word !== '');
  return papersNamed(db, ids.slice(0, MOST_REFERENCES));
}
