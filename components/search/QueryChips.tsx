import { Chip } from '@/components/ui/Chip';
import {
  formatClause,
  formatQuery,
  type SearchQuery,
  searchPath,
  withoutClause,
} from '@/lib/search/query/clause';

/** The query as it was understood: a chip for each part, with a link that searches without it. */
export function QueryChips({ query }: { query: SearchQuery }) {
  if (query.clauses.length < 2 && query.clauses[0]?.kind === 'word') return null;
  return (
    <ul aria-label="Parts of this search" className="mt-3 flex flex-wrap gap-2">
      {query.clauses.map((clause, i) => {
        const text = formatClause(clause);
        const rest = formatQuery(withoutClause(query, i));
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: the same word may stand there twice
          <li key={`${text} ${i}`}>
            <Chip removeHref={searchPath(rest)} removeLabel={`Remove ${text}`}>
              {text}
            </Chip>
          </li>
        );
      })}
    </ul>
  );
}
