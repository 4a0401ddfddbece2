import { getDb } from '@/lib/db/client';
import { clientAddress } from '@/lib/http/client-address.mjs';
import { field, readOwnForm, seeOther } from '@/lib/http/form';
import { askingBrowserOf, ownPath, signedInCookies } from '@/lib/readers/cookies';
import { browserName } from '@/lib/readers/credentials';
import { mayAskToSignIn, signIn } from '@/lib/readers/sign-in';
import { env } from '@/lib/runtime/env';

/** The button that signs in, by link or by code. */
export async function POST(request: Request): Promise<Response> {
  const { siteUrl, secret, trustProxy } = env();
  const form = await readOwnForm(request, siteUrl);
  if (form instanceof Response) return form;
  const db = getDb();
  const now = new Date();
  const token = field(form, 'token');
  const ip = clientAddress(request.headers, trustProxy);
  if (!(await mayAskToSignIn(db, ip, now))) return seeOther('/sign-in?problem=often');
  const browser = askingBrowserOf(request.headers);
  const given = {
    token,
    code: field(form, 'code'),
    browser: browser?.key ?? null,
    browserName: browserName(request.headers.get('user-agent')),
  };
  const result = await signIn(db, given, { secret, now });
  if (!result.ok) {
    if (result.problem === 'void') return seeOther('/sign-in?problem=void');
    if (token === '') return seeOther('/sign-in/sent?problem=code');
    return seeOther(`/sign-in/confirm?token=${encodeURIComponent(token)}&problem=code`);
  }
  const answer = seeOther(ownPath(browser?.next ?? ''));
  for (const cookie of signedInCookies(result.sessionKey, siteUrl)) {
    answer.headers.append('set-cookie', cookie);
  }
  return answer;
}
