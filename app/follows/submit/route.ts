import { pageBefore } from '@/app/page-before';
import { isScript, sessionForm } from '@/app/session-form';
import { getDb } from '@/lib/db/client';
import { field, seeOther } from '@/lib/http/form';
import { problem } from '@/lib/http/problem';
import { ownPath } from '@/lib/readers/cookies';
import { putFollow, readTarget, removeFollow } from '@/lib/readers/reader-follows';

const FOLLOWS = { name: 'follows', most: 300 };

/** The buttons "Follow". Scripts ask for JSON; without them the list of what is followed says what was done. */
export async function POST(request: Request): Promise<Response> {
  const db = getDb();
  const now = new Date();
  const before = pageBefore(request);
  const posted = await sessionForm(request, { page: before, ...FOLLOWS }, now);
  if (posted instanceof Response) return posted;
  const { form, actor } = posted;
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
      return isScript(request)
        ? problem(409, 'Conflict', put.problem)
        : seeOther('/follows?problem=full');
    }
  }
  if (isScript(request)) return Response.json({}, { headers: { 'cache-control': 'no-store' } });
  const back = form.has('back') ? ownPath(field(form, 'back')) : before;
  return seeOther(`/follows?${new URLSearchParams({ [undo ? 'undone' : 'done']: text, back })}`);
}
