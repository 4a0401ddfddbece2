export const FIELDS = ['title', 'author', 'tag', 'cat', 'after', 'before', 'has', 'id'] as const;
export type Field = (typeof FIELDS)[number];
export const SORTS = ['relevance', 'new', 'trending', 'top'] as const;
export type Sort = (typeof SORTS)[number];

/** One part of a query as it was understood: shown as one chip, removable alone. */
export interface Clause {
  /** `word`, `prefix` and `phrase` are ranked, required or not; everything else filters. */
  kind: 'word' | 'prefix' | 'phrase' | Field;
  /** Canonical: see fields.ts. */
  value: string;
  exclude: boolean;
  /** Of a word, prefix or phrase: it filters, too. */
  require?: true;
}

export interface SearchQuery {
  clauses: Clause[];
  /** Null: by relevance where there is something to rank, else newest first. */
  sort: Sort | null;
}

/** The ids that a query asks for. */
export const idsIn = ({ clauses }: SearchQuery): string[] =>
  clauses.flatMap(({ kind, value, exclude }) => (kind === 'id' && !exclude ? [value] : []));

/** Whether the query is words and ids alone: nothing in it filters or excludes. */
export const isText = ({ clauses }: SearchQuery): boolean =>
  clauses.every(
    ({ kind, exclude, require }) =>
      !exclude && !require && ['word', 'prefix', 'phrase', 'id'].includes(kind),
  );

/** A clause as one types it; `parseQuery` reads it back as the same clause. */
export function formatClause({ kind, value, exclude, require }: Clause): string {
  const sign = exclude ? '-' : require ? '+' : '';
  if (kind === 'phrase') return `${sign}"${value}"`;
  // In capitals it would exclude the next clause.
  if (kind === 'word') return sign + (value === 'NOT' ? 'not' : value);
  if (kind === 'prefix') return `${sign}${value}*`;
  return `${sign}${kind}:${/\s/.test(value) ? `"${value}"` : value}`;
}

/** The query in its canonical spelling. */
export function formatQuery({ clauses, sort }: SearchQuery): string {
  return [...clauses.map(formatClause), ...(sort ? [`sort:${sort}`] : [])].join(' ');
}

/** Where a query is answered. */
export const searchPath = (query: string) => `/search?q=${encodeURIComponent(query)}`;

/** The query without its clause number `index`: where the cross on that chip leads. */
export function withoutClause(query: SearchQuery, index: number): SearchQuery {
  return { ...query, clauses: query.clauses.filter((_, i) => i !== index) };
}
