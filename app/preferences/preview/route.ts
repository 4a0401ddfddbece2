import { getDb } from '@/lib/db/client';
import { preview } from '@/lib/digest/preview';
import { searchPapersFor } from '@/lib/digest/saved-search';
import { seeOther } from '@/lib/http/form';
import { env } from '@/lib/runtime/env';
import { holderOf } from '@/lib/subscribers/link-holder';

/** A mail is a page of its own: its styles are inline, and nothing in it runs or loads. */
const MAIL_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** The digest as the reader would get it now; changes nothing. */
export async function GET(request: Request): Promise<Response> {
  const { siteUrl, postalAddress, secret } = env();
  const token = new URL(request.url).searchParams.get('token') ?? '';
  const now = new Date();
  const db = getDb();
  const holder = await holderOf(db, 'preferences', token, { secret, now });
  const page = `/preferences?token=${encodeURIComponent(token)}`;
  if (!holder.ok) return seeOther(page);
  const site = { url: siteUrl, postalAddress };
  const search = searchPapersFor(db);
  const shown = await preview(db, holder.subscription, { site, search, now });
  if ('nothing' in shown) {
    return seeOther(`${page}&nothing=${encodeURIComponent(shown.nothing)}`);
  }
  return new Response(shown.html, {
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': MAIL_POLICY,
      'cache-control': 'no-store',
      'x-robots-tag': 'noindex',
    },
  });
}
