import { arxivAbstractUrl, arxivPdfUrl, doiUrl } from '@/lib/papers/display';
import type { Paper } from '@/lib/papers/paper';
import { paperPath } from '@/lib/papers/paper-address';
import { plainMaths } from '@/lib/papers/tex/plain-text';
import { escapeMarkup as x } from '@/lib/runtime/escape-markup';
import { namedTags } from '@/lib/tags/taxonomy';

/** A list of papers as a feed reader subscribes to it. Addresses are absolute. */
export interface SyndicatedList {
  title: string;
  description: string;
  /** This feed. */
  selfUrl: string;
  /** The same list as a page. */
  pageUrl: string;
  siteUrl: string;
  papers: readonly Paper[];
}

/** What both formats say of a paper. */
export interface SyndicatedPaper {
  /** Address of its page here, and its identity: it never changes. */
  url: string;
  title: string;
  authors: string[];
  published: Date;
  updated: Date;
  paragraphs: string[];
  /** Where the paper itself is. */
  links: { name: string; url: string; type: string }[];
  tags: { slug: string; name: string }[];
  categories: string[];
}

export function syndicated(paper: Paper, siteUrl: string): SyndicatedPaper {
  const published = paper.publishedAt ?? paper.firstSeenAt;
  const notes = paper.withdrawnAt ? ['This paper was withdrawn.'] : [];
  return {
    url: siteUrl + paperPath(paper.id),
    title: clean(plainMaths(paper.title)),
    authors: paper.authors.map(clean),
    published,
    updated: changedAt(paper),
    paragraphs: [...notes, ...paper.abstract.split(/\n{2,}/)]
      .map((paragraph) => clean(plainMaths(paragraph)))
      .filter(Boolean),
    links: linksOf(paper),
    tags: namedTags(paper.tags),
    categories: paper.categories,
  };
}

function linksOf({ arxivId, doi }: Paper): SyndicatedPaper['links'] {
  if (arxivId) {
    return [
      { name: 'arXiv', url: arxivAbstractUrl(arxivId), type: 'text/html' },
      { name: 'PDF', url: arxivPdfUrl(arxivId), type: 'application/pdf' },
    ];
  }
  return doi ? [{ name: 'DOI', url: doiUrl(doi), type: 'text/html' }] : [];
}

/** Links as the last paragraph of an entry, since most readers show no others. */
export function linkParagraph(links: SyndicatedPaper['links']): string {
  if (links.length === 0) return '';
  const anchors = links.map(({ name, url }) => `<a href="${x(url)}">${x(name)}</a>`);
  return `<p>${anchors.join(' · ')}</p>`;
}

/** When a list last changed, as far as its papers tell. A list without papers never did. */
export function latestChange(papers: readonly Paper[]): Date {
  return latest(papers.map(changedAt));
}

function changedAt(paper: Paper): Date {
  return latest([paper.publishedAt, paper.firstSeenAt, paper.revisedAt, paper.withdrawnAt]);
}

function latest(dates: readonly (Date | null)[]): Date {
  return new Date(Math.max(0, ...dates.map((date) => date?.getTime() ?? 0)));
}

/** One line without the characters that XML 1.0 cannot hold. */
function clean(text: string): string {
  return text
    .replace(/[\uFFFE\uFFFF]|\p{Cs}/gu, '')
    .replace(/[\s\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .trim();
}
