import { readFeedFilter } from '@/lib/api/feed-filter';
import { listPapers } from '@/lib/api/list-papers';
import { apiPaper, listQuery } from '@/lib/api/papers';
import { badParameter, readParameters } from '@/lib/api/parameters';
import { getDb } from '@/lib/db/client';
import { BadCursor } from '@/lib/feed/query';
import { conditional } from '@/lib/http/conditional';
import { env } from '@/lib/runtime/env';
import { listsChangedAt } from '@/lib/syndication/query';

export const dynamic = 'force-dynamic';

export async function GET(request: Request) {
  const read = readParameters(listQuery, new URL(request.url).searchParams);
  if ('refused' in read) return read.refused;
  const { values } = read;
  const asked = readFeedFilter(values);
  if ('problem' in asked) return badParameter(asked.parameter, asked.problem);
  if (values.sort === 'relevance' && values.q === undefined) {
    return badParameter('sort', 'can be relevance only together with q');
  }
  const db = getDb();
  const now = new Date();
  try {
    const [{ papers, ...rest }, changedAt] = await Promise.all([
      listPapers(db, values, asked.filter, now),
      listsChangedAt(db, now),
    ]);
    const { siteUrl } = env();
    return conditional(request, {
      body: JSON.stringify({ papers: papers.map((paper) => apiPaper(paper, siteUrl)), ...rest }),
      type: 'application/json',
      changedAt,
      maxAge: 60,
    });
  } catch (error) {
    if (error instanceof BadCursor) {
      return badParameter('after', 'must be the `next` of a page with the same other parameters');
    }
    throw error;
  }
}
