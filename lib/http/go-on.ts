import { escapeMarkup as x } from '@/lib/runtime/escape-markup';

/**
 * Leads a browser that posted a form to another site. No redirect: browsers hold all hops of a posted form
 * against `form-action`, and nobody knows the hops of an identity provider beforehand.
 */
export function goOn(url: URL): Response {
  const body = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<meta http-equiv="refresh" content="0; url=${x(url.href)}">
<title>Going on to ${x(url.host)}</title>
</head>
<body>
<main>
<p>Going on to <a href="${x(url.href)}">${x(url.host)}</a> …</p>
</main>
</body>
</html>
`;
  return new Response(body, {
    headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' },
  });
}
