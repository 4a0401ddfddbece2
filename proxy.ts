import { randomBytes } from 'node:crypto';
import { type NextRequest, NextResponse } from 'next/server';
import { contentSecurityPolicy, scriptHash } from '@/lib/http/content-security.mjs';
import { NEW_TOKEN_COOKIE, NEW_TOKEN_HEADER } from '@/lib/readers/cookies';
import { APPEARANCE_SCRIPT } from '@/lib/site/appearance';

/**
 * Pages made anew for each request. Their content security policy has a nonce; that of cached pages
 * has hashes and comes from lib/server/answer.mjs.
 */
export const config = {
  matcher: [
    '/search/:path*',
    '/subscribe/:path*',
    '/sign-in/:path*',
    '/marks',
    '/confirm/:path*',
    '/preferences',
    // Not the mail below it, which has a policy of its own.
    '/preferences/preview',
    '/preferences/link-sent',
    '/preferences/erased',
    '/account/:path*',
    // Not the forms below them: a file that is imported is larger than what a proxy takes.
    '/admin',
    '/admin/readers',
    '/admin/readers/:id(\\d+)',
    '/admin/papers',
    '/admin/papers/:id(\\d+)',
    '/admin/rejected',
    '/admin/log',
    '/for-you',
    '/follows',
    // Not the forms below them: a file that is imported is larger than what a proxy takes.
    '/library',
    '/library/:part',
    '/library/papers/:id',
    '/shelves/:token',
    '/unsubscribe/:path*',
    '/feedback/:path*',
    '/digests/:path*',
    // Not the mails' HTML below it, which has a policy of its own.
    '/outbox',
    '/outbox/:name',
    '/status/:path*',
    '/tags',
    '/about/ranking',
    '/about/log',
  ],
};

const appearance = scriptHash(APPEARANCE_SCRIPT);
const development = process.env.NODE_ENV === 'development';

export function proxy(request: NextRequest) {
  const nonce = randomBytes(16).toString('base64');
  const policy = contentSecurityPolicy([`'nonce-${nonce}'`, appearance], {
    development,
    frames: request.nextUrl.pathname === '/preferences/preview',
  });
  const headers = new Headers(request.headers);
  // Next reads the nonce from here and puts it on its own scripts.
  headers.set('content-security-policy', policy);
  // A new token is shown by one page, once. What a response sets, the page of that response would read too.
  const newToken = request.cookies.get(NEW_TOKEN_COOKIE)?.value;
  headers.delete(NEW_TOKEN_HEADER);
  if (newToken) headers.set(NEW_TOKEN_HEADER, newToken);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set('content-security-policy', policy);
  if (newToken) {
    response.cookies.set(NEW_TOKEN_COOKIE, '', { path: '/account', maxAge: 0 });
  }
  return response;
}
