import { getDb } from '@/lib/db/client';
import { clientAddress } from '@/lib/http/client-address.mjs';
import { seeOther } from '@/lib/http/form';
import { problem } from '@/lib/http/problem';
import {
  type AwayBrowser,
  awayBrowserOf,
  awayCookie,
  backCookie,
  signedInCookies,
} from '@/lib/readers/cookies';
import { browserName } from '@/lib/readers/credentials';
import {
  beginAtProvider,
  ProviderError,
  type ProviderProblem,
  personFromProvider,
} from '@/lib/readers/identity-provider';
import { signInByProvider } from '@/lib/readers/provider-sign-in';
import { mayAskToSignIn } from '@/lib/readers/sign-in';
import { env, type OidcSettings } from '@/lib/runtime/env';

export const dynamic = 'force-dynamic';

/**
 * Where the identity provider sends the browser back to. The one GET that signs in: the standard has it so.
 * It takes the cookie of the browser that began, and a code that is good once.
 */
export async function GET(request: Request): Promise<Response> {
  const { siteUrl, oidc, trustProxy } = env();
  if (!oidc) return problem(404, 'Not found', 'This site has no identity provider.');
  const ip = clientAddress(request.headers, trustProxy);
  if (!(await mayAskToSignIn(getDb(), ip, new Date()))) return seeOther('/sign-in?problem=often');
  const away = awayBrowserOf(request.headers);
  const cookies: string[] = [backCookie(siteUrl)];
  let answer: Response;
  try {
    if (!away) throw new ProviderError('void', null);
    const { sessionKey, path } = await signIn(request, oidc, away);
    answer = seeOther(path);
    if (sessionKey) cookies.push(...signedInCookies(sessionKey, siteUrl));
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    if (error.problem !== 'void') console.error(error.message);
    // Its keys were changed: they are read anew, and whoever is signed in there notices nothing.
    if (error.problem === 'key' && away && !away.isSecond) return onceMore(oidc, away);
    answer = seeOther(pathOf(error.problem, away));
  }
  for (const cookie of cookies) answer.headers.append('set-cookie', cookie);
  return answer;
}

async function signIn(
  request: Request,
  oidc: OidcSettings,
  away: AwayBrowser,
): Promise<{ sessionKey: string | null; path: string }> {
  const { siteUrl, membership, suppressionKey } = env();
  const query = new URL(request.url).search;
  const { person, idToken } = await personFromProvider(oidc, siteUrl, query, away);
  const result = await signInByProvider(getDb(), person, {
    browserName: browserName(request.headers.get('user-agent')),
    idToken,
    membership,
    suppressionKey,
    now: new Date(),
  });
  if (!result.ok) return { sessionKey: null, path: pathOf(result.problem, away) };
  return { sessionKey: result.sessionKey, path: away.next };
}

async function onceMore(oidc: OidcSettings, away: AwayBrowser): Promise<Response> {
  const { siteUrl } = env();
  try {
    const { url, flow } = await beginAtProvider(oidc, siteUrl);
    const cookie = awayCookie({ ...flow, next: away.next, isSecond: true }, siteUrl);
    return seeOther(url.href, { 'set-cookie': cookie });
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    return seeOther(pathOf(error.problem, away));
  }
}

/** The page to sign in on, with what was wrong. */
function pathOf(what: ProviderProblem | 'unverified' | 'domain', away: AwayBrowser | null): string {
  const next = away ? `&next=${encodeURIComponent(away.next)}` : '';
  return `/sign-in?problem=provider-${what}${next}`;
}
