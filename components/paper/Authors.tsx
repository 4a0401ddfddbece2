import { Fragment } from 'react';
import { authorPath } from '@/lib/search/author';

/** Longer lists are folded: so many names, how many more, and the last. */
const MOST = 12;
const FIRST = 10;

/** All authors in order, each linked to the author's page. */
export function Authors({ authors }: { authors: readonly string[] }) {
  if (authors.length === 0) return null;
  if (authors.length <= MOST) {
    return (
      <p className="authors">
        <Names authors={authors} />
      </p>
    );
  }
  const folded = authors.slice(FIRST, -1);
  return (
    <div className="authors">
      <Names authors={authors.slice(0, FIRST)} goesOn />
      <details>
        <summary>and {folded.length.toLocaleString('en')} more</summary>
        <Names authors={folded} goesOn />
      </details>{' '}
      <Names authors={authors.slice(-1)} />
    </div>
  );
}

/** Each name keeps its comma on its line. */
function Names({ authors, goesOn = false }: { authors: readonly string[]; goesOn?: boolean }) {
  return authors.map((name, index) => {
    const path = authorPath(name);
    return (
      // biome-ignore lint/suspicious/noArrayIndexKey: two authors may have one name
      <Fragment key={index}>
        <span>
          {path === null ? name : <a href={path}>{name}</a>}
          {(goesOn || index < authors.length - 1) && ','}
        </span>{' '}
      </Fragment>
    );
  });
}
