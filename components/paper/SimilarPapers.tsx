import { RichText } from '@/components/paper/RichText';
import { RowTags } from '@/components/paper/RowTags';
import { reported } from '@/components/paper/row-signal';
import { dayName, isoDay } from '@/lib/calendar/day-names';
import type { FeedPaper } from '@/lib/feed/query';
import { compactCount } from '@/lib/papers/display';
import { paperPath } from '@/lib/papers/paper-address';
import { plainMaths } from '@/lib/papers/tex/plain-text';

/** Papers about the same subject, beside one paper. */
export function SimilarPapers({ papers }: { papers: readonly FeedPaper[] }) {
  if (papers.length === 0) return null;
  return (
    <section aria-labelledby="similar" className="print:hidden">
      <h2 id="similar">More like this</h2>
      <ul>
        {papers.map((paper) => (
          <Similar key={paper.id} paper={paper} />
        ))}
      </ul>
    </section>
  );
}

function Similar({ paper }: { paper: FeedPaper }) {
  const upvotes = reported(paper, 'upvotes') ?? null;
  const filed = paper.publishedAt ?? paper.firstSeenAt;
  const [first, last] = [paper.authors[0], paper.authors.at(-1)];
  return (
    <li className="like">
      <span className="ln">
        {upvotes === null ? '–' : compactCount(upvotes)}
        <span className="sr-only"> {upvotes === 1 ? 'upvote' : 'upvotes'}</span>
      </span>
      <div>
        <h3>
          <a href={paperPath(paper.id)} aria-label={plainMaths(paper.title)}>
            <RichText text={paper.title} />
          </a>
        </h3>
        <p className="small">
          <time dateTime={isoDay(filed)}>{dayName(filed)}</time>
          {first && ` · ${first}`}
          {paper.authors.length > 1 && `${paper.authors.length > 2 ? ' …' : ','} ${last}`}
          {paper.authors.length > 2 && ` (${paper.authors.length})`}
        </p>
        <RowTags tags={paper.tags} />
      </div>
    </li>
  );
}
