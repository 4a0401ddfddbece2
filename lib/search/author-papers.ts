import type { Db } from '@/lib/db/sql';
import { authorSearch } from '@/lib/search/author';
import { type Author, findAuthor } from '@/lib/search/author-query';
import type { Facets } from '@/lib/search/facets';
import type { Count } from '@/lib/search/rank/page';
import { search } from '@/lib/search/search';

/** An author with a page of the papers, the newest first. */
export interface AuthorPapers extends Author {
  /** In the query language: finds the same papers. */
  search: string;
  total: Count;
  /** Of the papers that were counted. */
  facets: Facets;
  ids: number[];
  next: string | null;
}

/** More would be a list of everything that anybody of the name ever touched. */
const MOST_TAGS = 12;

/** Null where no paper has the name, and where `after` is no `next` of the author's pages. */
export async function authorPapers(
  db: Db,
  key: string,
  { limit, after = null }: { limit: number; after?: string | null },
): Promise<AuthorPapers | null> {
  const author = await findAuthor(db, key);
  if (!author) return null;
  const text = authorSearch(author.name);
  const asked = search(db, text, { limit, after, sort: 'new', count: true, exact: true });
  const { ids, next, total, startedOver } = await asked.page();
  if (startedOver) return null;
  const facets = await asked.facets();
  return {
    ...author,
    search: text,
    total: total?.whole ?? { count: ids.length, more: next !== null },
    facets: { ...facets, tags: facets.tags.slice(0, MOST_TAGS) },
    ids,
    next,
  };
}
