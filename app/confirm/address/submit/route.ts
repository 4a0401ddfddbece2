import { getDb } from '@/lib/db/client';
import { clientAddress } from '@/lib/http/client-address.mjs';
import { field, readOwnForm, seeOther } from '@/lib/http/form';
import { env } from '@/lib/runtime/env';
import { readerLinks } from '@/lib/subscribers/reader-links';
import { confirmAddress } from '@/lib/subscribers/sign-up';

/** The button of the page that a new address was sent. */
export async function POST(request: Request): Promise<Response> {
  const { siteUrl, secret, trustProxy } = env();
  const form = await readOwnForm(request, siteUrl);
  if (form instanceof Response) return form;
  const token = field(form, 'token');
  const now = new Date();
  const evidence = {
    ip: clientAddress(request.headers, trustProxy),
    userAgent: request.headers.get('user-agent'),
  };
  const moved = await confirmAddress(getDb(), token, { evidence, secret, now });
  if (!moved.ok) return seeOther(`/confirm/address?token=${encodeURIComponent(token)}`);
  const links = readerLinks(moved.reader, '', secret, now);
  return seeOther(`${links.preferences}&done=address`);
}
