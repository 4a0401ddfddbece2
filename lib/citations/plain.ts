import type { Cited } from './cited';

/** More authors than this are cut to the first ones, an ellipsis and the last, as APA does. */
const MOST_AUTHORS = 20;

/** One line for a text or a mail. */
export function plainCitation(paper: Cited): string {
  const { authors, date, title } = paper;
  const named =
    authors.length > MOST_AUTHORS
      ? `${authors.slice(0, MOST_AUTHORS - 1).join(', ')}, … ${authors.at(-1)}`
      : authors.join(', ');
  const sentence = /[.?!]$/.test(title) ? title : `${title}.`;
  const where = paper.journal ?? (paper.arxivId ? `arXiv:${paper.arxivId}` : null);
  return [
    named && `${named}${date ? ` (${date.year})` : ''}.`,
    !named && date && `(${date.year}).`,
    sentence,
    where && `${where}.`,
    paper.doi ? `https://doi.org/${paper.doi}` : paper.url,
  ]
    .filter(Boolean)
    .join(' ');
}
