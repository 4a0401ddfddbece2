import { getDb } from '@/lib/db/client';
import { clientAddress } from '@/lib/http/client-address.mjs';
import { field, readOwnForm, seeOther } from '@/lib/http/form';
import { env } from '@/lib/runtime/env';
import { leave } from '@/lib/subscribers/leave';

/** The button of the page. The page then says that it is done. */
export async function POST(request: Request): Promise<Response> {
  const { siteUrl, secret, previousSecret, trustProxy } = env();
  const form = await readOwnForm(request, siteUrl);
  if (form instanceof Response) return form;
  const token = field(form, 'token');
  const evidence = {
    ip: clientAddress(request.headers, trustProxy),
    userAgent: request.headers.get('user-agent'),
  };
  const now = new Date();
  const keys = { secret, previousSecret, now };
  await leave(getDb(), token, 'Unsubscribed on the page', { ...keys, evidence });
  return seeOther(`/unsubscribe?token=${encodeURIComponent(token)}`);
}
