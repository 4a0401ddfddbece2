import { apiPaper } from '@/lib/api/papers';
import { getDb } from '@/lib/db/client';
import { feedPapers } from '@/lib/feed/query';
import { conditional } from '@/lib/http/conditional';
import { problem } from '@/lib/http/problem';
import { parsePaperAddress } from '@/lib/papers/paper-address';
import { findByArxivId, mergedInto } from '@/lib/papers/store';
import { env } from '@/lib/runtime/env';
import { listsChangedAt } from '@/lib/syndication/query';

export const dynamic = 'force-dynamic';

/** By number, or by arXiv id. */
export async function GET(request: Request, { params }: { params: Promise<{ id: string }> }) {
  const address = parsePaperAddress((await params).id);
  if (!address) return missing('A paper is named by its number here or by its arXiv id.');
  const db = getDb();
  const now = new Date();
  const id = 'id' in address ? address.id : await findByArxivId(db, address.arxivId);
  const [paper] = id === null ? [] : await feedPapers(db, [id], now);
  if (!paper) {
    const into = id === null ? null : await mergedInto(db, id);
    if (into === null) return missing('There is no such paper here.');
    return new Response(null, { status: 308, headers: { location: `/api/v1/papers/${into}` } });
  }
  return conditional(request, {
    body: JSON.stringify(apiPaper(paper, env().siteUrl)),
    type: 'application/json',
    changedAt: await listsChangedAt(db, now),
    maxAge: 60,
  });
}

function missing(detail: string): Response {
  return problem(404, 'Not found', detail);
}
