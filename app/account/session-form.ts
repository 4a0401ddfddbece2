import { type Session, signInPath } from '@/app/signed-in';
import { getDb } from '@/lib/db/client';
import { readOwnForm, seeOther } from '@/lib/http/form';
import { allow } from '@/lib/http/rate-limit';
import { sessionActor } from '@/lib/readers/request-actor';
import { env } from '@/lib/runtime/env';

const CHANGES = { limit: 60, windowSeconds: 3600 };

/** A form of the account page with the session that posted it, or the answer that refuses it. */
export async function sessionForm(
  request: Request,
  now: Date,
): Promise<{ form: FormData; actor: Session } | Response> {
  const form = await readOwnForm(request, env().siteUrl);
  if (form instanceof Response) return form;
  const db = getDb();
  const actor = await sessionActor(db, request.headers, now);
  if (actor.kind !== 'session') return seeOther(signInPath('/account'));
  if (!(await allow(db, `account:${actor.readerId}`, CHANGES, now))) {
    return seeOther('/account?problem=often');
  }
  return { form, actor };
}
