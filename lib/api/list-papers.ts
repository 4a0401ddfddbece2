import type { Db } from '@/lib/db/sql';
import { makeFeed } from '@/lib/feed/filters';
import { windowStart } from '@/lib/feed/periods';
import { BadCursor, type FeedPaper, feedPapers, listFeed } from '@/lib/feed/query';
import { search } from '@/lib/search/search';
import type { ListQuery } from './papers';

/**
 * What `GET /api/v1/papers` lists: a feed, or with `q` a search. Unlike a page, it never widens its
 * window. Throws `BadCursor`.
 */
export async function listPapers(
  db: Db,
  { q, tag: tags, window, sort, limit, after }: ListQuery,
  now: Date,
): Promise<{ papers: FeedPaper[]; next: string | null; messages?: string[] }> {
  if (q === undefined) {
    const view = sort === undefined || sort === 'relevance' ? 'trending' : sort;
    const feed = makeFeed({ view, tags, window: window ?? 'week' });
    return listFeed(db, feed, { limit, after, now });
  }
  const from = windowStart(window ?? 'all', now) ?? undefined;
  const found = await search(db, q, { limit, after, sort, tags, window: { from } }).page();
  if (found.startedOver) {
    throw new BadCursor('This address of a further page is not one of ours.');
  }
  const papers = await feedPapers(db, found.ids, now);
  return { papers, next: found.next, messages: found.messages };
}
