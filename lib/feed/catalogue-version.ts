import { type Db, sql } from '@/lib/db/sql';
import { sawCatalogueVersion, sawDatabaseAway } from '@/lib/http/web-process.mjs';

/** Tells every web process that what readers see has changed. Call after the change is committed. */
export async function bumpCatalogueVersion(db: Db): Promise<void> {
  await db.$executeRaw(sql`
    insert into catalogue_version as v (id, version) values (1, 1)
    on conflict (id) do update set version = v.version + 1, changed_at = now()`);
}

export async function catalogueVersion(db: Db): Promise<string> {
  const rows = await db.$queryRaw<{ version: bigint }[]>(sql`
    select version from catalogue_version where id = 1`);
  return String(rows[0]?.version ?? 0);
}

const POLL_MS = 5_000;

/**
 * Keeps asking for the version, because pages are cached in each web process and NOTIFY does not work
 * on the embedded database. While the database is away the last answer stands, and the pages with it.
 */
export async function watchCatalogueVersion(db: Db): Promise<void> {
  const poll = async () => {
    const version = await catalogueVersion(db).catch(() => null);
    if (version !== null) sawCatalogueVersion(version);
    sawDatabaseAway(version === null);
  };
  await poll();
  setInterval(poll, POLL_MS).unref();
}
