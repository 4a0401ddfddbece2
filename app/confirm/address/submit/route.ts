import { after } from 'next/server';
import { getDb } from '@/lib/db/client';
import { clientAddress } from '@/lib/http/client-address.mjs';
import { field, readOwnForm, seeOther } from '@/lib/http/form';
import { sendOwedMails } from '@/lib/mail/transactional/after-response';
import { env } from '@/lib/runtime/env';
import { confirmAddress } from '@/lib/subscribers/own-data';
import { readerLinks } from '@/lib/subscribers/reader-links';
import { findReader } from '@/lib/subscribers/reader-store';

/** The button of the page that a new address was sent. */
export async function POST(request: Request): Promise<Response> {
  const { siteUrl, secret, suppressionKey, trustProxy } = env();
  const form = await readOwnForm(request, siteUrl);
  if (form instanceof Response) return form;
  const token = field(form, 'token');
  const now = new Date();
  const evidence = {
    ip: clientAddress(request.headers, trustProxy),
    userAgent: request.headers.get('user-agent'),
  };
  const moved = await confirmAddress(getDb(), token, {
    evidence,
    secret,
    suppressionKey,
    now,
  });
  if (!moved.ok) return seeOther(`/confirm/address?token=${encodeURIComponent(token)}`);
  after(sendOwedMails);
  if (!(await findReader(getDb(), moved.reader.id))) return seeOther('/account');
  const links = readerLinks(moved.reader, '', secret, now);
  return seeOther(`${links.preferences}&done=address`);
}
