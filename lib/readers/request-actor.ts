import type { Db } from '@/lib/db/sql';
import { problem } from '@/lib/http/problem';
import { env } from '@/lib/runtime/env';
import { type Actor, ANONYMOUS, NotAllowed } from './actor';
import { sessionKeyOf } from './cookies';
import { bearerOf } from './credentials';
import { findToken } from './personal-token-store';
import { findSession } from './session-store';

/** Who sends a request. Forms and pages know sessions alone, and the API tokens alone: no request is both. */

export async function sessionActor(db: Db, headers: Headers, now: Date): Promise<Actor> {
  const key = sessionKeyOf(headers);
  return (key && (await findSession(db, key, env().admins, now))) || ANONYMOUS;
}

export async function tokenActor(db: Db, headers: Headers, now: Date): Promise<Actor> {
  const token = bearerOf(headers);
  return (token && (await findToken(db, token, now))) || ANONYMOUS;
}

/** A reader's own: these addresses authorise by a token's scopes themselves. A test holds them against the API. */
export const BY_SCOPE =
  /^\/api\/v1\/(?:(?:account|library|for-you|interests|follows)(?:\/|$)|papers\/[^/]+\/(?:vote|save)\/?$)/;

/** Whether whoever sends a request is a reader: what a private site asks of everybody, for any address. */
export async function mayRead(db: Db, path: string, headers: Headers, now: Date): Promise<boolean> {
  if ((await sessionActor(db, headers, now)).kind === 'session') return true;
  const actor = await tokenActor(db, headers, now);
  return actor.kind === 'token' && (actor.scopes.includes('read') || BY_SCOPE.test(path));
}

/** The answer of the API to what an actor may not do. Anything else is thrown on. */
export function refused(error: unknown): Response {
  if (!(error instanceof NotAllowed)) throw error;
  if (error.status === 401) {
    const detail =
      'This is a reader’s own: send a personal token as "Authorization: Bearer …". Readers make them on /account.';
    return problem(401, 'Unauthorized', detail, {
      headers: { 'www-authenticate': 'Bearer realm="Broadsheet"' },
    });
  }
  const challenge = `Bearer realm="Broadsheet", error="insufficient_scope"${error.scope ? `, scope="${error.scope}"` : ''}`;
  return problem(403, 'Forbidden', error.message, {
    ...(error.scope && { scope: error.scope }),
    headers: { 'www-authenticate': challenge },
  });
}
