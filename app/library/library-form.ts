import { type Session, signInPath } from '@/app/signed-in';
import { getDb } from '@/lib/db/client';
import { readOwnForm, seeOther } from '@/lib/http/form';
import { problem } from '@/lib/http/problem';
import { allow } from '@/lib/http/rate-limit';
import { sessionActor } from '@/lib/readers/request-actor';
import { env } from '@/lib/runtime/env';

const CHANGES = { limit: 600, windowSeconds: 3600 };

/** A form of the library with the session that posted it, or the answer that refuses it. */
export async function libraryForm(
  request: Request,
  now: Date,
): Promise<{ form: FormData; actor: Session } | Response> {
  const form = await readOwnForm(request, env().siteUrl);
  if (form instanceof Response) return form;
  const db = getDb();
  const actor = await sessionActor(db, request.headers, now);
  if (actor.kind !== 'session') return seeOther(signInPath('/library'));
  if (!(await allow(db, `library:${actor.readerId}`, CHANGES, now))) {
    return problem(429, 'Too many requests', 'Too many changes at once. Try again in an hour.', {
      headers: { 'retry-after': '3600' },
    });
  }
  return { form, actor };
}
