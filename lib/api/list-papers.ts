import type { Db } from '@/lib/db/sql';
import { makeFeed } from '@/lib/feed/filters';
import { windowStart } from '@/lib/feed/periods';
import { BadCursor, type FeedPaper, feedPapers, listFeed } from '@/lib/feed/query';
import { parseQuery } from '@/lib/search/query/parse';
import { isCursor, searchPapers } from '@/lib/search/search';
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
  const { query, messages } = parseQuery(q);
  const found = await searchPapers(db, query, {
    limit,
    after,
    sort: sort ?? 'relevance',
    tags,
    window: { from: windowStart(window ?? 'all', now) ?? undefined },
  });
  if (after && !isCursor(after, found.sort)) {
    throw new BadCursor('This address of a further page is not one of ours.');
  }
  const papers = await feedPapers(db, found.ids, now);
  return { papers, next: found.next, messages: [...messages, ...found.messages] };
}
