import { type Db, sql } from '@/lib/db/sql';

/** How many items of an input were stored before its import was interrupted; 0 where none was. */
export async function importCursor(db: Db, inputKey: string): Promise<number> {
  const rows = await db.$queryRaw<{ items: number }[]>(sql`
    select items from import_cursor where input_key = ${inputKey}`);
  return rows[0]?.items ?? 0;
}

export async function setImportCursor(
  db: Db,
  inputKey: string,
  items: number,
  now: Date,
): Promise<void> {
  await db.$executeRaw(sql`
    insert into import_cursor (input_key, items, at) values (${inputKey}, ${items}, ${now})
    on conflict (input_key) do update set items = excluded.items, at = excluded.at`);
}

export async function clearImportCursor(db: Db, inputKey: string): Promise<void> {
  await db.$executeRaw(sql`delete from import_cursor where input_key = ${inputKey}`);
}
