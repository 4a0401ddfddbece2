import { getDb } from '@/lib/db/client';
import { PRIVATE } from '@/lib/http/private-headers';
import { problem } from '@/lib/http/problem';
import { getPapers } from '@/lib/papers/store';
import { papersOnShelf, shelfByToken } from '@/lib/readers/shelf-link';
import { env } from '@/lib/runtime/env';
import { ATOM, atom } from '@/lib/syndication/atom';
import { FEED_LENGTH } from '@/lib/syndication/formats';
import { paperEntries } from '@/lib/syndication/syndicated';

/** A shared shelf as a feed. */
export async function GET(
  _request: Request,
  { params }: { params: Promise<{ token: string }> },
): Promise<Response> {
  const { secret, siteUrl } = env();
  const db = getDb();
  const { token } = await params;
  const shelf = await shelfByToken(db, 'shelf', token, secret, new Date());
  if (!shelf) return problem(404, 'Not found', 'This shelf is not shared.', { headers: PRIVATE });
  const papers = await getPapers(db, await papersOnShelf(db, shelf, FEED_LENGTH));
  const body = atom({
    title: `Broadsheet: ${shelf.name}`,
    description: 'A shelf that its reader shares',
    selfUrl: `${siteUrl}/shelves/${token}/atom`,
    pageUrl: `${siteUrl}/shelves/${token}`,
    siteUrl,
    ...paperEntries(papers, siteUrl),
  });
  return new Response(body, { headers: { ...PRIVATE, 'content-type': ATOM } });
}
