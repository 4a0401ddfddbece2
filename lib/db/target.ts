import type pg from 'pg';
import { embeddedLocation } from './location';

/** In milliseconds. The embedded database fails by silence, so its clients have a limit of their own. */
const EMBEDDED_QUERY_TIMEOUT = 180_000;

/** Where a database is: a URL, or the data folder of an embedded one. */
export type DatabaseTarget = { url: string } | { dataDir: string };

export function databaseTarget({
  databaseUrl,
  dataDir,
}: {
  databaseUrl: string | null;
  dataDir: string;
}): DatabaseTarget {
  return databaseUrl ? { url: databaseUrl } : { dataDir };
}

export function poolConfig(target: DatabaseTarget): pg.PoolConfig {
  if ('url' in target)
    return { connectionString: target.url, max: 10, connectionTimeoutMillis: 10_000 };
  return {
    host: embeddedLocation(target.dataDir).socketDir,
    user: 'postgres',
    database: 'postgres',
    // All connections share one backend. More of them would only wait.
    max: 4,
    connectionTimeoutMillis: 30_000,
    query_timeout: EMBEDDED_QUERY_TIMEOUT,
  };
}
