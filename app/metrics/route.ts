import { getDb } from '@/lib/db/client';
import { hasBearer } from '@/lib/http/bearer';
import { metrics } from '@/lib/http/metrics.mjs';
import { problem } from '@/lib/http/problem';
import { servedRequest } from '@/lib/http/web-process.mjs';
import { readMetrics } from '@/lib/metrics/collect';
import { env } from '@/lib/runtime/env';

export const dynamic = 'force-dynamic';

/** For Prometheus, on METRICS_PORT or with METRICS_TOKEN; where neither is set there is no such page. */
export async function GET(request: Request) {
  const { metricsToken, backupDir } = env();
  if (!servedRequest()?.isOperators) {
    if (metricsToken === null) {
      return problem(404, 'Not found', 'Set METRICS_TOKEN, or METRICS_PORT, to have metrics.');
    }
    if (!hasBearer(request.headers, metricsToken)) {
      return problem(401, 'Unauthorized', 'Send Authorization: Bearer with the METRICS_TOKEN.', {
        headers: { 'www-authenticate': 'Bearer' },
      });
    }
  }
  const text = await readMetrics(getDb(), backupDir, new Date());
  const { contentType } = metrics().registry;
  return new Response(text, {
    headers: { 'content-type': contentType, 'cache-control': 'no-store' },
  });
}
