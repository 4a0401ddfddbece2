import { type Session, signInPath } from '@/app/signed-in';
import { getDb } from '@/lib/db/client';
import { foreign, readForm, seeOther } from '@/lib/http/form';
import { problem } from '@/lib/http/problem';
import { allow } from '@/lib/http/rate-limit';
import { sessionActor } from '@/lib/readers/request-actor';
import { env } from '@/lib/runtime/env';

interface FormPlace {
  /** The page of the form: where whoever is not signed in comes back to. Scripts, which ask for JSON, get 401. */
  page: string;
  /** Forms an hour; each name has a count of its own. */
  name: string;
  most: number;
  mostBytes?: number;
  /** Whether the page says `?problem=often` itself. */
  saysOften?: boolean;
}

export const isScript = (request: Request) => request.headers.get('accept') === 'application/json';

/** A form of a reader's own with the session that posted it, or the answer that refuses it. */
export async function sessionForm(
  request: Request,
  { page, name, most, mostBytes, saysOften = false }: FormPlace,
  now: Date,
): Promise<{ form: FormData; actor: Session } | Response> {
  const refusal = foreign(request, env().siteUrl);
  if (refusal) return refusal;
  const db = getDb();
  const actor = await sessionActor(db, request.headers, now);
  if (actor.kind !== 'session') {
    return isScript(request)
      ? problem(401, 'Unauthorized', 'Sign in first.')
      : seeOther(signInPath(page));
  }
  if (!(await allow(db, `${name}:${actor.readerId}`, { limit: most, windowSeconds: 3600 }, now))) {
    if (saysOften) return seeOther(`${page}?problem=often`);
    return problem(429, 'Too many requests', 'Too many changes at once. Try again in an hour.', {
      headers: { 'retry-after': '3600' },
    });
  }
  const form = await readForm(request, mostBytes);
  return form instanceof Response ? form : { form, actor };
}
