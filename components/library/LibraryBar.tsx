import { ChipLink } from '@/components/feed/ChipLink';
import { ChosenFilter } from '@/components/feed/ChosenFilter';
import type { ReadingState } from '@/lib/db/generated/enums';
import { type ShelfRow, STATES } from '@/lib/readers/library-store';
import { type LibraryView, libraryPath, STATE_NAMES } from '@/lib/readers/library-view';
import type { LibraryCounts } from '@/lib/readers/shelf-store';

interface LibraryBarProps {
  view: LibraryView;
  shelves: readonly ShelfRow[];
  counts: LibraryCounts;
}

/** Labels that have a chip of their own. */
const MOST_LABELS = 6;

/** Which shelf is shown, and what of it: reading state, labels, notes. */
export function LibraryBar({ view, shelves, counts }: LibraryBarProps) {
  const whole: LibraryView = { ...view, state: null, label: null, noted: false };
  const shelf = shelves.find(({ slug }) => slug === view.shelf);
  const isAll = libraryPath(whole) === libraryPath(view);
  return (
    <nav className="bar" aria-label="Parts of the library">
      <div className="bar-in">
        <details className="menu first">
          <summary>
            <span className="sr-only">Shelf: </span>
            {shelf?.name ?? 'All shelves'}
          </summary>
          <ul className="drop">
            <li>
              <a href="/library" aria-current={view.shelf === null ? 'page' : undefined}>
                All shelves
              </a>{' '}
            </li>
            {shelves.map(({ slug, name, papers }) => (
              <li key={slug}>
                <a
                  href={`/library/${slug}`}
                  aria-current={view.shelf === slug ? 'page' : undefined}
                >
                  {name} <span className="n">{papers}</span>
                </a>{' '}
              </li>
            ))}
          </ul>
        </details>
        <ul className="chips">
          <li>
            <a
              className="chip all"
              href={libraryPath(whole)}
              aria-current={isAll ? 'page' : undefined}
            >
              All <span className="n">{counts.papers}</span>
            </a>{' '}
          </li>
          {STATES.map((state: ReadingState) => (
            <Part
              key={state}
              name={STATE_NAMES[state]}
              papers={counts.states[state]}
              isOn={view.state === state}
              href={libraryPath({ ...view, state: view.state === state ? null : state })}
            />
          ))}
          {counts.labels.slice(0, MOST_LABELS).map(({ label, papers }) => (
            <Part
              key={`label ${label}`}
              name={label}
              papers={papers}
              isOn={view.label === label}
              href={libraryPath({ ...view, label: view.label === label ? null : label })}
            />
          ))}
          {counts.noted > 0 && (
            <Part
              name="With a note"
              papers={counts.noted}
              isOn={view.noted}
              href={libraryPath({ ...view, noted: !view.noted })}
            />
          )}
        </ul>
        <span className="grow" />
      </div>
    </nav>
  );
}

function Part({
  name,
  papers,
  isOn,
  href,
}: {
  name: string;
  papers: number;
  isOn: boolean;
  href: string;
}) {
  const link = { href, nofollow: true };
  if (isOn) {
    return <ChosenFilter chip={{ label: name, name, kind: 'with', turn: null, remove: link }} />;
  }
  return (
    <li>
      <ChipLink className="chip" link={link}>
        {name} <span className="n">{papers}</span>
      </ChipLink>{' '}
    </li>
  );
}
