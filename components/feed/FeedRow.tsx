import { Why } from '@/components/feed/Why';
import { PaperRow, type PaperRowProps } from '@/components/paper/PaperRow';
import { reported, rowSignal } from '@/components/paper/row-signal';
import type { FeedPaper } from '@/lib/feed/query';
import { shorten } from '@/lib/papers/display';
import { plainMaths } from '@/lib/papers/tex/plain-text';

/** A paper in a feed, with its interest in the gutter and the reason for its place. */
export function FeedRow(
  props: { paper: FeedPaper } & Pick<
    PaperRowProps,
    'now' | 'chosen' | 'lead' | 'note' | 'heading' | 'title' | 'authors' | 'snippet'
  >,
) {
  const { paper } = props;
  return (
    <PaperRow
      {...props}
      filedAt={paper.feedAt}
      comments={reported(paper, 'comments')}
      signal={rowSignal(paper)}
      why={
        <Why reason={paper.reason} why={paper.why} name={shorten(plainMaths(paper.title), 60)} />
      }
    />
  );
}
