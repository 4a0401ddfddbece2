import { afterAll, inject } from 'vitest';
import { openDatabase } from '@/lib/db/client';
import type { PrismaClient } from '@/lib/db/generated/client';
import { raw, sql } from '@/lib/db/sql';
import type { DatabaseTarget } from '@/lib/db/target';

/** Where this worker's database is, for tests that start processes of their own on it. */
export function testTarget(): DatabaseTarget {
  const targets = inject('databases');
  const worker = Number(process.env.VITEST_POOL_ID ?? 1);
  return targets[(worker - 1) % targets.length] as DatabaseTarget;
}

/** True where the tests run on the embedded database, whose limits some tests are about. */
export function onEmbedded(): boolean {
  return 'dataDir' in testTarget();
}

/** This worker's database, with all tables empty. Call once a test file, at its top. */
export async function testDatabase(): Promise<PrismaClient> {
  const db = openDatabase(testTarget());
  await emptyTables(db);
  afterAll(() => db.$disconnect());
  return db;
}

export async function emptyTables(db: PrismaClient): Promise<void> {
  const tables = await db.$queryRaw<{ name: string }[]>`
    select quote_ident(tablename) as name from pg_tables
    where schemaname = 'public' and left(tablename, 1) <> '_'`;
  const names = tables.map(({ name }) => name).join(', ');
  await db.$executeRaw(sql`truncate ${raw(names)} restart identity cascade`);
  // Far from the readers' ids, so that taking one for the other does not pass for right.
  await db.$queryRaw(sql`select setval('subscription_id_seq', 1000)::text`);
}
