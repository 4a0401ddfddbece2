import { EmptyState } from '@/components/ui/EmptyState';
import { type Feed, feedPath, isFiltered, makeFeed } from '@/lib/feed/filters';
import { laggingNotice } from '@/lib/feed/labels';
import type { LaggingSource } from '@/lib/feed/lag-query';
import { quietPeriod } from '@/lib/feed/quiet-days';

/** In place of a list without papers: why that is, and where there are some. */
export function NoPapers({
  feed,
  lagging,
  now,
}: {
  feed: Feed;
  lagging: readonly LaggingSource[];
  now: Date;
}) {
  const { period } = feed;
  const reason = period && quietPeriod(period, now);
  return (
    <EmptyState title="No papers">
      <p>
        {reason ??
          (isFiltered(feed)
            ? 'No paper fits all of these filters.'
            : period
              ? 'None are filed under this time.'
              : 'There are none yet.')}
      </p>
      {lagging.length > 0 && (
        <p>
          {lagging.map(laggingNotice).join(' ')}{' '}
          <a className="link" href="/status">
            State of all sources
          </a>
        </p>
      )}
      {period && isFiltered(feed) && (
        <p>
          <a className="link" href={feedPath(makeFeed({ period }))}>
            All papers of this time
          </a>
        </p>
      )}
      {period && (
        <p>
          <a className="link" href={feedPath(makeFeed({ ...feed, period: null, window: 'all' }))}>
            The same of all time
          </a>
        </p>
      )}
    </EmptyState>
  );
}
