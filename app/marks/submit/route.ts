import { after } from 'next/server';
import { pageBefore } from '@/app/page-before';
import { signInPath } from '@/app/signed-in';
import { getDb } from '@/lib/db/client';
import { clientAddress } from '@/lib/http/client-address.mjs';
import { field, readOwnForm, seeOther } from '@/lib/http/form';
import { problem } from '@/lib/http/problem';
import { allow } from '@/lib/http/rate-limit';
import { ownPath } from '@/lib/readers/cookies';
import { countSoon } from '@/lib/readers/interest-signals';
import { putMark, readMark } from '@/lib/readers/mark';
import { networkKey } from '@/lib/readers/network-key';
import { sessionActor } from '@/lib/readers/request-actor';
import { env } from '@/lib/runtime/env';

const MARKS = { limit: 600, windowSeconds: 3600 };

/** The buttons of rows and of a paper's page. Scripts ask for JSON; without them a page says what was done. */
export async function POST(request: Request): Promise<Response> {
  const { siteUrl, secret, trustProxy } = env();
  const form = await readOwnForm(request, siteUrl);
  if (form instanceof Response) return form;
  const db = getDb();
  const now = new Date();
  const isScript = request.headers.get('accept') === 'application/json';
  const back = pageBefore(request);
  const actor = await sessionActor(db, request.headers, now);
  if (actor.kind !== 'session') {
    return isScript ? problem(401, 'Unauthorized', 'Sign in first.') : seeOther(signInPath(back));
  }
  if (!(await allow(db, `marks:${actor.readerId}`, MARKS, now))) {
    return problem(429, 'Too many requests', 'Too many changes at once. Try again in an hour.', {
      headers: { 'retry-after': '3600' },
    });
  }
  const mark = readMark(field(form, 'mark'));
  const network = networkKey(clientAddress(request.headers, trustProxy), secret);
  if (!mark || !(await putMark(db, actor, mark, network, now))) {
    return problem(404, 'Not found', 'There is no such paper here.');
  }
  after(() => countSoon(mark.paperId));
  if (isScript) return Response.json({}, { headers: { 'cache-control': 'no-store' } });
  const done = `${mark.undo ? 'un' : ''}${mark.mark}:${mark.paperId}`;
  const from = form.has('back') ? ownPath(field(form, 'back')) : back;
  return seeOther(`/marks?${new URLSearchParams({ done, back: from })}`);
}
