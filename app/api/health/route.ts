import { getDb } from '@/lib/db/client';
import { databaseHealth } from '@/lib/db/health';
import { env } from '@/lib/runtime/env';
import { searchEngine } from '@/lib/search/rank/engines';
import packageJson from '@/package.json';

export const dynamic = 'force-dynamic';
const PATIENCE_MS = 3_000;

/** For load balancers and the operator: 200 when pages can be served, 503 when the database is away. */
export async function GET() {
  const kind = env().databaseUrl ? 'postgresql' : 'embedded';
  const body = { version: packageJson.version, database: { kind } };
  const headers = { 'cache-control': 'no-store' };
  try {
    const health = await databaseHealth(getDb(), PATIENCE_MS);
    const migrations = { applied: health.appliedMigrations, last: health.lastMigration };
    const database = { kind, version: health.version };
    const search = { engine: await searchEngine(getDb()) };
    return Response.json({ status: 'ok', ...body, database, migrations, search }, { headers });
  } catch {
    return Response.json(
      { status: 'database away', ...body, detail: 'The database does not answer.' },
      { status: 503, headers: { ...headers, 'retry-after': '10' } },
    );
  }
}
