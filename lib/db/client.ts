import { PrismaPg } from '@prisma/adapter-pg';
import type pg from 'pg';
import { env } from '../env';
import { Prisma, PrismaClient } from './generated/client';
import { embeddedLocation } from './location';

/** A connection, or a transaction on one: what every store and query takes as its first argument. */
export type Db = PrismaClient | Prisma.TransactionClient;

/** For set-based queries: `db.$queryRaw<Row[]>(sql\`select … where id = ${id}\`)`, parameters bound. */
export const { sql, join, raw, empty } = Prisma;
export type Sql = Prisma.Sql;
export type JsonInput = Prisma.InputJsonValue;

/** Milliseconds. The embedded database fails by silence, so whoever asks it has a limit of its own. */
const EMBEDDED_QUERY_TIMEOUT = 180_000;

/** Where a database is: a URL, or the data folder of an embedded one. */
export type DatabaseTarget = { url: string } | { dataDir: string };

export function poolConfig(target: DatabaseTarget): pg.PoolConfig {
  if ('url' in target)
    return { connectionString: target.url, max: 10, connectionTimeoutMillis: 10_000 };
  return {
    host: embeddedLocation(target.dataDir).socketDir,
    user: 'postgres',
    database: 'postgres',
    // All connections share one backend: more of them would only queue.
    max: 4,
    connectionTimeoutMillis: 30_000,
    query_timeout: EMBEDDED_QUERY_TIMEOUT,
  };
}

/** Opens a database. The caller disconnects. */
export function openDatabase(target: DatabaseTarget): PrismaClient {
  return new PrismaClient({ adapter: new PrismaPg(poolConfig(target), { onPoolError: () => {} }) });
}

export function databaseTarget({
  databaseUrl,
  dataDir,
}: {
  databaseUrl: string | null;
  dataDir: string;
}): DatabaseTarget {
  return databaseUrl ? { url: databaseUrl } : { dataDir };
}

// The development server reloads modules; the connections outlive that.
const kept = globalThis as typeof globalThis & { broadsheetDb?: PrismaClient };

/** This process's database, by its settings. */
export function getDb(): PrismaClient {
  kept.broadsheetDb ??= openDatabase(databaseTarget(env()));
  return kept.broadsheetDb;
}

/**
 * Runs `work` in one transaction, joining the one `db` already is. Keep it short and without network
 * calls: on the embedded database everybody else waits meanwhile.
 */
export async function transaction<T>(
  db: Db,
  work: (tx: Prisma.TransactionClient) => Promise<T>,
): Promise<T> {
  if ('$transaction' in db && typeof db.$transaction === 'function') {
    return (db as PrismaClient).$transaction(work, { maxWait: 60_000, timeout: 120_000 });
  }
  return work(db);
}
