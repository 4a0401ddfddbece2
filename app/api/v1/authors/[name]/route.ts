import type { z } from 'zod';
import { apiPaper, type authorAnswer, authorQuery } from '@/lib/api/papers';
import { readParameters } from '@/lib/api/parameters';
import { getDb } from '@/lib/db/client';
import { feedPapers } from '@/lib/feed/query';
import { conditional } from '@/lib/http/conditional';
import { problem } from '@/lib/http/problem';
import { decodeSegment } from '@/lib/http/segment';
import { env } from '@/lib/runtime/env';
import { authorKey, authorPath } from '@/lib/search/author';
import { authorPapers } from '@/lib/search/author-papers';
import { searchPath } from '@/lib/search/query/clause';
import { syndicationPath } from '@/lib/syndication/formats';
import { listsChangedAt } from '@/lib/syndication/query';

export const dynamic = 'force-dynamic';

/** By the name, however it is written. */
export async function GET(request: Request, { params }: { params: Promise<{ name: string }> }) {
  const read = readParameters(authorQuery, new URL(request.url).searchParams);
  if ('refused' in read) return read.refused;
  const key = authorKey(decodeSegment((await params).name));
  const [db, now, { siteUrl }] = [getDb(), new Date(), env()];
  const author = key === '' ? null : await authorPapers(db, key, read.values);
  if (!author) {
    return problem(404, 'Not found', 'No paper here has an author of this name.');
  }
  const { name, written, search, total, facets, ids, next } = author;
  const answer: z.input<typeof authorAnswer> = {
    name,
    key,
    written,
    query: search,
    total,
    years: facets.years.map(({ year, count }) => ({ year, papers: count })),
    tags: facets.tags.map(({ slug, name, count }) => ({ slug, name, papers: count })),
    papers: (await feedPapers(db, ids, now)).map((paper) => apiPaper(paper, siteUrl)),
    next,
    links: {
      page: `${siteUrl}${authorPath(key)}`,
      feed: `${siteUrl}${syndicationPath('atom', searchPath(search))}`,
    },
  };
  return conditional(request, {
    body: JSON.stringify(answer),
    type: 'application/json',
    changedAt: await listsChangedAt(db, now),
    maxAge: 60,
  });
}
