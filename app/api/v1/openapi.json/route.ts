import { openApi } from '@/lib/api/openapi';
import { OPERATIONS } from '@/lib/api/operations';
import { env } from '@/lib/runtime/env';

// The address of the site is known when it runs, not when it is built.
export const dynamic = 'force-dynamic';

export function GET(): Response {
  return Response.json(openApi(OPERATIONS, env().siteUrl), {
    headers: { 'cache-control': 'public, max-age=3600', 'access-control-allow-origin': '*' },
  });
}
