import { getDb } from '@/lib/db/client';
import { clientAddress } from '@/lib/http/client-address.mjs';
import { field, readOwnForm, seeOther } from '@/lib/http/form';
import { goOn } from '@/lib/http/go-on';
import { problem } from '@/lib/http/problem';
import { awayCookie, ownPath } from '@/lib/readers/cookies';
import { beginAtProvider, ProviderError } from '@/lib/readers/identity-provider';
import { mayAskToSignIn } from '@/lib/readers/sign-in';
import { env } from '@/lib/runtime/env';

/** The button that leads to the identity provider. */
export async function POST(request: Request): Promise<Response> {
  const { siteUrl, oidc, trustProxy } = env();
  const form = await readOwnForm(request, siteUrl);
  if (form instanceof Response) return form;
  if (!oidc) return problem(404, 'Not found', 'This site has no identity provider.');
  const next = ownPath(field(form, 'next'));
  const again = (what: string) =>
    seeOther(`/sign-in?problem=${what}&next=${encodeURIComponent(next)}`);
  const ip = clientAddress(request.headers, trustProxy);
  if (!(await mayAskToSignIn(getDb(), ip, new Date()))) return again('often');
  try {
    const { url, flow } = await beginAtProvider(oidc, siteUrl);
    const answer = goOn(url);
    answer.headers.append('set-cookie', awayCookie({ ...flow, next, isSecond: false }, siteUrl));
    return answer;
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    console.error(error.message);
    return again('provider-away');
  }
}
