import { ownPath } from '@/lib/readers/cookies';

/** The path of the page with the button; that of the front page where the browser does not say. */
export function pageBefore(request: Request): string {
  const referer = request.headers.get('referer') ?? '';
  if (!URL.canParse(referer)) return '/';
  const { host, pathname, search } = new URL(referer);
  return host === request.headers.get('host') ? ownPath(pathname + search) : '/';
}
