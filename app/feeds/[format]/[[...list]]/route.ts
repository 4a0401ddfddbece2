import { getDb } from '@/lib/db/client';
import { feedPath, parseFeedPath } from '@/lib/feed/filters';
import { feedTitle } from '@/lib/feed/labels';
import { listFeed } from '@/lib/feed/query';
import { isOfCatalogue } from '@/lib/feed/span-query';
import { conditional } from '@/lib/http/conditional';
import { problem } from '@/lib/http/problem';
import { decodeSegment } from '@/lib/http/segment';
import { env } from '@/lib/runtime/env';
import { FEED_LENGTH, FEED_MAX_AGE, SYNDICATION_FORMATS } from '@/lib/syndication/formats';
import { listsChangedAt } from '@/lib/syndication/query';
import { paperEntries } from '@/lib/syndication/syndicated';
import { tagBySlug } from '@/lib/tags/taxonomy';

type Props = { params: Promise<{ format: string; list?: string[] }> };

/** Any list of papers as a feed: `/feeds/atom`, `/feeds/json/tags/continual-learning+peft`. */
export async function GET(request: Request, { params }: Props): Promise<Response> {
  const { format: name, list = [] } = await params;
  const format = Object.hasOwn(SYNDICATION_FORMATS, name) ? SYNDICATION_FORMATS[name] : null;
  const segments = list.map(decodeSegment);
  const address = parseFeedPath(segments);
  const [db, now] = [getDb(), new Date()];
  const found = address && !address.after && (await isOfCatalogue(db, address.feed, now));
  if (!format || !found) {
    return problem(404, 'No such feed', 'See /about/feeds for how feeds are addressed.');
  }
  const { siteUrl } = env();
  const { feed } = address;
  const pagePath = feedPath(feed);
  const selfPath = `/feeds/${name}${pagePath === '/' ? '' : pagePath}`;
  const asked = ['/feeds', name, ...segments].join('/');
  if (asked !== selfPath) {
    return new Response(null, { status: 308, headers: { location: selfPath } });
  }
  const { papers } = await listFeed(db, feed, { limit: FEED_LENGTH, now });
  return conditional(request, {
    body: format.write({
      title: `Broadsheet: ${feedTitle(feed, (slug) => tagBySlug(slug)?.name ?? slug)}`,
      description: 'Research papers, ranked by what readers and sources report.',
      selfUrl: `${siteUrl}${selfPath}`,
      pageUrl: `${siteUrl}${pagePath}`,
      siteUrl,
      ...paperEntries(papers, siteUrl),
    }),
    type: format.mediaType,
    changedAt: await listsChangedAt(db, now),
    maxAge: FEED_MAX_AGE,
  });
}
