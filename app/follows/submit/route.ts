import { pageBefore } from '@/app/page-before';
import { signInPath } from '@/app/signed-in';
import { getDb } from '@/lib/db/client';
import { field, readOwnForm, seeOther } from '@/lib/http/form';
import { problem } from '@/lib/http/problem';
import { allow } from '@/lib/http/rate-limit';
import { ownPath } from '@/lib/readers/cookies';
import { putFollow, readTarget, removeFollow } from '@/lib/readers/reader-follows';
import { sessionActor } from '@/lib/readers/request-actor';
import { env } from '@/lib/runtime/env';

const FOLLOWS = { limit: 300, windowSeconds: 3600 };

/** The buttons "Follow". Scripts ask for JSON; without them the list of what is followed says what was done. */
export async function POST(request: Request): Promise<Response> {
  const form = await readOwnForm(request, env().siteUrl);
  if (form instanceof Response) return form;
  const db = getDb();
  const now = new Date();
  const isScript = request.headers.get('accept') === 'application/json';
  const back = form.has('back') ? ownPath(field(form, 'back')) : pageBefore(request);
  const actor = await sessionActor(db, request.headers, now);
  if (actor.kind !== 'session') {
    return isScript ? problem(401, 'Unauthorized', 'Sign in first.') : seeOther(signInPath(back));
  }
  if (!(await allow(db, `follows:${actor.readerId}`, FOLLOWS, now))) {
    return problem(429, 'Too many requests', 'Too many changes at once. Try again in an hour.', {
      headers: { 'retry-after': '3600' },
    });
  }
  const undo = form.has('unfollow');
  const text = field(form, undo ? 'unfollow' : 'follow');
  const target = readTarget(text);
  if (!target) return problem(404, 'Not found', 'That is nothing that one can follow.');
  if (undo) {
    await removeFollow(db, actor, target.kind, target.text);
  } else {
    const put = await putFollow(db, actor, target.kind, target.text, now);
    if (!put.ok && put.why === 'unknown') return problem(404, 'Not found', put.problem);
    if (!put.ok) {
      return isScript ? problem(409, 'Conflict', put.problem) : seeOther('/follows?problem=full');
    }
  }
  if (isScript) return Response.json({}, { headers: { 'cache-control': 'no-store' } });
  return seeOther(`/follows?${new URLSearchParams({ [undo ? 'undone' : 'done']: text, back })}`);
}
