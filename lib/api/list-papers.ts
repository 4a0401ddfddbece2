import type { Db } from '@/lib/db/sql';
import { type Feed, makeFeed } from '@/lib/feed/filters';
import { feedQuery } from '@/lib/feed/list-terms';
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
  { q, window, sort, limit, after }: Pick<ListQuery, 'q' | 'window' | 'sort' | 'limit' | 'after'>,
  filter: Pick<Feed, 'tags' | 'without' | 'category' | 'hasCode'>,
  now: Date,
): Promise<{ papers: FeedPaper[]; next: string | null; messages?: string[] }> {
  if (q === undefined) {
    const view = sort === undefined || sort === 'relevance' ? 'trending' : sort;
    const feed = makeFeed({ ...filter, view, window: window ?? 'week' });
    return listFeed(db, feed, { limit, after, now });
  }
  const from = windowStart(window ?? 'all', now) ?? undefined;
  const text = `${q} ${feedQuery(filter)}`;
  const found = await search(db, text, { limit, after, sort, window: { from } }).page();
  if (found.startedOver) {
    throw new BadCursor('This address of a further page is not one of ours.');
  }
  const papers = await feedPapers(db, found.ids, now);
  return { papers, next: found.next, messages: found.messages };
}
