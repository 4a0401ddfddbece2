import { expect, test } from 'vitest';
import { Prisma } from '@/lib/db/generated/client';
import { sql } from '@/lib/db/sql';
import { testDatabase } from './database';

const db = await testDatabase();

test.each(Object.values(Prisma.ModelName))(
  'the table of %s has every column of the schema',
  async (name) => {
    const model = name.replace(/^./, (letter) => letter.toLowerCase()) as 'paper';
    expect(await db[model].findFirst()).toBeNull();
  },
);

test('the database has no table that the schema does not name', async () => {
  const [row] = await db.$queryRaw<{ tables: number }[]>(sql`
    select count(*)::int as tables from pg_tables
    where schemaname = 'public' and tablename not in ('_prisma_migrations', '_migration_lease')`);
  expect(row!.tables).toBe(Object.keys(Prisma.ModelName).length);
});

test('a reader takes along all that is theirs, a paper what was said of it', async () => {
  const rules = await db.$queryRaw<{ child: string; parent: string; rule: string }[]>(sql`
    select conrelid::regclass::text as child, confrelid::regclass::text as parent,
      confdeltype::text as rule
    from pg_constraint where contype = 'f' and connamespace = 'public'::regnamespace`);
  const kept = rules.filter(({ rule }) => rule !== 'c').map(({ child, parent }) => [child, parent]);
  // What was mailed outlives the delivery, so that it is never mailed again; a delivery its edition.
  expect(kept.sort()).toEqual([
    ['delivery', 'edition'],
    ['mailed_paper', 'delivery'],
  ]);
});
