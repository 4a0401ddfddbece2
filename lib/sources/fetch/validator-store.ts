import { type Db, sql } from '@/lib/db/sql';

/** What a page was last served with, by which it can be asked for only if it changed. */
interface Validators {
  etag: string | null;
  lastModified: string | null;
}

export async function validatorsOf(db: Db, url: string): Promise<Validators | null> {
  const rows = await db.$queryRaw<Validators[]>(sql`
    select etag, last_modified as "lastModified" from fetched_page where url = ${url}`);
  return rows[0] ?? null;
}

export async function saveValidators(
  db: Db,
  url: string,
  { etag, lastModified }: Validators,
): Promise<void> {
  await db.$executeRaw(sql`
    insert into fetched_page (url, etag, last_modified, fetched_at)
    values (${url}, ${etag}, ${lastModified}, ${new Date()})
    on conflict (url) do update set etag = excluded.etag,
      last_modified = excluded.last_modified, fetched_at = excluded.fetched_at`);
}
