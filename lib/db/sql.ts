import type { Sql } from 'sql-template-tag';
import type { Prisma, PrismaClient } from './generated/client';

/** For set-based queries: `db.$queryRaw<Row[]>(sql\`select … where id = ${id}\`)` binds `id` as a parameter. */
export { default as sql, empty, join, raw, type Sql } from 'sql-template-tag';

/** A connection or a transaction. Every store and query takes one as its first argument. */
export interface Db {
  $queryRaw<T = unknown>(query: Sql): Promise<T>;
  /** Returns the number of rows written. */
  $executeRaw(query: Sql): Promise<number>;
}

/** Prisma's own, for code that uses its models. */
export type ModelDb = PrismaClient | Prisma.TransactionClient;
export type JsonInput = Prisma.InputJsonValue;

interface Transactional {
  $transaction<T>(
    work: (tx: Db) => Promise<T>,
    options: { maxWait: number; timeout: number },
  ): Promise<T>;
}

/**
 * Runs `work` in a transaction, or in the one that `db` already is. Keep it short and without network
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
