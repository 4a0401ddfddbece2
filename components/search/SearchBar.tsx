import { ChipLink } from '@/components/feed/ChipLink';
import { ChosenFilter } from '@/components/feed/ChosenFilter';
import { ViewMenu } from '@/components/feed/ViewMenu';
import type { Choice, SearchChips } from '@/lib/search/narrow';
import {
  formatQuery,
  type SearchQuery,
  SORTS,
  type Sort,
  searchPath,
} from '@/lib/search/query/clause';

const SORT_NAMES: Record<Sort, string> = {
  relevance: 'Best match',
  new: 'Newest',
  trending: 'Trending',
  top: 'Top',
};

interface SearchBarProps {
  query: SearchQuery;
  /** The order that the papers are in. */
  sort: Sort;
  chips: SearchChips;
  /** How many papers the counts are of, where that is not all of them. */
  counted: number | null;
}

/** The order of a search's papers, and each way to show more or fewer of them. Sticks to the top. */
export function SearchBar({ query, sort, chips, counted }: SearchBarProps) {
  return (
    <nav className="bar" aria-label="Filter">
      <div className="bar-in">
        <details className="menu first">
          <summary>
            <span className="sr-only">Order: </span>
            {SORT_NAMES[sort]}
          </summary>
          <ul className="drop">
            {SORTS.map((each) => (
              <li key={each}>
                <a
                  href={searchPath(formatQuery({ ...query, sort: each }))}
                  rel="nofollow"
                  aria-current={each === sort ? 'page' : undefined}
                >
                  {SORT_NAMES[each]}
                </a>{' '}
              </li>
            ))}
          </ul>
        </details>
        <ul className="chips">
          {chips.chosen.map((chip) => (
            <ChosenFilter key={chip.label} chip={chip} />
          ))}
          {chips.chosen.length > 1 && (
            <li>
              <ChipLink className="clear" link={chips.clear}>
                Clear
              </ChipLink>{' '}
            </li>
          )}
          {chips.available.map(({ label, count, ...link }) => (
            <li key={label}>
              <ChipLink className="chip" link={link}>
                {label} <span className="n">{count}</span>
              </ChipLink>{' '}
            </li>
          ))}
        </ul>
        {chips.groups.length > 0 && (
          <details className="menu narrow">
            <summary className="plus">Narrow</summary>
            <div className="panel">
              <div className="panel-head">
                <p>
                  Choose what papers must have, or – to leave it out.
                  {counted !== null &&
                    ` Counts cover the first ${counted.toLocaleString('en')} papers found.`}
                </p>
              </div>
              <div className="groups">
                {chips.groups.map(({ name, choices }) => (
                  <section key={name} className="group" aria-label={name}>
                    <h2>{name}</h2>
                    <ul>
                      {choices.map((choice) => (
                        <ChoiceLine key={choice.label} choice={choice} />
                      ))}
                    </ul>
                  </section>
                ))}
              </div>
            </div>
          </details>
        )}
        <span className="grow" />
        <ViewMenu />
      </div>
    </nav>
  );
}

function ChoiceLine({ choice: { label, count, add, leaveOut } }: { choice: Choice }) {
  return (
    <li>
      <ChipLink className="add" link={add}>
        <span>{label}</span> <span className="n">{count}</span>
      </ChipLink>{' '}
      {leaveOut && (
        <ChipLink className="ex" link={leaveOut} label={`Leave out ${label}`}>
          –
        </ChipLink>
      )}{' '}
    </li>
  );
}
