import { problem } from '@/lib/http/problem';
import { readOutboxMail } from '@/lib/mail/send/outbox-reader';
import { env } from '@/lib/runtime/env';
import { mayReadOutbox } from '../../access';

/**
 * What a mail program would show: the mail's own styles, nothing from elsewhere, and in a sandbox, as
 * a page of no site, so that nothing in it could act for the person who looks at it.
 */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox allow-popups";

export async function GET(
  request: Request,
  { params }: { params: Promise<{ name: string }> },
): Promise<Response> {
  const { name } = await params;
  const key = new URL(request.url).searchParams.get('key') ?? '';
  const mail = mayReadOutbox(key) ? await readOutboxMail(env().dataDir, name) : null;
  if (!mail?.html) return problem(404, 'Not found', 'There is no such mail.');
  return new Response(mail.html, {
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': POLICY,
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
    },
  });
}
