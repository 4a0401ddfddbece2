import type { Facets } from '@/lib/search/facets';
import { type Clause, formatQuery, type SearchQuery, searchPath } from '@/lib/search/query/clause';

/**
 * Ways to narrow a search down, by tag and by year, with how many papers each leaves: of the best matches
 * where there are more than were counted.
 */
export function SearchFacets({
  facets,
  query,
  hasMore,
}: {
  facets: Facets;
  query: SearchQuery;
  hasMore: boolean;
}) {
  const tags = facets.tags.filter(
    ({ slug }) => !query.clauses.some((c) => c.kind === 'tag' && c.value === slug),
  );
  return (
    <>
      {hasMore && facets.papers > 0 && (
        <p className="mt-6 text-sm text-muted">
          Counts are of the first {facets.papers.toLocaleString('en')} papers found.
        </p>
      )}
      <FacetList
        title="Narrow by tag"
        items={tags.map(({ slug, name, count }) => ({
          href: narrowed(query, [{ kind: 'tag', value: slug, exclude: false }]),
          name,
          count,
        }))}
      />
      <FacetList
        title="Narrow by year"
        items={
          facets.years.length < 2
            ? []
            : facets.years.map(({ year, count }) => ({
                href: narrowed(query, [
                  { kind: 'after', value: String(year), exclude: false },
                  { kind: 'before', value: String(year + 1), exclude: false },
                ]),
                name: String(year),
                count,
              }))
        }
      />
    </>
  );
}

function narrowed(query: SearchQuery, clauses: Clause[]): string {
  const narrower = { ...query, clauses: [...query.clauses, ...clauses] };
  return searchPath(formatQuery(narrower));
}

function FacetList({
  title,
  items,
}: {
  title: string;
  items: { href: string; name: string; count: number }[];
}) {
  if (items.length === 0) return null;
  return (
    <nav aria-label={title} className="mt-6">
      <h2 className="text-base font-semibold">{title}</h2>
      <ul className="mt-1 grid grid-cols-1">
        {items.map(({ href, name, count }) => (
          <li key={href}>
            <a href={href} rel="nofollow" className="target quiet-link justify-between gap-4">
              {name} <span className="text-muted tabular-nums">{count}</span>
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
