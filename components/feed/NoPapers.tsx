import { EmptyState } from '@/components/ui/EmptyState';
import type { FilterLink } from '@/lib/feed/chips';
import { type Feed, feedPath, isFiltered, makeFeed } from '@/lib/feed/filters';
import { laggingNotice, WINDOW_SPANS } from '@/lib/feed/labels';
import type { LaggingSource } from '@/lib/feed/lag-query';
import { quietPeriod, quietWindow } from '@/lib/feed/quiet-days';

interface NoPapersProps {
  feed: Feed;
  lagging: readonly LaggingSource[];
  /** Parts of the filter without which there are papers, the most first. */
  drops: readonly (FilterLink & { name: string; papers: number })[];
  /** Whether there are any papers at all. */
  isCatalogueEmpty: boolean;
  /** Pauses are named only where sources are on, which would have brought papers. */
  sourcesAreOn: boolean;
  now: Date;
}

/** In place of a list without papers: why that is, and where there are some. */
export function NoPapers(props: NoPapersProps) {
  const { feed, lagging, drops, isCatalogueEmpty, sourcesAreOn, now } = props;
  if (isCatalogueEmpty) return <NoCatalogue />;
  const { period } = feed;
  const quiet = period ? quietPeriod(period, now) : quietWindow(feed.window, now);
  const [most] = drops;
  return (
    <EmptyState title="No papers">
      {isFiltered(feed) ? (
        <p>
          No papers match all of these filters
          {period || feed.window === 'all' ? '' : ` in ${WINDOW_SPANS[feed.window]}`}.
          {most && (
            <>
              {' '}
              <a className="link" href={most.href}>
                Drop {most.name}
              </a>{' '}
              to see {most.papers.toLocaleString('en')}.
            </>
          )}
        </p>
      ) : (
        <p>
          {sourcesAreOn && quiet
            ? quiet
            : period
              ? 'No papers are filed under this date.'
              : `No papers from ${WINDOW_SPANS[feed.window]}.`}
        </p>
      )}
      {lagging.length > 0 && (
        <p>
          {lagging.map(laggingNotice).join(' ')}{' '}
          <a className="link" href="/status">
            Status of all sources
          </a>
        </p>
      )}
      {period && isFiltered(feed) && (
        <p>
          <a className="link" href={feedPath(makeFeed({ period }))}>
            All papers from this time
          </a>
        </p>
      )}
      {(period || (isFiltered(feed) && feed.window !== 'all')) && (
        <p>
          <a className="link" href={feedPath(makeFeed({ ...feed, period: null, window: 'all' }))}>
            The same for all time
          </a>
        </p>
      )}
    </EmptyState>
  );
}

function NoCatalogue() {
  return (
    <EmptyState title="No papers yet">
      <p>This catalogue is empty. If you run this site, fill it with one of these:</p>
      <ul className="mt-2 list-disc ps-5">
        <li>
          <code>npm run cli -- sources on</code> reads new papers from arXiv and the daily papers;
        </li>
        <li>
          <code>npm run cli -- import FILE-OR-URL</code> reads a page of trending papers, BibTeX or
          a list of arXiv ids;
        </li>
        <li>
          <code>npm run cli -- sample load</code> loads 98 papers to look around with.
        </li>
      </ul>
    </EmptyState>
  );
}
