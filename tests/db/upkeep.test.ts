import { beforeEach, expect, it } from 'vitest';
import { isEmbedded } from '@/lib/db/kind';
import { sql } from '@/lib/db/sql';
import { analyzeGrown, vacuumWorn } from '@/lib/db/upkeep';
import { emptyTables, testDatabase } from '@/tests/db/database';

const db = await testDatabase();

beforeEach(() => emptyTables(db));

it('renews the statistics of a table that has grown, once', async () => {
  await fill();
  await analyzeGrown(db);
  const [row] = await db.$queryRaw<{ rows: number }[]>(
    sql`select reltuples::int as rows from pg_class where oid = 'lexicon_entry'::regclass`,
  );
  expect(row?.rows).toBe(20_000);
  expect((await analyzeGrown(db)).analyzed).toEqual([]);
});

it('gives the space of dead rows back where no autovacuum does', async () => {
  await fill();
  await analyzeGrown(db);
  const size = await fileSize();
  for (let round = 0; round < 3; round++) {
    await db.$executeRaw(sql`update lexicon_entry set papers = papers + 1`);
    const { vacuumed } = await vacuumWorn(db);
    expect(vacuumed).toEqual((await isEmbedded(db)) ? ['lexicon_entry'] : []);
    expect((await vacuumWorn(db)).vacuumed).toEqual([]);
  }
  // Once longer by the new rows of the first round; those of the others fill what it gave back.
  if (await isEmbedded(db)) expect(await fileSize()).toBeLessThan(2.2 * size);
});

function fill() {
  return db.$executeRaw(sql`
    insert into lexicon_entry (stem, word, papers)
    select 'stem' || n, 'word' || n, n from generate_series(1, 20000) n`);
}

async function fileSize(): Promise<number> {
  const [row] = await db.$queryRaw<{ bytes: number }[]>(
    sql`select pg_relation_size('lexicon_entry')::float8 as bytes`,
  );
  return row!.bytes;
}
