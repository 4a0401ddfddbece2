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
  const upvotes = reported(paper, 'upvotes');
  const votes = reported(paper, 'votes') ?? 0;
  return {
    upvotes: upvotes === undefined && votes === 0 ? null : (upvotes ?? 0) + votes,
    gains: paper.gains,
    listed: place === undefined ? null : `listed ${ordinal(place)}`,
  };
}
