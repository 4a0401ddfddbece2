import { Why } from '@/components/feed/Why';
import { PaperRow } from '@/components/paper/PaperRow';
import { reported, rowSignal } from '@/components/paper/row-signal';
import type { FeedPaper } from '@/lib/feed/query';
import { shorten } from '@/lib/papers/display';
import { plainMaths } from '@/lib/papers/tex/plain-text';

/** A paper in a feed, with its interest in the gutter and the reason for its place. */
export function FeedRow({
  paper,
  now,
  chosen,
  lead,
  heading,
}: {
  paper: FeedPaper;
  now: Date;
  chosen?: readonly string[];
  lead?: boolean;
  heading?: 'h2' | 'h3';
}) {
  return (
    <PaperRow
      paper={paper}
      now={now}
      filedAt={paper.feedAt}
      chosen={chosen}
      lead={lead}
      heading={heading}
      comments={reported(paper, 'comments')}
      signal={rowSignal(paper)}
      why={
        <Why reason={paper.reason} why={paper.why} name={shorten(plainMaths(paper.title), 60)} />
      }
    />
  );
}
