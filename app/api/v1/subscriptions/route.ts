import { after } from 'next/server';
import { z } from 'zod';
import { getDb } from '@/lib/db/client';
import { clientAddress } from '@/lib/http/client-address.mjs';
import { evenly } from '@/lib/http/form';
import { readJsonObject } from '@/lib/http/json-body';
import { problem } from '@/lib/http/problem';
import { sameOrigin } from '@/lib/http/same-origin';
import { sendOwedMails } from '@/lib/mail/transactional/after-response';
import { env } from '@/lib/runtime/env';
import { parseAddress } from '@/lib/subscribers/email-address';
import { readPreferences } from '@/lib/subscribers/preference-form';
import { DEFAULT_PREFERENCES } from '@/lib/subscribers/preferences';
import { ANSWER_MS, mayAsk, signUp } from '@/lib/subscribers/sign-up';

const PARAMETERS = ['email', ...Object.keys(DEFAULT_PREFERENCES)];

const bad = (parameter: string, detail: string) =>
  problem(400, 'Bad request', detail, { parameter });

/** Asks for a digest. 202 whatever is known about the address: what follows comes by mail. */
export async function POST(request: Request): Promise<Response> {
  const { siteUrl, secret, suppressionKey, trustProxy, membership } = env();
  if (!sameOrigin(request, siteUrl)) {
    return problem(403, 'Forbidden', 'Pages of other sites cannot subscribe their visitors.');
  }
  const body = await readJsonObject(request, '{"email": "…"}');
  if (body instanceof Response) return body;
  const unknown = Object.keys(body).find((name) => !PARAMETERS.includes(name));
  if (unknown !== undefined) {
    return bad(unknown, `There is no parameter "${unknown}". There are: ${PARAMETERS.join(', ')}.`);
  }
  const email = z.string().max(1000).safeParse(body.email);
  if (!email.success) return bad('email', 'email is required: an address such as a@example.org.');
  const address = parseAddress(email.data);
  if (!address.ok) return bad('email', address.problem);
  const { email: _, ...given } = body;
  const wanted = readPreferences({ ...DEFAULT_PREFERENCES, ...given });
  if (!wanted.ok) {
    const [parameter, detail] = Object.entries(wanted.problems)[0]!;
    return bad(parameter, detail);
  }
  const now = new Date();
  const db = getDb();
  const ip = clientAddress(request.headers, trustProxy);
  if (!(await mayAsk(db, address.address, ip, now))) {
    return problem(429, 'Too many requests', 'Too many sign-ups from here. Try again in an hour.', {
      headers: { 'retry-after': '3600' },
    });
  }
  const evidence = { ip, userAgent: request.headers.get('user-agent') };
  await evenly(
    ANSWER_MS,
    signUp(db, address.address, wanted.preferences, {
      evidence,
      secret,
      suppressionKey,
      membership,
      now,
    }),
  );
  after(sendOwedMails);
  return Response.json(
    { message: 'If this address can receive mail, a confirmation is on its way to it.' },
    { status: 202, headers: { 'cache-control': 'no-store' } },
  );
}
