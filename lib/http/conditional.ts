import { createHash } from 'node:crypto';

interface Cacheable {
  body: string;
  type: string;
  /** When what is shown last changed. */
  changedAt: Date;
  /** Seconds for which browsers, readers and proxies need not ask again. */
  maxAge: number;
}

/**
 * A 200 with ETag and Last-Modified, or a 304 where the request shows that the client has this very
 * body already (RFC 9110, section 13: If-None-Match is looked at before If-Modified-Since).
 */
export function conditional(
  request: Request,
  { body, type, changedAt, maxAge }: Cacheable,
): Response {
  const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 27)}"`;
  const headers = {
    etag,
    'last-modified': changedAt.toUTCString(),
    'cache-control': `public, max-age=${maxAge}`,
    'access-control-allow-origin': '*',
    'cross-origin-resource-policy': 'cross-origin',
  };
  return isFresh(request.headers, etag, changedAt)
    ? new Response(null, { status: 304, headers })
    : new Response(body, { headers: { ...headers, 'content-type': type } });
}

function isFresh(headers: Headers, etag: string, changedAt: Date): boolean {
  const known = headers.get('if-none-match');
  if (known !== null) {
    return known
      .split(',')
      .some((tag) => tag.trim() === '*' || tag.trim().replace(/^W\//, '') === etag);
  }
  const since = Date.parse(headers.get('if-modified-since') ?? '');
  // HTTP dates have whole seconds.
  return since >= Math.floor(changedAt.getTime() / 1000) * 1000;
}
