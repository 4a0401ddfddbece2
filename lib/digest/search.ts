import type { Db } from '@/lib/db/client';
import type { SearchPapers } from './compose';

/** Saved searches, by the search page's own engine. */
export function searchPapersFor(_db: Db, _now: Date): SearchPapers {
  return async () => [];
}
