import type { ReactNode } from 'react';
import { MarkButton } from '@/components/paper/MarkButton';
import {
  arxivAbstractUrl,
  arxivHtmlUrl,
  arxivPdfUrl,
  discussionUrl,
  doiUrl,
  webUrl,
} from '@/lib/papers/display';
import type { Paper } from '@/lib/papers/paper';
import { paperPath } from '@/lib/papers/paper-address';

/** Where a row leads. Each link's name says of which paper: `name` is the start of its title. */
export function RowActions({
  paper,
  name,
  comments = 0,
  why,
}: {
  paper: Paper;
  name: string;
  comments?: number;
  why?: ReactNode;
}) {
  const { id, arxivId, doi } = paper;
  const code = webUrl(paper.codeUrl);
  const project = webUrl(paper.projectUrl);
  const html = arxivId && arxivHtmlUrl(arxivId);
  const talk = `${comments} ${comments === 1 ? 'comment' : 'comments'}`;
  const more: [text: string, href: string | null][] = [
    ['arXiv', arxivId && arxivAbstractUrl(arxivId)],
    ['DOI', !arxivId && doi ? doiUrl(doi) : null],
    ['Project', project !== code ? project : null],
    ['Cite', `${paperPath(id)}#cite`],
  ];
  return (
    <>
      <span className="acts">
        {arxivId && (
          <a href={arxivPdfUrl(arxivId)} aria-label={`PDF of ${name}`}>
            PDF
          </a>
        )}{' '}
        {html && (
          <a className="html" href={html} aria-label={`HTML of ${name}`}>
            HTML
          </a>
        )}{' '}
        {code && (
          <a className="code" href={code} aria-label={`Code of ${name}`}>
            Code
          </a>
        )}{' '}
        {comments > 0 && arxivId && (
          <a className="talk" href={discussionUrl(arxivId)} aria-label={`${talk} on ${name}`}>
            {talk}
          </a>
        )}{' '}
        <MarkButton
          mark="save"
          paperId={id}
          aria-label={`Save ${name}`}
          data-on="Saved"
          data-off="Save"
        >
          Save
        </MarkButton>{' '}
      </span>
      {why}
      <details className="more">
        <summary aria-label={`More about ${name}`}>···</summary>
        <ul className="drop">
          {more.map(
            ([text, href]) =>
              href && (
                <li key={text}>
                  <a href={href} aria-label={`${text}: ${name}`}>
                    {text}
                  </a>{' '}
                </li>
              ),
          )}
          <li>
            <a href={paperPath(id)} data-share="" aria-label={`Share: ${name}`}>
              Share
            </a>{' '}
          </li>
          <li>
            <MarkButton mark="dismiss" paperId={id} aria-label={`Not for me: ${name}`}>
              Not for me
            </MarkButton>
          </li>
        </ul>
      </details>
    </>
  );
}
