import type { ReactNode } from 'react';
import { RichText } from '@/components/paper/RichText';
import { dayName, isoDay } from '@/lib/calendar/day-names';
import { arxivAbstractUrl, arxivPdfUrl, authorLine, doiUrl, webUrl } from '@/lib/papers/display';
import type { Paper } from '@/lib/papers/paper';
import { namedTags } from '@/lib/tags/taxonomy';

export interface PaperRowProps {
  paper: Paper;
  /** Place in the list, from 1. */
  place?: number;
  /** Reported interest, ready to read: "132 upvotes", "2.1K stars". */
  signals?: readonly string[];
  /** Why it stands where it stands, to be opened in place. */
  why?: ReactNode;
  /** Shown instead of title and authors as they are: with what a search matched marked. */
  title?: ReactNode;
  authors?: ReactNode;
  /** Shown instead of the abstract: where a search matched. */
  snippet?: ReactNode;
  /** Level that fits the page around the list. */
  heading?: 'h2' | 'h3';
}

/** An abstract shorter than this fits its three lines: it needs nothing to open it. */
const CLAMPED_FROM = 240;

/** The tags that say most; the paper's page has all. */
const TAGS = 4;

/** One paper in a list; stands in an element of the class `papers`. */
export function PaperRow({
  paper,
  place,
  signals = [],
  why,
  title,
  authors,
  snippet,
  heading: H = 'h2',
}: PaperRowProps) {
  const path = paperPath(paper.id);
  const filed = paper.publishedAt ?? paper.firstSeenAt;
  const code = webUrl(paper.codeUrl);
  const project = webUrl(paper.projectUrl);
  return (
    // In minutes: what is newer than the reader's last visit is marked in the browser.
    <li className="paper" id={`p${paper.id}`} data-seen={Math.floor(+paper.firstSeenAt / 60_000)}>
      {place !== undefined && <span className="place">{place}</span>}
      <H>
        <a className="paper-title" href={path}>
          {title ?? <RichText text={paper.title} />}
        </a>
      </H>
      {paper.authors.length > 0 && (
        <p className="authors">{authors ?? authorLine(paper.authors)}</p>
      )}
      <p className="facts">
        <time dateTime={isoDay(filed)}>{dayName(filed)}</time>
        {paper.withdrawnAt && <b>withdrawn</b>}
        {paper.categories[0] && <span>{paper.categories[0]}</span>}
        {signals.map((signal) => (
          <b key={signal}>{signal}</b>
        ))}
        {paper.arxivId && <a href={arxivAbstractUrl(paper.arxivId)}>arXiv</a>}
        {paper.arxivId && <a href={arxivPdfUrl(paper.arxivId)}>PDF</a>}
        {!paper.arxivId && paper.doi && <a href={doiUrl(paper.doi)}>DOI</a>}
        {code && <a href={code}>code</a>}
        {project && project !== code && <a href={project}>project</a>}
      </p>
      {why}
      {snippet ?? <Abstract paper={paper} />}
      {paper.tags.length > 0 && (
        <p className="tags">
          {namedTags(paper.tags.slice(0, TAGS)).map((tag) => (
            <a key={tag.slug} href={`/tags/${tag.slug}`}>
              {tag.name}
            </a>
          ))}
        </p>
      )}
    </li>
  );
}

function Abstract({ paper }: { paper: Paper }) {
  if (!paper.abstract) return null;
  const text = (
    <p>
      <RichText text={paper.abstract} />
    </p>
  );
  if (paper.abstract.length < CLAMPED_FROM) return <div className="abstract">{text}</div>;
  return (
    <details className="abstract">
      <summary>{`Whole ${paper.abstractKind}`}</summary>
      {text}
    </details>
  );
}

export function paperPath(id: number): string {
  return `/papers/${id}`;
}
