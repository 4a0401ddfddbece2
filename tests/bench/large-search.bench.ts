import { flushPendingList } from '@/lib/search/index/store';
import { searchEngine } from '@/lib/search/rank/engines';
import { corpusDatabase } from './corpus';
import type { Report } from './figure';
import { FIVEFOLD } from './larger-corpus';
import { timeEngine } from './search-speed';

/**
 * The fifteen shapes on 500,000 papers on the PostgreSQL of `DATABASE_URL`. The first run imports them,
 * which takes about half an hour and 8 GB; later ones find them there.
 */
export default async function largeSearch(report: Report): Promise<void> {
  if (!process.env.DATABASE_URL) {
    console.error('large-search: DATABASE_URL names no PostgreSQL');
    return;
  }
  const corpus = await corpusDatabase(FIVEFOLD);
  if (!corpus) return;
  try {
    await flushPendingList(corpus.db);
    const engine = await searchEngine(corpus.db);
    await timeEngine(corpus.db, `500,000 papers, ${engine}`, engine, null, report);
  } finally {
    await corpus.close();
  }
}
