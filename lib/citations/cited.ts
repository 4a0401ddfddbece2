import { arxivAbstractUrl, doiUrl } from '@/lib/papers/display';
import type { Paper } from '@/lib/papers/paper';

/** What every citation format says of a paper. */
export interface Cited {
  title: string;
  authors: string[];
  /** Of the first version; null where no source gave it. */
  date: { year: number; month: number; day: number } | null;
  arxivId: string | null;
  category: string | null;
  /** The publisher's, or else the one that arXiv registers for each of its papers. */
  doi: string | null;
  journal: string | null;
  url: string;
  /** Only the authors' own: a summary by somebody else is not to be cited as theirs. */
  abstract: string | null;
}

/** `fallbackUrl` is the page here, for a paper that stands nowhere else. */
export function cited(paper: Paper, fallbackUrl: string): Cited {
  const { publishedAt: at, arxivId } = paper;
  const doi = paper.doi ?? (arxivId ? `10.48550/arXiv.${arxivId}` : null);
  const url = arxivId ? arxivAbstractUrl(arxivId) : doi ? doiUrl(doi) : fallbackUrl;
  return {
    title: oneLine(paper.title),
    authors: paper.authors.map(oneLine),
    date: at && { year: at.getUTCFullYear(), month: at.getUTCMonth() + 1, day: at.getUTCDate() },
    arxivId,
    category: paper.categories[0] ? oneLine(paper.categories[0]) : null,
    doi,
    journal: paper.journalRef && oneLine(paper.journalRef),
    url,
    abstract: paper.abstractKind === 'abstract' && paper.abstract ? oneLine(paper.abstract) : null,
  };
}

/** Line breaks and control characters would let a title add fields of its own. */
function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim();
}
