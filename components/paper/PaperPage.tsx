import type { ReactNode } from 'react';
import { Authors } from '@/components/paper/Authors';
import { Citations } from '@/components/paper/Citations';
import { paperPath } from '@/components/paper/PaperRow';
import { RichText } from '@/components/paper/RichText';
import { SubscribeBox } from '@/components/site/SubscribeBox';
import { Notice } from '@/components/ui/Notice';
import { dayName, isoDay } from '@/lib/calendar/day-names';
import type { Cited } from '@/lib/citations/cited';
import { arxivAbstractUrl, arxivPdfUrl, doiUrl, webUrl } from '@/lib/papers/display';
import type { Paper } from '@/lib/papers/paper';

interface PaperPageProps {
  paper: Paper;
  citation: Cited;
  /** The tags with the words that they stand on. */
  tags: ReactNode;
  /** Why the paper stands where it stands in the feed, in numbers. */
  why: ReactNode;
  similar: ReactNode;
}

/** Everything kept about one paper. */
export function PaperPage({ paper, citation, tags, why, similar }: PaperPageProps) {
  return (
    <div className="grid grid-cols-1 gap-y-10 lg:grid-cols-[minmax(0,1fr)_17rem] lg:gap-x-12">
      <article>
        {paper.withdrawnAt && (
          <div className="mb-4">
            <Notice>This paper was withdrawn on {dayName(paper.withdrawnAt)}.</Notice>
          </div>
        )}
        <h1 className="text-2xl text-pretty">
          <RichText text={paper.title} full />
        </h1>
        <div className="mt-2 grid grid-cols-1 gap-1">
          <Authors authors={paper.authors} />
          <Facts paper={paper} />
          <Links paper={paper} />
        </div>
        <AbstractSection paper={paper} />
        <div className="mt-8 grid grid-cols-1 gap-8">
          {tags}
          {why}
          <Citations paper={citation} path={paperPath(paper.id)} />
        </div>
      </article>
      <div className="grid grid-cols-1 content-start gap-8 border-rule lg:-ms-6 lg:border-s lg:ps-6">
        {similar}
        <SubscribeBox />
      </div>
    </div>
  );
}

function Facts({ paper }: { paper: Paper }) {
  const filed = paper.publishedAt ?? paper.firstSeenAt;
  return (
    <p className="facts">
      <span>
        {paper.publishedAt ? 'Published ' : 'First seen '}
        <time dateTime={isoDay(filed)}>{dayName(filed)}</time>
      </span>
      {paper.revisedAt && (
        <span>
          {paper.version && paper.version > 1 ? `version ${paper.version}, ` : 'revised '}
          <time dateTime={isoDay(paper.revisedAt)}>{dayName(paper.revisedAt)}</time>
        </span>
      )}
      {paper.categories.length > 0 && <span>{paper.categories.join(', ')}</span>}
      {paper.journalRef && <span>{paper.journalRef}</span>}
      {paper.comment && (
        <span>
          <RichText text={paper.comment} />
        </span>
      )}
    </p>
  );
}

function Links({ paper }: { paper: Paper }) {
  const links: [name: string, href: string | null][] = [
    [`arXiv:${paper.arxivId}`, paper.arxivId && arxivAbstractUrl(paper.arxivId)],
    ['PDF', paper.arxivId && arxivPdfUrl(paper.arxivId)],
    ['DOI', paper.doi && doiUrl(paper.doi)],
    ['Code', webUrl(paper.codeUrl)],
    ['Project', webUrl(paper.projectUrl)],
    ['Licence', webUrl(paper.license)],
  ];
  return (
    <ul className="flex flex-wrap gap-x-5 text-base">
      {links.map(
        ([name, href]) =>
          href && (
            <li key={name}>
              <a className="link target" href={href}>
                {name}
              </a>
            </li>
          ),
      )}
    </ul>
  );
}

function AbstractSection({ paper }: { paper: Paper }) {
  const own = paper.abstractKind === 'abstract';
  return (
    <section aria-labelledby="abstract" className="mt-6">
      <h2 id="abstract" className="text-lg">
        {own ? 'Abstract' : 'Summary'}
      </h2>
      {paper.tldr && (
        <p className="mt-1 max-w-measure border-s-2 border-rule ps-3 text-base text-muted">
          In short: <RichText text={paper.tldr} />
        </p>
      )}
      {paper.abstract ? (
        <div className="prose mt-1.5">
          {paper.abstract.split(/\n{2,}/).map((paragraph) => (
            <p key={paragraph}>
              <RichText text={paragraph} full />
            </p>
          ))}
        </div>
      ) : (
        <p className="mt-1 text-muted">No source has given an abstract yet.</p>
      )}
      {!own && paper.abstract && (
        <p className="mt-2 text-muted">Written for this site, not by the authors.</p>
      )}
    </section>
  );
}
