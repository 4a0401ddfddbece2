import type { Db } from '@/lib/db/sql';
import { type Feed, makeFeed } from '@/lib/feed/filters';
import { feedQuery } from '@/lib/feed/list-terms';
import { windowStart } from '@/lib/feed/periods';
import { BadCursor, type FeedPaper, feedPapers, listFeed } from '@/lib/feed/query';
import { type SearchPage, search } from '@/lib/search/search';
import type { ListQuery } from './papers';

interface ListedPapers {
  papers: FeedPaper[];
  next: string | null;
  /** The rest is what a search says of itself. */
  whole?: number;
  total?: NonNullable<SearchPage['total']>;
  messages?: string[];
}

/**
 * What `GET /api/v1/papers` lists: a feed, or with `q` a search. Unlike a page, it never widens its
 * window. Throws `BadCursor`.
 */
export async function listPapers(
  db: Db,
  { q, window, sort, limit, after }: Pick<ListQuery, 'q' | 'window' | 'sort' | 'limit' | 'after'>,
  filter: Pick<Feed, 'tags' | 'without' | 'category' | 'hasCode'>,
  now: Date,
): Promise<ListedPapers> {
  if (q === undefined) {
    const view = sort === undefined || sort === 'relevance' ? 'trending' : sort;
    const feed = makeFeed({ ...filter, view, window: window ?? 'week' });
    return listFeed(db, feed, { limit, after, now });
  }
  const from = windowStart(window ?? 'all', now) ?? undefined;
  const text = `${q} ${feedQuery(filter)}`;
  const options = { limit, after, sort, window: { from }, count: true };
  const found = await search(db, text, options).page();
  if (found.startedOver) {
    throw new BadCursor('This address of a further page is not one of ours.');
  }
  const papers = await feedPapers(db, found.ids, now);
  const { next, whole, correction } = found;
  const messages = correction
    ? [
        ...found.messages,
        `Results for ${correction.shown}. For the words as typed, search for ${correction.typed}.`,
      ]
    : found.messages;
  return { papers, next, whole, total: found.total ?? undefined, messages };
}
