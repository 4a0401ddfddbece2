import { type Db, sql } from './sql';

let embedded: Promise<boolean> | undefined;

/** Whether this is the embedded database. It is asked once in a process. */
export function isEmbedded(db: Db): Promise<boolean> {
  embedded ??= ask(db).catch((error) => {
    embedded = undefined;
    throw error;
  });
  return embedded;
}

async function ask(db: Db): Promise<boolean> {
  const [row] = await db.$queryRaw<{ embedded: boolean }[]>(
    sql`select version() like '%PGlite%' as embedded`,
  );
  return row?.embedded ?? false;
}
