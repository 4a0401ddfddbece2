import { Citations } from '@/components/paper/Citations';
import { MarkButton } from '@/components/paper/MarkButton';
import type { Cited } from '@/lib/citations/cited';
import {
  arxivAbstractUrl,
  arxivHtmlUrl,
  arxivPdfUrl,
  discussionUrl,
  webUrl,
} from '@/lib/papers/display';
import type { Paper } from '@/lib/papers/paper';
import { paperPath } from '@/lib/papers/paper-address';

/** What can be done with a paper, as buttons; the PDF's is the one that is filled. */
export function PaperActions({
  paper,
  citation,
  comments,
}: {
  paper: Paper;
  citation: Cited;
  comments: number;
}) {
  const { arxivId } = paper;
  const code = webUrl(paper.codeUrl);
  const project = webUrl(paper.projectUrl);
  const talk = `${comments} ${comments === 1 ? 'comment' : 'comments'}`;
  const links: [text: string, href: string | null][] = [
    ['HTML', arxivId && arxivHtmlUrl(arxivId)],
    ['arXiv', arxivId && arxivAbstractUrl(arxivId)],
    ['Code', code],
    ['Project', project !== code ? project : null],
    [talk, arxivId && comments > 0 ? discussionUrl(arxivId) : null],
  ];
  return (
    <div className="btns">
      {arxivId && (
        <a className="btn main" href={arxivPdfUrl(arxivId)}>
          PDF
        </a>
      )}{' '}
      <MarkButton mark="save" paperId={paper.id} className="btn" data-on="Saved" data-off="Save">
        Save
      </MarkButton>{' '}
      {links.map(
        ([text, href]) =>
          href && (
            <a key={text} className="btn" href={href}>
              {text}
            </a>
          ),
      )}{' '}
      <a className="btn noscript:hidden" href={paperPath(paper.id)} data-share="">
        Share
      </a>{' '}
      <MarkButton mark="dismiss" paperId={paper.id} className="btn">
        Not for me
      </MarkButton>{' '}
      <Citations paper={citation} path={paperPath(paper.id)} />
    </div>
  );
}
