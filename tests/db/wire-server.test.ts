import pg from 'pg';
import { afterAll, describe, expect, it } from 'vitest';
import { clientConfig } from '@/lib/db/target';
import { testTarget } from './database';

const pool = new pg.Pool({ ...clientConfig(testTarget()), max: 8 });
afterAll(() => pool.end());

/** Larger than a socket takes at once, so that it arrives in pieces. */
const LARGE = 'x'.repeat(900_000);

describe('many clients of one database', () => {
  it('each get the answer to their own question, however large it is', async () => {
    const ask = async (client: number) => {
      for (let i = 0; i < 20; i++) {
        const text = client % 2 === 0 ? LARGE : 'small';
        const { rows } = await pool.query(
          `select ${client} as c${client}, $1::int as i, length($2::text) as length`,
          [i, text],
        );
        expect(rows).toEqual([{ [`c${client}`]: client, i, length: text.length }]);
      }
    };
    await Promise.all([0, 1, 2, 3, 4, 5, 6, 7].map(ask));
  });

  it('never get into one another’s transactions', async () => {
    await pool.query('create table if not exists wire_test (client int, n int)');
    const write = async (client: number) => {
      const connection = await pool.connect();
      for (let n = 0; n < 10; n++) {
        await connection.query('begin');
        await connection.query('insert into wire_test values ($1, $2)', [client, n]);
        await connection.query('insert into wire_test select $1, length($2::text)', [
          client,
          client % 2 ? LARGE : '',
        ]);
        await connection.query(n % 2 === 0 ? 'commit' : 'rollback');
      }
      connection.release();
    };
    await Promise.all([0, 1, 2, 3, 4, 5].map(write));
    const { rows } = await pool.query(
      'select client, count(*)::int as n from wire_test group by 1 order by 1',
    );
    expect(rows).toEqual([0, 1, 2, 3, 4, 5].map((client) => ({ client, n: 10 })));
    await pool.query('drop table wire_test');
  });

  it('go on when one of them dies in the middle of a transaction', async () => {
    const dying = new pg.Client(clientConfig(testTarget()));
    dying.on('error', () => {});
    await dying.connect();
    await dying.query('begin');
    await dying.query('create table half_done (n int)');
    const waiting = pool.query('select 1 as alive');
    (
      dying as unknown as { connection: { stream: { destroy(): void } } }
    ).connection.stream.destroy();
    expect((await waiting).rows).toEqual([{ alive: 1 }]);
    const { rows } = await pool.query(`select to_regclass('half_done') as made`);
    expect(rows).toEqual([{ made: null }]);
  });

  it('get an error as an error, and can go on after it', async () => {
    await expect(pool.query('select $1::int', ['no number'])).rejects.toThrow(/invalid input/);
    expect((await pool.query('select $1::int as n', [3])).rows).toEqual([{ n: 3 }]);
  });
});
