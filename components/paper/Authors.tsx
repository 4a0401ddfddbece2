import { searchPath } from '@/lib/search/query/clause';

/** So many are named at once; the rest of a longer list opens in place. */
const NAMED = 20;

/** All authors in order, each linked to a search for the name. */
export function Authors({ authors }: { authors: readonly string[] }) {
  if (authors.length === 0) return null;
  const rest = authors.slice(NAMED);
  return (
    <div className="text-base">
      <Names authors={authors.slice(0, NAMED)} more={rest.length > 0} />
      {rest.length > 0 && (
        <details>
          <summary className="target cursor-pointer text-accent">
            and {rest.length} more {rest.length === 1 ? 'author' : 'authors'}
          </summary>
          <Names authors={rest} more={false} />
        </details>
      )}
    </div>
  );
}

function Names({ authors, more }: { authors: readonly string[]; more: boolean }) {
  return (
    <p className="text-pretty">
      {authors.map((name, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two authors may have one name
        <span key={index}>
          <a className="quiet-link" href={authorSearch(name)}>
            {name}
          </a>
          {(more || index < authors.length - 1) && ', '}
        </span>
      ))}
    </p>
  );
}

function authorSearch(name: string): string {
  return searchPath(`author:"${name.replaceAll('"', '')}"`);
}
