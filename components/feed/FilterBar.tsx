import { ChipLink } from '@/components/feed/ChipLink';
import { ChosenFilter } from '@/components/feed/ChosenFilter';
import { TagPanel } from '@/components/feed/TagPanel';
import { ViewMenu } from '@/components/feed/ViewMenu';
import type { FilterChips } from '@/lib/feed/chips';
import type { FeedFacets } from '@/lib/feed/facet-query';
import { type Feed, feedPath, makeFeed } from '@/lib/feed/filters';
import { WINDOW_NAMES } from '@/lib/feed/labels';
import { periodName, WINDOWS } from '@/lib/feed/periods';
import { tagIndexPath } from '@/lib/feed/tag-index';

interface FilterBarProps {
  feed: Feed;
  facets: FeedFacets;
  chips: FilterChips;
}

/** What the list shows, and each way to show more or less: links alone. Sticks to the top. */
export function FilterBar({ feed, facets, chips }: FilterBarProps) {
  const isFiltered = chips.chosen.length > 0;
  return (
    <nav className="bar" aria-label="Filter">
      <div className="bar-in">
        <WindowMenu feed={feed} facets={facets} />
        <ul className="chips">
          {!isFiltered && (
            <li>
              <a className="chip all" href={feedPath(feed)} aria-current="page">
                All <Count>{facets.total.toLocaleString('en')}</Count>
              </a>{' '}
            </li>
          )}
          {chips.chosen.map((chip) => (
            <ChosenFilter key={chip.label} chip={chip} />
          ))}
          {isFiltered && (
            <li>
              <a className="clear" href={chips.clear.href}>
                Clear
              </a>{' '}
            </li>
          )}
          {chips.available.map(({ slug, label, count, ...link }) => (
            <li key={slug}>
              <ChipLink className="chip" link={link}>
                {label} <Count>{count}</Count>
              </ChipLink>{' '}
            </li>
          ))}
          {chips.code && (
            <li className="grp">
              <ChipLink className="chip" link={chips.code}>
                Has code <Count>{chips.code.count}</Count>
              </ChipLink>{' '}
            </li>
          )}
        </ul>
        {chips.takesMore && <TagPanel href={tagIndexPath(feed)} />}
        <span className="grow" />
        <ViewMenu />
      </div>
    </nav>
  );
}

function WindowMenu({ feed, facets }: Pick<FilterBarProps, 'feed' | 'facets'>) {
  return (
    <details className="menu first">
      <summary>
        <span className="sr-only">Time: </span>
        {feed.period ? periodName(feed.period) : WINDOW_NAMES[feed.window]}
      </summary>
      <ul className="drop">
        {WINDOWS.map((window) => {
          const count = facets.windows[window];
          const isCurrent = !feed.period && feed.window === window;
          const text = (
            <>
              {WINDOW_NAMES[window]} <Count>{count.toLocaleString('en')}</Count>
            </>
          );
          return (
            <li key={window}>
              {count > 0 || isCurrent ? (
                <a
                  href={feedPath(makeFeed({ ...feed, window, period: null }))}
                  aria-current={isCurrent ? 'page' : undefined}
                >
                  {text}
                </a>
              ) : (
                <span className="none">{text}</span>
              )}{' '}
            </li>
          );
        })}
      </ul>
    </details>
  );
}

function Count({ children }: { children: string }) {
  return <span className="n">{children}</span>;
}
