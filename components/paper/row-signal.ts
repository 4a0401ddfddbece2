import type { RowSignal } from '@/components/paper/RowGutter';
import type { FeedPaper } from '@/lib/feed/query';
import { ordinal } from '@/lib/feed/reason';
import type { SignalKind } from '@/lib/papers/paper';

/** The latest count of a kind. */
export function reported({ signals }: FeedPaper, kind: SignalKind): number | undefined {
  return signals.find((signal) => signal.kind === kind)?.value;
}

/** What the gutter shows of a paper's interest. */
export function rowSignal(paper: FeedPaper): RowSignal {
  const place = reported(paper, 'listing-place');
  return {
    upvotes: reported(paper, 'upvotes') ?? null,
    gains: paper.gains,
    listed: place === undefined ? null : `listed ${ordinal(place)}`,
  };
}
