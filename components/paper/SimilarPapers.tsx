import { RichText } from '@/components/paper/RichText';
import { dayName, isoDay } from '@/lib/calendar/day-names';
import { authorLine } from '@/lib/papers/display';
import type { Paper } from '@/lib/papers/paper';
import { paperPath } from '@/lib/papers/paper-address';
import { plainMaths } from '@/lib/papers/tex/plain-text';

/** Papers about the same subject, beside one paper. */
export function SimilarPapers({ papers }: { papers: readonly Paper[] }) {
  if (papers.length === 0) return null;
  return (
    <nav aria-labelledby="similar" className="print:hidden">
      <h2 id="similar" className="text-lg">
        More like this
      </h2>
      <ul className="mt-2 grid grid-cols-1 gap-3">
        {papers.map((paper) => (
          <li key={paper.id}>
            <a
              href={paperPath(paper.id)}
              aria-label={plainMaths(paper.title)}
              className="font-serif font-semibold hover:text-accent"
            >
              <RichText text={paper.title} />
            </a>
            <p className="text-sm text-muted">
              {paper.authors.length > 0 && `${authorLine(paper.authors)}, `}
              <time dateTime={isoDay(paper.publishedAt ?? paper.firstSeenAt)}>
                {dayName(paper.publishedAt ?? paper.firstSeenAt)}
              </time>
            </p>
          </li>
        ))}
      </ul>
    </nav>
  );
}
