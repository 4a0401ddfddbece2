/**
 * Whether a form post comes from a page of ours. Browsers always send Origin with a POST, and say in
 * Sec-Fetch-Site how its page stands to us; what sends neither is no browser and carries nobody's rights.
 * `null` comes from sandboxes and from redirects across sites. One word against it is enough.
 */
export function sameOrigin(request: Request, siteUrl: string): boolean {
  const site = request.headers.get('sec-fetch-site');
  if (site !== null && site !== 'same-origin' && site !== 'none') return false;
  const origin = request.headers.get('origin');
  if (origin === null) return true;
  if (origin === new URL(siteUrl).origin) return true;
  // The same machine under another name: localhost and 127.0.0.1, a test address, a second domain.
  const host = request.headers.get('host');
  return host !== null && URL.canParse(origin) && new URL(origin).host === host;
}
