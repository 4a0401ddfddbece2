import type { ReactNode } from 'react';
import { FollowButton, type FollowTarget } from '@/components/site/FollowButton';
import { fullDayName } from '@/lib/calendar/day-names';
import type { FeedFacets } from '@/lib/feed/facet-query';
import { type Feed, isFiltered } from '@/lib/feed/filters';
import {
  capitalised,
  feedTitle,
  filterTitle,
  laggingNotice,
  WINDOW_NAMES,
} from '@/lib/feed/labels';
import type { LaggingSource } from '@/lib/feed/lag-query';
import { feedQuery } from '@/lib/feed/list-terms';

interface DatelineProps {
  feed: Feed;
  facets: FeedFacets;
  /** Silent sources, where that matters. */
  lagging: readonly LaggingSource[];
  /** Of what is listed: by mail, and as a feed. */
  links: { mail: string; feed: string };
  nameOf: (slug: string) => string;
  /** The front page has the day for a heading. */
  isFront: boolean;
  now: Date;
}

/** One line under the masthead: what the page lists, how many there are, how to follow it. */
export function Dateline(props: DatelineProps) {
  const { feed, facets, lagging, links, nameOf, isFront, now } = props;
  const { today, windows, total } = facets;
  const mail = <a href={links.mail}>Get this by mail</a>;
  const target = targetOf(feed);
  return (
    <div className="date">
      {isFront ? (
        <>
          <h1 className="sr-only">Trending papers</h1>
          <p className="day">{fullDayName(now)}</p>
        </>
      ) : (
        <h1>{headingOf(feed, nameOf)}</h1>
      )}{' '}
      <div className="said">
        {isFront ? (
          <p>
            <b>{today.toLocaleString('en')} new</b> today
            <span className="wide">, {windows.week.toLocaleString('en')} this week</span>
          </p>
        ) : (
          <p>
            <b>
              {total.toLocaleString('en')} {total === 1 ? 'paper' : 'papers'}
            </b>{' '}
            {feed.period ? '' : WINDOW_NAMES[feed.window].toLowerCase()}
            {today > 0 && <span className="wide">, {today.toLocaleString('en')} new today</span>}
          </p>
        )}{' '}
        {lagging.length > 0 && (
          <p>
            <a href="/status">{lagging.map(laggingNotice).join(' ')}</a>
          </p>
        )}{' '}
        {!isFront && (
          <Follow>
            {target ? (
              <FollowButton target={target} label={`Follow this ${target.kind}`} className="link">
                {mail}
              </FollowButton>
            ) : (
              mail
            )}{' '}
            <a href={links.feed}>Feed of this</a>
          </Follow>
        )}
      </div>
    </div>
  );
}

/** What of a list can be followed: one tag, one category, or its whole filter as a search. */
function targetOf(feed: Feed): FollowTarget | null {
  if (!isFiltered(feed)) return null;
  const query = feedQuery(feed);
  const [tag] = feed.tags;
  if (query === `tag:${tag}`) return { kind: 'tag', value: tag! };
  if (query === `cat:${feed.category}`) return { kind: 'category', value: feed.category! };
  return { kind: 'search', value: query };
}

function Follow({ children }: { children: ReactNode }) {
  return <p className="follow">{children}</p>;
}

function headingOf(feed: Feed, nameOf: (slug: string) => string): string {
  if (!isFiltered(feed) || feed.period || feed.view !== 'trending') return feedTitle(feed, nameOf);
  return capitalised(filterTitle(feed, nameOf));
}
