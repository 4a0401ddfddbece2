import { Why } from '@/components/feed/Why';
import { PaperRow } from '@/components/paper/PaperRow';
import type { FeedPaper } from '@/lib/feed/query';
import { ordinal } from '@/lib/feed/reason';
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
  const { signals, gains } = paper;
  const reported = (kind: string) => signals.find((signal) => signal.kind === kind)?.value;
  const place = reported('listing-place');
  return (
    <PaperRow
      paper={paper}
      now={now}
      filedAt={paper.feedAt}
      chosen={chosen}
      lead={lead}
      heading={heading}
      comments={reported('comments')}
      signal={{
        upvotes: reported('upvotes') ?? null,
        gains,
        listed: place === undefined ? null : `listed ${ordinal(place)}`,
      }}
      why={
        <Why reason={paper.reason} why={paper.why} name={shorten(plainMaths(paper.title), 60)} />
      }
    />
  );
}
