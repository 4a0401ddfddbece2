import type { ReactNode } from 'react';
import { Authors } from '@/components/paper/Authors';
import { PaperActions } from '@/components/paper/PaperActions';
import { PaperHistory } from '@/components/paper/PaperHistory';
import { RichText } from '@/components/paper/RichText';
import { RowGutter, type RowSignal } from '@/components/paper/RowGutter';
import { Notice } from '@/components/ui/Notice';
import { dayName, isoDay } from '@/lib/calendar/day-names';
import type { Cited } from '@/lib/citations/cited';
import { doiUrl, pagesElsewhere, webUrl } from '@/lib/papers/display';
import type { Paper } from '@/lib/papers/paper';
import { oneSentence } from '@/lib/papers/summary';
import { bySpecificity, tagBySlug } from '@/lib/tags/taxonomy';

interface PaperPageProps {
  paper: Paper;
  citation: Cited;
  signal: RowSignal;
  comments: number;
  now: Date;
  /** Why the paper stands where it stands in the feed. */
  why: ReactNode;
  /** The tags with the words that they stand on. */
  tags: ReactNode;
  /** The papers beside it in lists. */
  beside: ReactNode;
  /** Beside the paper on wide screens: papers like it, the way to get them by mail. */
  aside: ReactNode;
}

/** Everything kept about one paper: its row, enlarged, with the same gutter. */
export function PaperPage(props: PaperPageProps) {
  const { paper, citation, signal, comments, now, why, tags, beside, aside } = props;
  return (
    <div className="feed">
      <article className="list first art">
        <div className="art-head">
          <RowGutter signal={signal} paperId={paper.id} name="this paper" now={now} />
          {paper.withdrawnAt && (
            <Notice>This paper was withdrawn on {dayName(paper.withdrawnAt)}.</Notice>
          )}
          <h1>
            <RichText text={paper.title} full />
          </h1>
          <Authors authors={paper.authors} />
          <Facts paper={paper} />
          <PaperActions paper={paper} citation={citation} comments={comments} />
          <TagLinks slugs={paper.tags} />
        </div>
        <Summary paper={paper} />
        <Abstract paper={paper} />
        {why}
        <div className="sec two-col">
          <PaperHistory paper={paper} />
          <Elsewhere paper={paper} />
        </div>
        {beside}
        {tags}
      </article>
      <div className="aside">{aside}</div>
    </div>
  );
}

function Facts({ paper }: { paper: Paper }) {
  const filed = paper.publishedAt ?? paper.firstSeenAt;
  const licence = webUrl(paper.license);
  return (
    <p className="line meta">
      {paper.arxivId && <span>arXiv {paper.arxivId}</span>}{' '}
      {paper.categories.map((category) => (
        <a key={category} className="cat" href={`/category/${category}`}>
          {category}
        </a>
      ))}{' '}
      <span>
        <time dateTime={isoDay(filed)}>{dayName(filed)}</time>
        {paper.revisedAt && (
          <>
            , revised <time dateTime={isoDay(paper.revisedAt)}>{dayName(paper.revisedAt)}</time>
          </>
        )}
      </span>{' '}
      <span>
        here since <time dateTime={isoDay(paper.firstSeenAt)}>{dayName(paper.firstSeenAt)}</time>
      </span>{' '}
      {paper.doi && <a href={doiUrl(paper.doi)}>DOI</a>} {licence && <a href={licence}>Licence</a>}{' '}
      {paper.journalRef && <span className="long">{paper.journalRef}</span>}{' '}
      {paper.comment && (
        <span className="long">
          <RichText text={paper.comment} links />
        </span>
      )}
    </p>
  );
}

/** All tags of a paper, the most specific first. */
function TagLinks({ slugs }: { slugs: readonly string[] }) {
  const sorted = bySpecificity(slugs);
  if (sorted.length === 0) return null;
  return (
    <ul className="tags wide-tags">
      {sorted.map((slug) => (
        <li key={slug}>
          <a className="tag" href={`/tags/${slug}`}>
            {tagBySlug(slug)?.name}
          </a>{' '}
        </li>
      ))}
      <li className="print:hidden">
        <a className="why-tags" href="#tags">
          Why these tags
        </a>
      </li>
    </ul>
  );
}

const WHOSE = {
  tldr: 'A summary from a source',
  abstract: 'The paper’s own sentence',
  summary: 'Written for this site, not by the authors',
};

function Summary({ paper }: { paper: Paper }) {
  const found = oneSentence(paper);
  // Of a text of one sentence, the same would stand twice.
  if (!found || found.sentence.length > 0.9 * paper.abstract.length) return null;
  return (
    <section className="tldr" aria-label="In one sentence">
      <p>
        <RichText text={found.sentence} full />
      </p>
      <p className="small">{WHOSE[found.from]}</p>
    </section>
  );
}

function Abstract({ paper }: { paper: Paper }) {
  const own = paper.abstractKind === 'abstract';
  return (
    <section aria-labelledby="abstract" className="sec">
      <h2 id="abstract">{own ? 'Abstract' : 'Summary'}</h2>
      {paper.abstract ? (
        paper.abstract.split(/\n{2,}/).map((paragraph) => (
          <p key={paragraph} className="abs">
            <RichText text={paragraph} full links />
          </p>
        ))
      ) : (
        <p className="small">No source has given an abstract yet.</p>
      )}
      {!own && paper.abstract && (
        <p className="small">Written for this site, not by the authors.</p>
      )}
    </section>
  );
}

function Elsewhere({ paper }: { paper: Paper }) {
  const pages = pagesElsewhere(paper);
  if (pages.length === 0) return null;
  return (
    <section aria-labelledby="elsewhere" className="print:hidden">
      <h2 id="elsewhere">Elsewhere</h2>
      <ul className="else">
        {pages.map(({ name, url }) => (
          <li key={name}>
            <a className="link" href={url}>
              {name}
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}
