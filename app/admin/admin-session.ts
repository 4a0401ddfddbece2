import { notFound } from 'next/navigation';
import { sessionForm } from '@/app/session-form';
import { type Session, signedIn } from '@/app/signed-in';
import { getDb } from '@/lib/db/client';
import { problem } from '@/lib/http/problem';
import { sessionActor } from '@/lib/readers/request-actor';

/** The admin who reads a page. To everybody else there is no such page. */
export async function adminSession(now: Date): Promise<Session> {
  const session = await signedIn(now);
  if (!session?.actor.admin) notFound();
  return session.actor;
}

/** A form of an admin's with the session that posted it, or the answer that refuses it. */
export async function adminForm(
  request: Request,
  page: string,
  now: Date,
  mostBytes?: number,
): Promise<{ form: FormData; actor: Session } | Response> {
  const actor = await sessionActor(getDb(), request.headers, now);
  if (actor.kind !== 'session' || !actor.admin) {
    return problem(404, 'Not found', 'There is nothing here.');
  }
  const place = { page, name: 'admin', most: 600, ...(mostBytes && { mostBytes }) };
  return sessionForm(request, place, now);
}
