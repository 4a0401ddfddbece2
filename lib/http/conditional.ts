import { createHash } from 'node:crypto';
import { isFresh } from './freshness.mjs';

interface Cacheable {
  body: string;
  type: string;
  /** When what is shown last changed; null where nothing says so, and only the entity tag tells. */
  changedAt: Date | null;
  /** Seconds for which browsers, readers and proxies need not ask again. */
  maxAge: number;
}

/**
 * A 200 with ETag and Last-Modified, or a 304 where the request shows that the client has this very
 * body already.
 */
export function conditional(
  request: Request,
  { body, type, changedAt, maxAge }: Cacheable,
): Response {
  const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 27)}"`;
  const headers = {
    etag,
    ...(changedAt && { 'last-modified': changedAt.toUTCString() }),
    'cache-control': `public, max-age=${maxAge}`,
    'access-control-allow-origin': '*',
  };
  return isFresh(Object.fromEntries(request.headers), headers)
    ? new Response(null, { status: 304, headers })
    : new Response(body, { headers: { ...headers, 'content-type': type } });
}
