import { expect, test } from 'vitest';
import { migrate, migrationStatus } from '@/lib/db/migrate';
import { testDatabase, testTarget } from './database';

const db = await testDatabase();

test('a migrated database is up to date, and migrating again changes nothing', async () => {
  expect(await migrate(testTarget())).toEqual([]);
  expect(await migrationStatus(testTarget())).toEqual({
    missing: [],
    unknown: [],
    edited: [],
    failed: [],
  });
});

test('migrations are recorded where prisma migrate looks for them', async () => {
  const rows = await db.$queryRaw<{ name: string; done: boolean }[]>`
    select migration_name as name, finished_at is not null as done from _prisma_migrations`;
  expect(rows.length).toBeGreaterThan(0);
  expect(rows.every(({ done }) => done)).toBe(true);
});

test('a migration that the program does not know is named', async () => {
  await db.$executeRaw`
    insert into _prisma_migrations (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
    values ('x', 'x', '29991231000000_from_the_future', now(), now(), 1)`;
  const { unknown } = await migrationStatus(testTarget());
  await db.$executeRaw`delete from _prisma_migrations where id = 'x'`;
  expect(unknown).toEqual(['29991231000000_from_the_future']);
});
