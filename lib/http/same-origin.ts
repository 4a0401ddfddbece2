/**
 * Whether a form post comes from a page of ours. Browsers always send Origin with a POST; what sends
 * none is no browser and carries nobody's rights. `null` comes from sandboxes and from redirects
 * across sites.
 */
export function sameOrigin(request: Request, siteUrl: string): boolean {
  const origin = request.headers.get('origin');
  if (origin === null) return request.headers.get('sec-fetch-site') !== 'cross-site';
  if (origin === new URL(siteUrl).origin) return true;
  // The same machine under another name: localhost and 127.0.0.1, a test address, a second domain.
  const host = request.headers.get('host');
  return host !== null && URL.canParse(origin) && new URL(origin).host === host;
}
