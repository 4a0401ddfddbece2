import { ACCOUNT } from '@/app/account/account-form';
import { sessionForm } from '@/app/session-form';
import { getDb } from '@/lib/db/client';
import { seeOther } from '@/lib/http/form';
import { goOn } from '@/lib/http/go-on';
import { signedOutCookies } from '@/lib/readers/cookies';
import { endAtProvider } from '@/lib/readers/identity-provider';
import { idTokenOf, revokeSession } from '@/lib/readers/session-store';
import { env } from '@/lib/runtime/env';

/** Ends the session of this browser, and then that at the identity provider where it began there. */
export async function POST(request: Request): Promise<Response> {
  const posted = await sessionForm(request, ACCOUNT, new Date());
  if (posted instanceof Response) return posted;
  const { siteUrl, oidc } = env();
  const idToken = await idTokenOf(getDb(), posted.actor);
  await revokeSession(getDb(), posted.actor, posted.actor.sessionId);
  const end = oidc && idToken ? await endAtProvider(oidc, siteUrl, idToken) : null;
  const answer = end ? goOn(end) : seeOther('/');
  for (const cookie of signedOutCookies(siteUrl)) answer.headers.append('set-cookie', cookie);
  return answer;
}
