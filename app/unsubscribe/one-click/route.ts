import { getDb } from '@/lib/db/client';
import { clientAddress } from '@/lib/http/client-address.mjs';
import { field, readForm, seeOther } from '@/lib/http/form';
import { problem } from '@/lib/http/problem';
import { env } from '@/lib/runtime/env';
import { leave } from '@/lib/subscribers/leave';

/**
 * The address in the List-Unsubscribe header (RFC 8058). Mail providers post to it without cookies,
 * origin or page; the token alone says who leaves.
 */
export async function POST(request: Request): Promise<Response> {
  const { secret, previousSecret, trustProxy } = env();
  const form = await readForm(request);
  if (form instanceof Response) return form;
  if (field(form, 'List-Unsubscribe') !== 'One-Click') {
    return problem(400, 'Bad request', 'The body must say List-Unsubscribe=One-Click (RFC 8058).');
  }
  const token = new URL(request.url).searchParams.get('token');
  const evidence = {
    ip: clientAddress(request.headers, trustProxy),
    userAgent: request.headers.get('user-agent'),
  };
  const now = new Date();
  const keys = { secret, previousSecret, now };
  const left = await leave(getDb(), token, 'One-click unsubscribe', { ...keys, evidence });
  if (!left.ok && left.problem !== 'gone') {
    return problem(404, 'Unknown link', 'This link is not one of ours or no longer works.');
  }
  return new Response('Unsubscribed.\n', {
    headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' },
  });
}

/** A person who opened the header's address gets the page with the button. */
export function GET(request: Request): Response {
  const token = new URL(request.url).searchParams.get('token') ?? '';
  return seeOther(`/unsubscribe?token=${encodeURIComponent(token)}`);
}
