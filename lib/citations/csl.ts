import { citationKey } from './bibtex';
import type { Cited } from './cited';
import { partName } from './names';

/** A CSL-JSON list of one item (CSL 1.0.2: a preprint is an `article`). */
export function cslJson(paper: Cited): string {
  const { date } = paper;
  const item = {
    id: citationKey(paper),
    type: paper.journal ? 'article-journal' : 'article',
    title: paper.title,
    author: paper.authors.map((name) => partName(name) ?? { literal: name }),
    issued: date ? { 'date-parts': [[date.year, date.month, date.day]] } : undefined,
    'container-title': paper.journal ?? undefined,
    publisher: paper.arxivId && !paper.journal ? 'arXiv' : undefined,
    number: paper.arxivId ? `arXiv:${paper.arxivId}` : undefined,
    DOI: paper.doi ?? undefined,
    URL: paper.url,
    abstract: paper.abstract ?? undefined,
  };
  return `${JSON.stringify([item], null, 2)}\n`;
}
