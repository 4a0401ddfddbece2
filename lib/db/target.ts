import type pg from 'pg';
import { embeddedLocation } from './location';

/** In milliseconds. The embedded database fails by silence, so its clients have a limit of their own. */
const WORK_QUERY_MS = 180_000;
/**
 * By then a reader has been told (lib/server/web.mjs). Not much sooner, because a page that fails costs a
 * hundred times what an answer without one does, and forty may be waiting.
 */
const READER_MS = 8_000;

/** Where a database is: a URL, or the data folder of an embedded one; and how many connections a process may have. */
export type DatabaseTarget = (
  | {
      url: string;
      /** Which setting it is from, for what is said of it; DATABASE_URL if not told. */
      setting?: string;
    }
  | { dataDir: string }
) & { connections?: number };

/**
 * Who asks. In a web process readers wait a few seconds at most, and its jobs, which may hold
 * connections for minutes, have some of their own. A command has all.
 */
export type Asker = 'readers' | 'jobs' | 'command';

export function databaseTarget({
  databaseUrl,
  databasePool,
  dataDir,
}: {
  databaseUrl: string | null;
  databasePool: number | null;
  dataDir: string;
}): DatabaseTarget {
  const connections = databasePool ?? undefined;
  return databaseUrl ? { url: databaseUrl, connections } : { dataDir, connections };
}

/** Where migrations go: past a pooler that cannot do them, by DIRECT_URL. */
export function migrationTarget(settings: {
  databaseUrl: string | null;
  directUrl: string | null;
  dataDir: string;
}): DatabaseTarget {
  const { databaseUrl, directUrl, dataDir } = settings;
  if (!databaseUrl) return { dataDir };
  return directUrl ? { url: directUrl, setting: 'DIRECT_URL' } : { url: databaseUrl };
}

/** For one connection; `poolConfig` is for several. */
export function clientConfig(target: DatabaseTarget): pg.ClientConfig {
  const name = { fallback_application_name: 'broadsheet' };
  if ('url' in target) {
    return {
      ...name,
      connectionString: target.url,
      connectionTimeoutMillis: 10_000,
      // A server that vanished is noticed, however long a query may take.
      keepAlive: true,
    };
  }
  return {
    ...name,
    host: embeddedLocation(target.dataDir).socketDir,
    user: 'postgres',
    database: 'postgres',
    connectionTimeoutMillis: 30_000,
    query_timeout: WORK_QUERY_MS,
  };
}

export function poolConfig(target: DatabaseTarget, asker: Asker): pg.PoolConfig {
  const config = { ...clientConfig(target), max: connectionsFor(target, asker) };
  if (asker === 'command') return config;
  return asker === 'readers'
    ? { ...config, connectionTimeoutMillis: READER_MS, query_timeout: READER_MS }
    : { ...config, connectionTimeoutMillis: 30_000, query_timeout: WORK_QUERY_MS };
}

/** Jobs get half, up to four; a web process has at least one for each. */
function connectionsFor(target: DatabaseTarget, asker: Asker): number {
  // All connections to the embedded database share one backend. More of them would only wait.
  const all = target.connections ?? ('url' in target ? (connectionLimit(target.url) ?? 10) : 8);
  const jobs = Math.min(4, Math.max(1, Math.floor(all / 2)));
  if (asker === 'command') return all;
  return asker === 'jobs' ? jobs : Math.max(1, all - jobs);
}

/** `?connection_limit=5`, as Prisma's URLs have it. */
function connectionLimit(url: string): number | null {
  if (!URL.canParse(url)) return null;
  const limit = Number(new URL(url).searchParams.get('connection_limit'));
  return Number.isInteger(limit) && limit > 0 ? limit : null;
}
