import { ACCOUNT } from '@/app/account/account-form';
import { sessionForm } from '@/app/session-form';
import { getDb } from '@/lib/db/client';
import { seeOther } from '@/lib/http/form';
import { signedOutCookies } from '@/lib/readers/cookies';
import { revokeSession } from '@/lib/readers/session-store';
import { env } from '@/lib/runtime/env';

/** Ends the session of this browser. */
export async function POST(request: Request): Promise<Response> {
  const posted = await sessionForm(request, ACCOUNT, new Date());
  if (posted instanceof Response) return posted;
  await revokeSession(getDb(), posted.actor, posted.actor.sessionId);
  const answer = seeOther('/');
  for (const cookie of signedOutCookies(env().siteUrl)) answer.headers.append('set-cookie', cookie);
  return answer;
}
