import { getDb } from '@/lib/db/client';
import { conditional } from '@/lib/http/conditional';
import { problem } from '@/lib/http/problem';
import { getPapers } from '@/lib/papers/store';
import { env } from '@/lib/runtime/env';
import { formatQuery, parseQuery } from '@/lib/search/query/parse';
import { searchPapers } from '@/lib/search/search';
import { FEED_LENGTH, FEED_MAX_AGE, SYNDICATION_FORMATS } from '@/lib/syndication/formats';
import { listsChangedAt } from '@/lib/syndication/query';

/** A search as a feed, the newest papers first unless the query says otherwise. */
export async function GET(
  request: Request,
  { params }: { params: Promise<{ format: string }> },
): Promise<Response> {
  const { format: name } = await params;
  const format = Object.hasOwn(SYNDICATION_FORMATS, name) ? SYNDICATION_FORMATS[name] : null;
  if (!format) return problem(404, 'No such feed', 'See /about/feeds for how feeds are addressed.');
  const { query, messages } = parseQuery(new URL(request.url).searchParams.get('q') ?? '');
  const text = formatQuery(query);
  if (text === '') {
    return problem(400, 'Bad parameter', messages[0] ?? 'The parameter "q" is missing.', {
      parameter: 'q',
    });
  }
  const [db, now, { siteUrl }] = [getDb(), new Date(), env()];
  const { ids } = await searchPapers(db, query, { limit: FEED_LENGTH, sort: 'new' });
  const search = `/search?${new URLSearchParams({ q: text })}`;
  return conditional(request, {
    body: format.write({
      title: `Broadsheet: ${text}`,
      description: 'Research papers that answer this search.',
      selfUrl: `${siteUrl}/feeds/${name}${search}`,
      pageUrl: `${siteUrl}${search}`,
      siteUrl,
      papers: await getPapers(db, ids),
    }),
    type: format.mediaType,
    changedAt: await listsChangedAt(db, now),
    maxAge: FEED_MAX_AGE,
  });
}
