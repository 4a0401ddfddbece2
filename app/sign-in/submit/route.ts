import { after } from 'next/server';
import { getDb } from '@/lib/db/client';
import { clientAddress } from '@/lib/http/client-address.mjs';
import { evenly, field, readOwnForm, seeOther } from '@/lib/http/form';
import { sendOwedMails } from '@/lib/mail/transactional/after-response';
import { askingBrowserOf, askingCookie, ownPath } from '@/lib/readers/cookies';
import { newKey } from '@/lib/readers/credentials';
import { askToSignIn, mayAskToSignIn } from '@/lib/readers/sign-in';
import { env } from '@/lib/runtime/env';
import { parseAddress } from '@/lib/subscribers/email-address';
import { ANSWER_MS } from '@/lib/subscribers/sign-up';

/** Asks for a mail to sign in with. The same answer for every address, known or not. */
export async function POST(request: Request): Promise<Response> {
  const { siteUrl, secret, suppressionKey, trustProxy, membership } = env();
  const form = await readOwnForm(request, siteUrl);
  if (form instanceof Response) return form;
  const next = ownPath(field(form, 'next'));
  const again = (problem: string) =>
    seeOther(`/sign-in?problem=${problem}&next=${encodeURIComponent(next)}`);
  const address = parseAddress(field(form, 'email').slice(0, 400));
  if (!address.ok) return again('address');
  const db = getDb();
  const now = new Date();
  const ip = clientAddress(request.headers, trustProxy);
  if (!(await mayAskToSignIn(db, ip, now))) return again('often');
  // A second request keeps the key, so that the link of the first still works here.
  const key = askingBrowserOf(request.headers)?.key ?? newKey();
  await evenly(
    ANSWER_MS,
    askToSignIn(db, address.address, key, { secret, suppressionKey, membership, now }),
  );
  after(sendOwedMails);
  return seeOther('/sign-in/sent', { 'set-cookie': askingCookie({ key, next }, siteUrl) });
}
