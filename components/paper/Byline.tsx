import { authorPath } from '@/lib/search/author';

/** First … last (number), each linked to the author's page. */
export function Byline({ authors }: { authors: readonly string[] }) {
  const [first] = authors;
  if (!first) return null;
  const last = authors.at(-1)!;
  return (
    <span className="by">
      <span className="nm">
        <Author name={first} />
        {authors.length > 1 && (
          <>
            {authors.length > 2 ? ' … ' : ', '}
            <Author name={last} />
          </>
        )}
      </span>{' '}
      {authors.length > 2 && <span>({authors.length})</span>}
    </span>
  );
}

function Author({ name }: { name: string }) {
  const path = authorPath(name);
  if (path === null) return name;
  return (
    <a href={path} rel="nofollow">
      {name}
    </a>
  );
}
