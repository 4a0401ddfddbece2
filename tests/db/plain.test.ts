import { afterAll, expect, test } from 'vitest';
import { isEmbedded } from '@/lib/db/kind';
import { PlainDb } from '@/lib/db/plain';
import { sql, transaction } from '@/lib/db/sql';
import { testDatabase, testTarget } from './database';

await testDatabase();
const db = new PlainDb(testTarget());
afterAll(() => db.close());

const kept = async () =>
  (await db.$queryRaw<{ key: string }[]>(sql`select input_key as key from import_cursor`)).map(
    ({ key }) => key,
  );
const keep = (on: Pick<PlainDb, '$executeRaw'>, key: string) =>
  on.$executeRaw(sql`insert into import_cursor (input_key, items, at) values (${key}, 1, now())`);

test('a transaction is kept as a whole, or not at all', async () => {
  await transaction(db, (tx) => keep(tx, 'whole'));
  const failing = transaction(db, async (tx) => {
    await keep(tx, 'half');
    throw new Error('in the middle');
  });
  await expect(failing).rejects.toThrow('in the middle');
  expect(await kept()).toEqual(['whole']);
});

// The embedded database has one backend for all: it cannot lose one connection.
test.skipIf(await isEmbedded(db))(
  'a connection lost between two statements fails the transaction, not the process',
  async () => {
    const lost = transaction(db, async (tx) => {
      const [{ pid }] = await tx.$queryRaw<[{ pid: number }]>(sql`select pg_backend_pid() as pid`);
      await db.$queryRaw(sql`select pg_terminate_backend(${pid}::int)`);
      await new Promise((resolve) => setTimeout(resolve, 200));
      await keep(tx, 'lost');
    });
    await expect(lost).rejects.toThrow();
    expect(await kept()).not.toContain('lost');
  },
);
