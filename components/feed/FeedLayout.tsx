import type { ReactNode } from 'react';
import { SubscribeBox } from '@/components/site/SubscribeBox';
import { Pager } from '@/components/ui/Pager';
import { type TabLink, TabLinks } from '@/components/ui/Tabs';

interface FeedLayoutProps {
  /** "Trending", "New papers on Parameter-efficient fine-tuning". */
  title: ReactNode;
  /** One line under the title: the window, what the order means. */
  lede?: ReactNode;
  /** Trending, New, Top … of the same tags. */
  views: TabLink[];
  /** Day, week, month … where the view has windows. */
  windows?: TabLink[];
  /** The tags the feed is about: a subscription from here starts with them. */
  tags?: readonly { slug: string; name: string }[];
  /** Above the list: the tag's definition and neighbours. */
  header?: ReactNode;
  /** Beside the list on wide screens, under it on narrow ones. */
  aside?: ReactNode;
  /** Paths of the Atom and JSON feeds of this list. */
  feeds?: { atom: string; json: string };
  first?: string | null;
  next?: string | null;
  /** A `PaperList`, or an `EmptyState`. */
  children: ReactNode;
}

/** A page of papers: what it is, how else it can be cut, the papers, the way to subscribe to it. */
export function FeedLayout(props: FeedLayoutProps) {
  const { title, lede, views, windows, tags, header, aside, feeds, first, next, children } = props;
  return (
    <div className="feed">
      <div className="feed-head">
        <h1 className="text-2xl">{title}</h1>
        {lede && <p className="mt-0.5 text-base text-muted">{lede}</p>}
        <div className="print:hidden mt-2 flex flex-wrap gap-x-8">
          <TabLinks label="View" links={views} />
          {windows && windows.length > 0 && <TabLinks label="Window" links={windows} />}
        </div>
        {header}
      </div>
      <div className="feed-box">
        <SubscribeBox tags={tags} />
        {feeds && (
          <p className="print:hidden mt-2 text-muted">
            Or follow by{' '}
            <a className="link" href={feeds.atom}>
              Atom
            </a>{' '}
            or{' '}
            <a className="link" href={feeds.json}>
              JSON Feed
            </a>
            .
          </p>
        )}
      </div>
      <div className="feed-list">
        {children}
        <Pager first={first} next={next} />
      </div>
      {aside && <div className="feed-aside">{aside}</div>}
    </div>
  );
}
