import { getDb } from '@/lib/db/client';
import { preview } from '@/lib/digest/preview';
import { previewTools } from '@/lib/digest/tools';
import { seeOther } from '@/lib/http/form';
import { env } from '@/lib/runtime/env';
import { holderOf } from '@/lib/subscribers/link-holder';

/** A mail is a page of its own, framed by the preview: its styles are inline, and nothing in it runs or loads. */
const MAIL_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'";

/** The digest’s HTML as the reader would get it now; changes nothing. */
export async function GET(request: Request): Promise<Response> {
  const { secret } = env();
  const token = new URL(request.url).searchParams.get('token') ?? '';
  const now = new Date();
  const holder = await holderOf(getDb(), 'preferences', token, { secret, now });
  // The page says what is wrong with the link, or why nothing would be sent.
  const page = `/preferences/preview?token=${encodeURIComponent(token)}`;
  if (!holder.ok) return seeOther(page);
  const tools = { ...previewTools(getDb()), now };
  const shown = await preview(getDb(), holder.subscription, tools);
  if ('nothing' in shown) return seeOther(page);
  return new Response(shown.html, {
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': MAIL_POLICY,
      'cache-control': 'no-store',
      'x-robots-tag': 'noindex',
    },
  });
}
