import { getDb } from '@/lib/db/client';
import { PRIVATE } from '@/lib/http/private-headers';
import { problem } from '@/lib/http/problem';
import { feedActor } from '@/lib/interests/feed-link';
import { forReader } from '@/lib/interests/for-reader';
import { getPapers } from '@/lib/papers/store';
import { env } from '@/lib/runtime/env';
import { ATOM, atom } from '@/lib/syndication/atom';
import { paperEntries } from '@/lib/syndication/syndicated';

export const dynamic = 'force-dynamic';

const PAPERS = 30;

/** "For you" for a feed reader, by a secret address. */
export async function GET(request: Request): Promise<Response> {
  const { secret, siteUrl } = env();
  const db = getDb();
  const token = new URL(request.url).searchParams.get('token') ?? '';
  const actor = await feedActor(db, token, secret, new Date());
  if (actor.kind === 'anonymous') {
    return problem(404, 'Not found', 'This feed has another address now: see /for-you.');
  }
  const found = await forReader(db, actor, { interest: null, limit: PAPERS, after: null });
  const papers = await getPapers(db, found?.papers.map(({ id }) => id) ?? []);
  const body = atom({
    title: 'Broadsheet: for you',
    description: 'Papers like those that you saved',
    selfUrl: `${siteUrl}/for-you/atom`,
    pageUrl: `${siteUrl}/for-you`,
    siteUrl,
    ...paperEntries(papers, siteUrl),
  });
  return new Response(body, {
    headers: { ...PRIVATE, 'content-type': ATOM },
  });
}
