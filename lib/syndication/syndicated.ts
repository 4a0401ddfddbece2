import { isoDay } from '@/lib/calendar/day-names';
import { arxivAbstractUrl, arxivPdfUrl, doiUrl } from '@/lib/papers/display';
import type { Paper } from '@/lib/papers/paper';
import { paperPath } from '@/lib/papers/paper-address';
import { plainMaths } from '@/lib/papers/tex/plain-text';
import { figuresOf } from '@/lib/rising/figures';
import { SPANS } from '@/lib/rising/spans';
import type { KeptRising } from '@/lib/rising/store';
import { escapeMarkup as x } from '@/lib/runtime/escape-markup';
import { searchPath } from '@/lib/search/query/clause';
import { namedTags } from '@/lib/tags/taxonomy';

/** A list as a feed reader subscribes to it. Addresses are absolute. */
export interface SyndicatedList {
  title: string;
  description: string;
  /** This feed. */
  selfUrl: string;
  /** The same list as a page. */
  pageUrl: string;
  siteUrl: string;
  updated: Date;
  entries: readonly SyndicatedEntry[];
}

/** What both formats say of an entry. */
export interface SyndicatedEntry {
  /** Its identity: an address that never changes. */
  id: string;
  /** Its page here. */
  url: string;
  /** Where the thing itself is, if not here. */
  externalUrl?: string;
  title: string;
  authors: string[];
  published: Date;
  updated: Date;
  /** HTML. */
  content: string;
  links: SyndicatedLink[];
  tags: { slug: string; name: string }[];
  categories: string[];
}

export interface SyndicatedLink {
  name: string;
  url: string;
  type: string;
}

/** Papers as the entries of a list, which last changed when one of them did. */
export function paperEntries(
  papers: readonly Paper[],
  siteUrl: string,
): Pick<SyndicatedList, 'entries' | 'updated'> {
  return {
    entries: papers.map((paper) => paperEntry(paper, siteUrl)),
    updated: latest(papers.map(changedAt)),
  };
}

function paperEntry(paper: Paper, siteUrl: string): SyndicatedEntry {
  const url = siteUrl + paperPath(paper.id);
  const title = clean(plainMaths(paper.title));
  const notes = paper.withdrawnAt ? ['This paper was withdrawn.'] : [];
  const paragraphs = [...notes, ...paper.abstract.split(/\n{2,}/)]
    .map((paragraph) => clean(plainMaths(paragraph)))
    .filter(Boolean);
  const links = linksOf(paper);
  // An entry must have content, and a paper may have no abstract yet.
  const text = paragraphs.length > 0 ? paragraphs : [title];
  return {
    id: url,
    url,
    externalUrl: links[0]?.url,
    title,
    authors: paper.authors.map(clean),
    published: paper.publishedAt ?? paper.firstSeenAt,
    updated: changedAt(paper),
    content: text.map((paragraph) => `<p>${x(paragraph)}</p>`).join('') + linkParagraph(links),
    links,
    tags: namedTags(paper.tags),
    categories: paper.categories,
  };
}

/** What rises, an entry a topic. Its text follows the figures, its identity and dates stay. */
export function topicEntries(
  { span, asOf, topics }: KeptRising,
  papers: ReadonlyMap<number, Paper>,
  siteUrl: string,
): Pick<SyndicatedList, 'entries' | 'updated'> {
  const entries = topics.map((topic): SyndicatedEntry => {
    const since = new Date(topic.rise.since);
    const newest = topic.newest.flatMap((id) => papers.get(id) ?? []);
    const links = newest.map(({ id, title }) => ({
      name: clean(plainMaths(title)),
      url: siteUrl + paperPath(id),
      type: 'text/html',
    }));
    const lines = links.map(({ name, url }) => `<li><a href="${x(url)}">${x(name)}</a></li>`);
    const rise = `${topic.rise.key.replaceAll(' ', '-')}-${isoDay(since)}`;
    return {
      id: `${siteUrl}/rising#${encodeURIComponent(rise)}`,
      url: siteUrl + searchPath(`${topic.query} sort:new`),
      title: clean(topic.phrase),
      authors: [],
      published: since,
      updated: since,
      content: `<p>${x(figuresOf(topic, SPANS[span]))}</p>${lines.length > 0 ? `<ul>${lines.join('')}</ul>` : ''}`,
      links,
      tags: namedTags(topic.tags.map(({ slug }) => slug)),
      categories: [],
    };
  });
  return { entries, updated: asOf };
}

function linksOf({ arxivId, doi }: Paper): SyndicatedLink[] {
  if (arxivId) {
    return [
      { name: 'arXiv', url: arxivAbstractUrl(arxivId), type: 'text/html' },
      { name: 'PDF', url: arxivPdfUrl(arxivId), type: 'application/pdf' },
    ];
  }
  return doi ? [{ name: 'DOI', url: doiUrl(doi), type: 'text/html' }] : [];
}

/** Links as the last paragraph of an entry, since most readers show no others. */
function linkParagraph(links: readonly SyndicatedLink[]): string {
  if (links.length === 0) return '';
  const anchors = links.map(({ name, url }) => `<a href="${x(url)}">${x(name)}</a>`);
  return `<p>${anchors.join(' · ')}</p>`;
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
