import { type Db, sql } from './sql';

/**
 * A backup is gzipped text: a first line of JSON (`BackupHeader`), then a line for each batch of
 * rows, `table<tab>[rows as JSON]`, then `end<tab>{"rows": n}`. Rows stay text as Postgres writes
 * them, so no number or timestamp loses a digit. The same file goes into any Postgres: that is how an
 * installation moves from the embedded database to a server.
 */
export interface BackupHeader {
  /** The version of this format: grows when a file of an older one has to be read in another way. */
  broadsheet: number;
  /** When the moment was that the file shows: not before, and not after. Older files do not say. */
  span?: { from: Date | string; to: Date | string };
  migrations: string[];
  /** Each after those that it refers to. */
  tables: TableColumns[];
  /** The last number that each sequence gave. Format 1 has none. */
  sequences: Record<string, string>;
}

export interface TableColumns {
  name: string;
  columns: string[];
}

/** What is written. Format 1, from before the tables had their present names, is read by `backup-format-1.ts`. */
export const FORMAT = 2;

/** Rows written or read so far, of how many. */
export type Progress = (rows: number, total: number) => void;

/** A file that is no backup, or a database that cannot take it. */
export class BackupError extends Error {
  override name = 'BackupError';
}

export async function appliedMigrations(tx: Db): Promise<string[]> {
  const rows = await tx.$queryRaw<{ name: string }[]>(sql`
    select migration_name as name from _prisma_migrations where finished_at is not null order by 1`);
  return rows.map(({ name }) => name);
}

/**
 * Our tables with the columns that can be written, each after those that it refers to. Those of the
 * migrations begin with an underscore.
 */
export async function tablesParentsFirst(tx: Db): Promise<TableColumns[]> {
  const rows = await tx.$queryRaw<{ name: string; columns: string[]; parents: string[] }[]>(sql`
    select c.relname::text as name,
      array(select a.attname::text from pg_attribute a
        where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
        order by a.attnum) as columns,
      array(select distinct p.relname::text from pg_constraint f join pg_class p on p.oid = f.confrelid
        where f.conrelid = c.oid and f.contype = 'f' and p.oid <> c.oid) as parents
    from pg_class c
    where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace
      and left(c.relname, 1) <> '_'
    order by c.relname`);
  const placed: typeof rows = [];
  const waiting = [...rows];
  while (waiting.length > 0) {
    const next = waiting.findIndex(({ parents }) =>
      parents.every((parent) => placed.some(({ name }) => name === parent)),
    );
    if (next < 0) throw new Error('The tables refer to each other in a circle.');
    placed.push(...waiting.splice(next, 1));
  }
  return placed.map(({ name, columns }) => ({ name, columns }));
}
