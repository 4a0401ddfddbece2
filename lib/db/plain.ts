import type pg from 'pg';
import { Pool } from './pool';
import type { Db, Sql } from './sql';
import type { DatabaseTarget } from './target';

/** A database for SQL alone, without Prisma: for commands that move many rows. */
export class PlainDb implements Db {
  private readonly pool: pg.Pool;

  constructor(target: DatabaseTarget) {
    this.pool = new Pool(target, 'command');
  }

  $queryRaw<T>(query: Sql): Promise<T> {
    return rowsOf(this.pool, query);
  }

  $executeRaw(query: Sql): Promise<number> {
    return countOf(this.pool, query);
  }

  async $transaction<T>(work: (tx: Db) => Promise<T>): Promise<T> {
    const client = await this.pool.connect();
    let broken: Error | undefined;
    // Without a listener, a connection lost between two statements would end the process.
    const hear = (error: Error) => {
      broken = error;
    };
    client.on('error', hear);
    try {
      await client.query('begin');
      const result = await work({
        $queryRaw: (query) => rowsOf(client, query),
        $executeRaw: (query) => countOf(client, query),
      });
      await client.query('commit');
      return result;
    } catch (error) {
      await client.query('rollback').catch(hear);
      throw error;
    } finally {
      client.off('error', hear);
      client.release(broken);
    }
  }

  close(): Promise<void> {
    return this.pool.end();
  }
}

type Queryable = pg.Pool | pg.PoolClient;

async function rowsOf<T>(on: Queryable, { text, values }: Sql): Promise<T> {
  return (await on.query({ text, values })).rows as T;
}

async function countOf(on: Queryable, { text, values }: Sql): Promise<number> {
  return (await on.query({ text, values })).rowCount ?? 0;
}
