import { after } from 'next/server';
import { pageBefore } from '@/app/page-before';
import { isScript, sessionForm } from '@/app/session-form';
import { getDb } from '@/lib/db/client';
import { clientAddress } from '@/lib/http/client-address.mjs';
import { field, seeOther } from '@/lib/http/form';
import { problem } from '@/lib/http/problem';
import { ownPath } from '@/lib/readers/cookies';
import { countSoon } from '@/lib/readers/interest-signals';
import { putMark, readMark } from '@/lib/readers/mark';
import { networkKey } from '@/lib/readers/network-key';
import { env } from '@/lib/runtime/env';

const MARKS = { name: 'marks', most: 600 };

/** The buttons of rows and of a paper's page. Scripts ask for JSON; without them a page says what was done. */
export async function POST(request: Request): Promise<Response> {
  const { secret, trustProxy } = env();
  const db = getDb();
  const now = new Date();
  const back = pageBefore(request);
  const posted = await sessionForm(request, { page: back, ...MARKS }, now);
  if (posted instanceof Response) return posted;
  const { form, actor } = posted;
  const mark = readMark(field(form, 'mark'));
  const network = networkKey(clientAddress(request.headers, trustProxy), secret);
  if (!mark || !(await putMark(db, actor, mark, network, now))) {
    return problem(404, 'Not found', 'There is no such paper here.');
  }
  after(() => countSoon(mark.paperId));
  if (isScript(request)) return Response.json({}, { headers: { 'cache-control': 'no-store' } });
  const done = `${mark.undo ? 'un' : ''}${mark.mark}:${mark.paperId}`;
  const from = form.has('back') ? ownPath(field(form, 'back')) : back;
  return seeOther(`/marks?${new URLSearchParams({ done, back: from })}`);
}
