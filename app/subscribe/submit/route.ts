import { after } from 'next/server';
import { getDb } from '@/lib/db/client';
import { clientAddress } from '@/lib/http/client-address.mjs';
import { evenly, field, readOwnForm, seeOther } from '@/lib/http/form';
import { sendOwedMails } from '@/lib/mail/transactional/after-response';
import { env } from '@/lib/runtime/env';
import { parseAddress } from '@/lib/subscribers/email-address';
import { draftCookie } from '@/lib/subscribers/form-draft';
import { readPreferences, typedPreferences } from '@/lib/subscribers/preference-form';
import { DEFAULT_PREFERENCES, isTimezone } from '@/lib/subscribers/preferences';
import { ANSWER_MS, mayAsk, signUp } from '@/lib/subscribers/sign-up';

/** The sign-up box of every page, and the form of `/subscribe`. */
export async function POST(request: Request): Promise<Response> {
  const { siteUrl, secret, suppressionKey, trustProxy, membership } = env();
  const form = await readOwnForm(request, siteUrl);
  if (form instanceof Response) return form;
  const email = field(form, 'email').slice(0, 400);
  const wanted = typedPreferences(form, DEFAULT_PREFERENCES);
  // Filled in by the browser, not by the reader: one that is not known here is no mistake of theirs.
  if (!isTimezone(wanted.timezone)) wanted.timezone = DEFAULT_PREFERENCES.timezone;
  const again = (problems: Record<string, string>) => {
    const cookie = draftCookie('/subscribe', { email, typed: wanted, problems });
    return seeOther('/subscribe?again=1', { 'set-cookie': cookie });
  };

  const address = parseAddress(email);
  const preferences = readPreferences(wanted);
  if (!address.ok) return again({ email: address.problem });
  if (!preferences.ok) return again(preferences.problems);
  const db = getDb();
  const now = new Date();
  const ip = clientAddress(request.headers, trustProxy);
  if (!(await mayAsk(db, address.address, ip, now))) {
    return again({ email: 'Too many sign-ups came from here. Please try again in an hour.' });
  }
  const evidence = { ip, userAgent: request.headers.get('user-agent') };
  await evenly(
    ANSWER_MS,
    signUp(db, address.address, preferences.preferences, {
      evidence,
      secret,
      suppressionKey,
      membership,
      now,
    }),
  );
  after(sendOwedMails);
  return seeOther('/subscribe/sent');
}
