import { getDb } from '@/lib/db/client';
import { savedAmong } from '@/lib/readers/library-store';
import type { Mark } from '@/lib/readers/mark';
import { sessionActor } from '@/lib/readers/request-actor';
import { votesOn } from '@/lib/readers/vote-store';

export const dynamic = 'force-dynamic';

const MOST_PAPERS = 500;

/** What the reader said of the papers on a page, by paper: cached pages ask for it when they are there. */
export async function GET(request: Request): Promise<Response> {
  const given = new URL(request.url).searchParams.get('papers') ?? '';
  const ids = given
    .split(',')
    .filter((text) => /^\d{1,9}$/.test(text))
    .slice(0, MOST_PAPERS)
    .map(Number);
  const db = getDb();
  const actor = await sessionActor(db, request.headers, new Date());
  const state: Record<string, Mark[]> = {};
  if (actor.kind === 'session') {
    const [votes, saved] = await Promise.all([votesOn(db, actor, ids), savedAmong(db, actor, ids)]);
    const add = (id: number, mark: Mark) => {
      state[id] = [...(state[id] ?? []), mark];
    };
    for (const [id, value] of votes) add(id, value === 1 ? 'vote' : 'dismiss');
    for (const id of saved.keys()) add(id, 'save');
  }
  return Response.json(state, { headers: { 'cache-control': 'no-store' } });
}
