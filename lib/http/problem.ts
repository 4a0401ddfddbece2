/**
 * An error as RFC 9457 describes it. `extra` carries what a program can act on, such as
 * `{parameter: 'limit'}`.
 */
export function problem(
  status: number,
  title: string,
  detail?: string,
  extra: Record<string, unknown> & { headers?: HeadersInit } = {},
): Response {
  const { headers, ...members } = extra;
  const body = { type: 'about:blank', title, status, ...(detail && { detail }), ...members };
  return new Response(JSON.stringify(body), {
    status,
    headers: {
      'content-type': 'application/problem+json',
      'cache-control': 'no-store',
      ...Object.fromEntries(new Headers(headers)),
    },
  });
}
