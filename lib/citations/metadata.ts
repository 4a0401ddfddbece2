import { isoDay } from '@/lib/calendar/day-names';
import { arxivPdfUrl } from '@/lib/papers/display';
import type { Paper } from '@/lib/papers/paper';
import { namedTags } from '@/lib/tags/taxonomy';
import type { Cited } from './cited';

/** `<meta name content>` that Google Scholar, Zotero and others read from a paper's page. */
export function citationMeta(paper: Paper, source: Cited): [name: string, content: string][] {
  const { date } = source;
  const tags: [string, string | null][] = [
    ['citation_title', source.title],
    ...source.authors.map((name): [string, string] => ['citation_author', name]),
    ['citation_publication_date', date && `${date.year}/${pad(date.month)}/${pad(date.day)}`],
    ['citation_journal_title', source.journal],
    ['citation_doi', source.doi],
    ['citation_arxiv_id', source.arxivId],
    ['citation_technical_report_institution', source.arxivId && !source.journal ? 'arXiv' : null],
    ['citation_abstract_html_url', source.url],
    ['citation_pdf_url', source.arxivId && arxivPdfUrl(source.arxivId)],
    ['citation_abstract', source.abstract],
    ['citation_keywords', paper.keywords.join('; ')],
  ];
  return tags.filter((tag): tag is [string, string] => Boolean(tag[1]));
}

/** schema.org's `ScholarlyArticle`, safe to stand inside a script element. */
export function jsonLd(paper: Paper, source: Cited, pageUrl: string): string {
  const { date } = source;
  const article = {
    '@context': 'https://schema.org',
    '@type': 'ScholarlyArticle',
    name: source.title,
    headline: source.title.slice(0, 110),
    author: source.authors.map((name) => ({ '@type': 'Person', name })),
    datePublished: date ? `${date.year}-${pad(date.month)}-${pad(date.day)}` : undefined,
    dateModified: paper.revisedAt ? isoDay(paper.revisedAt) : undefined,
    identifier: [
      source.arxivId && `arXiv:${source.arxivId}`,
      source.doi && `doi:${source.doi}`,
    ].filter(Boolean),
    abstract: source.abstract ?? undefined,
    keywords: namedTags(paper.tags).map((tag) => tag.name),
    sameAs: source.url === pageUrl ? undefined : source.url,
    url: pageUrl,
    mainEntityOfPage: pageUrl,
    license: paper.license ?? undefined,
  };
  return JSON.stringify(article).replace(/[<>&\u2028\u2029]/g, escapeUnicode);
}

function escapeUnicode(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

function pad(value: number): string {
  return String(value).padStart(2, '0');
}
