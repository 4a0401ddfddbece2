import type { Db } from '@/lib/db/sql';
import { search } from '@/lib/search/search';
import type { SearchPapers } from './compose';

/** Of a busy month, still all hits of a saved search. */
const MOST_NEW = 300;
const MOST_STANDING = 50;

/**
 * Saved searches, by the search page's own engine: newest first, unless the search says otherwise. Papers
 * with all words and phrases only, as spelt: nobody wants looser matches in the mail.
 */
export function searchPapersFor(db: Db): SearchPapers {
  return async (text, since) => {
    const options =
      since === null ? { limit: MOST_STANDING } : { limit: MOST_NEW, sort: 'new' as const };
    return (await search(db, text, { ...options, exact: true }).page()).ids;
  };
}
