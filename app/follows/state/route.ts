import { getDb } from '@/lib/db/client';
import { isFollowed, readTarget } from '@/lib/readers/reader-follows';
import { sessionActor } from '@/lib/readers/request-actor';

export const dynamic = 'force-dynamic';

/** Whether the reader follows what a page is about: cached pages ask for it when they are there. */
export async function GET(request: Request): Promise<Response> {
  const target = readTarget(new URL(request.url).searchParams.get('target') ?? '');
  const db = getDb();
  const actor = await sessionActor(db, request.headers, new Date());
  const followed =
    target !== null &&
    actor.kind === 'session' &&
    (await isFollowed(db, actor, target.kind, target.text));
  return Response.json({ followed }, { headers: { 'cache-control': 'no-store' } });
}
