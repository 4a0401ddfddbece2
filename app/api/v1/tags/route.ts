import { readFeedFilter } from '@/lib/api/feed-filter';
import { tagsQuery } from '@/lib/api/papers';
import { badParameter, readParameters } from '@/lib/api/parameters';
import { getDb } from '@/lib/db/client';
import { feedFacets } from '@/lib/feed/facet-query';
import { makeFeed } from '@/lib/feed/filters';
import { tagTerm } from '@/lib/feed/list-terms';
import { conditional } from '@/lib/http/conditional';
import { listsChangedAt } from '@/lib/syndication/query';
import { TAGS } from '@/lib/tags/taxonomy';

export const dynamic = 'force-dynamic';

export async function GET(request: Request) {
  const read = readParameters(tagsQuery, new URL(request.url).searchParams);
  if ('refused' in read) return read.refused;
  const asked = readFeedFilter(read.values);
  if ('problem' in asked) return badParameter(asked.parameter, asked.problem);
  const [db, now] = [getDb(), new Date()];
  const feed = makeFeed({ ...asked.filter, window: read.values.window ?? 'all' });
  const { papers } = await feedFacets(db, feed, now);
  const tags = TAGS.map(({ slug, name, broader }) => ({
    slug,
    name,
    broader,
    count: papers.get(tagTerm(slug)) ?? 0,
  }));
  return conditional(request, {
    body: JSON.stringify(tags),
    type: 'application/json',
    changedAt: await listsChangedAt(db, now),
    maxAge: 60,
  });
}
