import { getDb } from '@/lib/db/client';
import { conditional } from '@/lib/http/conditional';
import { problem } from '@/lib/http/problem';
import { getPapers } from '@/lib/papers/store';
import { readRising } from '@/lib/rising/store';
import { env } from '@/lib/runtime/env';
import { FEED_MAX_AGE, SYNDICATION_FORMATS } from '@/lib/syndication/formats';
import { listsChangedAt } from '@/lib/syndication/query';
import { topicEntries } from '@/lib/syndication/syndicated';

/** Rising topics as a feed; without entries while there are none, so that one can subscribe before. */
export async function GET(
  request: Request,
  { params }: { params: Promise<{ format: string }> },
): Promise<Response> {
  const { format: name } = await params;
  const format = Object.hasOwn(SYNDICATION_FORMATS, name) ? SYNDICATION_FORMATS[name] : null;
  if (!format) return problem(404, 'No such feed', 'See /about/feeds for how feeds are addressed.');
  const [db, { siteUrl }] = [getDb(), env()];
  const [rising] = await readRising(db);
  const ids = rising?.topics.flatMap(({ newest }) => newest) ?? [];
  const papers = new Map((await getPapers(db, [...new Set(ids)])).map((each) => [each.id, each]));
  return conditional(request, {
    body: format.write({
      title: 'Broadsheet: Rising topics',
      description: 'Phrases with a larger share of new papers than before.',
      selfUrl: `${siteUrl}/feeds/${name}/rising`,
      pageUrl: `${siteUrl}/rising`,
      siteUrl,
      ...(rising ? topicEntries(rising, papers, siteUrl) : { entries: [], updated: new Date(0) }),
    }),
    type: format.mediaType,
    changedAt: await listsChangedAt(db, new Date()),
    maxAge: FEED_MAX_AGE,
  });
}
