import type { Sql } from 'sql-template-tag';
import type { Prisma, PrismaClient } from './generated/client';

/** For set-based queries: `db.$queryRaw<Row[]>(sql\`select … where id = ${id}\`)`, parameters bound. */
export { default as sql, empty, join, raw, type Sql } from 'sql-template-tag';

/** A connection, or a transaction on one: what every store and query takes as its first argument. */
export interface Db {
  $queryRaw<T = unknown>(query: Sql): Promise<T>;
  /** Gives the number of rows that were written. */
  $executeRaw(query: Sql): Promise<number>;
}

/** The same of Prisma's, for those who use its models. */
export type ModelDb = PrismaClient | Prisma.TransactionClient;
export type JsonInput = Prisma.InputJsonValue;

interface Transactional {
  $transaction<T>(
    work: (tx: Db) => Promise<T>,
    options: { maxWait: number; timeout: number },
  ): Promise<T>;
}

/**
 * Runs `work` in one transaction, joining the one `db` already is. Keep it short and without network
 * calls: on the embedded database everybody else waits meanwhile.
 */
export function transaction<T>(
  db: ModelDb,
  work: (tx: Prisma.TransactionClient) => Promise<T>,
): Promise<T>;
export function transaction<T>(db: Db, work: (tx: Db) => Promise<T>): Promise<T>;
export async function transaction<T>(
  db: Db & Partial<Transactional>,
  work: (tx: never) => Promise<T>,
): Promise<T> {
  const inside = work as (tx: Db) => Promise<T>;
  if (typeof db.$transaction !== 'function') return inside(db);
  return db.$transaction(inside, { maxWait: 60_000, timeout: 120_000 });
}
