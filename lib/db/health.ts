import { type Db, sql } from './sql';

interface DatabaseHealth {
  /** In the server's words, such as "PostgreSQL 15.18". */
  version: string;
  appliedMigrations: number;
  /** The newest one in the database. */
  lastMigration: string | null;
}

/** Asks the database how it is. Throws if it does not answer within `milliseconds`. */
export async function databaseHealth(db: Db, milliseconds: number): Promise<DatabaseHealth> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('The database does not answer.')), milliseconds);
  });
  try {
    return await Promise.race([ask(db), late]);
  } finally {
    clearTimeout(timer);
  }
}

async function ask(db: Db): Promise<DatabaseHealth> {
  const [row] = await db.$queryRaw<{ version: string; applied: number; last: string | null }[]>(sql`
    select split_part(version(), ' on ', 1) as version, count(*)::int as applied,
      max(migration_name) as last
    from _prisma_migrations where finished_at is not null and rolled_back_at is null`);
  return {
    version: row?.version ?? 'unknown',
    appliedMigrations: row?.applied ?? 0,
    lastMigration: row?.last ?? null,
  };
}
