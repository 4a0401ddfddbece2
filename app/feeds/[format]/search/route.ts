import { getDb } from '@/lib/db/client';
import { conditional } from '@/lib/http/conditional';
import { problem } from '@/lib/http/problem';
import { getPapers } from '@/lib/papers/store';
import { env } from '@/lib/runtime/env';
import { formatQuery } from '@/lib/search/query/clause';
import { search } from '@/lib/search/search';
import { FEED_LENGTH, FEED_MAX_AGE, SYNDICATION_FORMATS } from '@/lib/syndication/formats';
import { listsChangedAt } from '@/lib/syndication/query';
import { paperEntries } from '@/lib/syndication/syndicated';

/** A search as a feed: papers that match all of it, the newest first unless the query says otherwise. */
export async function GET(
  request: Request,
  { params }: { params: Promise<{ format: string }> },
): Promise<Response> {
  const { format: name } = await params;
  const format = Object.hasOwn(SYNDICATION_FORMATS, name) ? SYNDICATION_FORMATS[name] : null;
  if (!format) return problem(404, 'No such feed', 'See /about/feeds for how feeds are addressed.');
  const [db, now, { siteUrl }] = [getDb(), new Date(), env()];
  const q = new URL(request.url).searchParams.get('q') ?? '';
  const { query, messages, page } = search(db, q, {
    limit: FEED_LENGTH,
    sort: 'new',
    exact: true,
  });
  const text = formatQuery(query);
  if (text === '') {
    return problem(400, 'Bad parameter', messages[0] ?? 'The parameter "q" is missing.', {
      parameter: 'q',
    });
  }
  const { ids } = await page();
  const path = `/search?${new URLSearchParams({ q: text })}`;
  return conditional(request, {
    body: format.write({
      title: `Broadsheet: ${text}`,
      description: 'Research papers that answer this search.',
      selfUrl: `${siteUrl}/feeds/${name}${path}`,
      pageUrl: `${siteUrl}${path}`,
      siteUrl,
      ...paperEntries(await getPapers(db, ids), siteUrl),
    }),
    type: format.mediaType,
    changedAt: await listsChangedAt(db, now),
    maxAge: FEED_MAX_AGE,
  });
}
