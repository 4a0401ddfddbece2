import { beforeAll, expect, it } from 'vitest';
import { analyzeGrown } from '@/lib/db/analyze';
import { sql } from '@/lib/db/client';
import { emptyTables, testDatabase } from '@/tests/db/database';

const db = await testDatabase();

beforeAll(() => emptyTables(db));

it('renews the statistics of a table that has grown, once', async () => {
  await db.$executeRaw(sql`
    insert into search_word (stem, word, papers)
    select 'stem' || n, 'word' || n, n from generate_series(1, 20000) n`);
  await analyzeGrown(db);
  const [row] = await db.$queryRaw<{ rows: number }[]>(
    sql`select reltuples::int as rows from pg_class where oid = 'search_word'::regclass`,
  );
  expect(row?.rows).toBe(20_000);
  expect((await analyzeGrown(db)).analyzed).toEqual([]);
});
