import { getDb } from '@/lib/db/client';
import { foreign } from '@/lib/http/form';
import { problem } from '@/lib/http/problem';
import { allow } from '@/lib/http/rate-limit';
import { sessionActor } from '@/lib/readers/request-actor';
import { noteVisit } from '@/lib/readers/visit-store';
import { env } from '@/lib/runtime/env';

const VISITS = { limit: 600, windowSeconds: 3600 };

/** Scripts of lists note the visit of whoever is signed in, and learn when the one before it ended. */
export async function POST(request: Request): Promise<Response> {
  const refusal = foreign(request, env().siteUrl);
  if (refusal) return refusal;
  const db = getDb();
  const now = new Date();
  const actor = await sessionActor(db, request.headers, now);
  if (actor.kind !== 'session') return problem(401, 'Unauthorized', 'Sign in first.');
  if (!(await allow(db, `visits:${actor.readerId}`, VISITS, now))) {
    return problem(429, 'Too many requests', 'Too many visits at once. Try again in an hour.', {
      headers: { 'retry-after': '3600' },
    });
  }
  const since = await noteVisit(db, actor, now);
  return Response.json({ since }, { headers: { 'cache-control': 'no-store' } });
}
