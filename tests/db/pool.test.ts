import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { afterEach, describe, expect, test } from 'vitest';
import { awaitDatabase, connect, isAway } from '@/lib/db/away';
import { openDatabase } from '@/lib/db/client';
import { sql, transaction } from '@/lib/db/sql';
import { type Asker, type DatabaseTarget, poolConfig } from '@/lib/db/target';
import { startDatabaseProxy } from '../database-proxy';
import { onEmbedded, testTarget } from './database';

const stops: (() => unknown)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

async function proxied(tls?: { cert: string; key: string }) {
  const proxy = await startDatabaseProxy(testTarget(), tls);
  stops.push(() => proxy.stop());
  return proxy;
}

function open(url: string, asker: Asker, connections?: number) {
  const db = openDatabase({ url, connections }, asker);
  stops.push(() => db.$disconnect());
  return db;
}

async function took(work: Promise<unknown>): Promise<{ ms: number; error: unknown }> {
  const began = performance.now();
  const error = await work.then(
    () => null,
    (reason) => reason,
  );
  return { ms: performance.now() - began, error };
}

describe('how many connections a process has', () => {
  const most = (target: DatabaseTarget, asker: Asker) => poolConfig(target, asker).max;
  const url = 'postgresql://u@h/d';

  test.each<[string, DatabaseTarget, number[]]>([
    ['nothing is set', { url }, [10, 6, 4]],
    ['connection_limit in the URL', { url: `${url}?connection_limit=4` }, [4, 2, 2]],
    ['the setting', { url, connections: 20 }, [20, 16, 4]],
    ['both: the setting', { url: `${url}?connection_limit=4`, connections: 6 }, [6, 3, 3]],
    ['one', { url, connections: 1 }, [1, 1, 1]],
    ['nonsense in the URL', { url: `${url}?connection_limit=x` }, [10, 6, 4]],
    ['the embedded database', { dataDir: '/d' }, [8, 4, 4]],
  ])('%s', (_, target, [command, readers, jobs]) => {
    expect(most(target, 'command')).toBe(command);
    expect(most(target, 'readers')).toBe(readers);
    expect(most(target, 'jobs')).toBe(jobs);
  });

  test('one is enough for statements and transactions at once', async () => {
    const { url: through } = await proxied();
    const db = open(through, 'readers', 1);
    const work = Array.from({ length: 10 }, (_, i) =>
      transaction(db, (tx) => tx.$queryRaw<{ i: number }[]>(sql`select ${i}::int as i`)),
    );
    expect((await Promise.all(work)).flat().map(({ i }) => i)).toEqual([
      0, 1, 2, 3, 4, 5, 6, 7, 8, 9,
    ]);
  });
});

test('a server without room is waited for', async () => {
  const proxy = await proxied();
  const db = open(proxy.url, 'readers');
  proxy.haveNoRoom(3);
  expect((await took(db.$queryRaw(sql`select 1 as one`))).error).toBeNull();
});

test('a server that stays without room is told as away, in a few seconds', async () => {
  const proxy = await proxied();
  const db = open(proxy.url, 'readers');
  proxy.haveNoRoom(1_000);
  const { ms, error } = await took(db.$queryRaw(sql`select 1 as one`));
  expect(isAway(error)).toBe(true);
  expect(ms).toBeLessThan(10_000);
});

describe('a database that falls silent', () => {
  test('a query, a transaction and those that wait for a connection fail in a few seconds', async () => {
    const proxy = await proxied();
    const db = open(proxy.url, 'readers', 2);
    await Promise.all([db.paper.count(), db.paper.count()]);
    proxy.silence();
    const works = await Promise.all([
      took(db.paper.count()),
      took(db.$queryRaw(sql`select 1 as one`)),
      took(transaction(db, (tx) => tx.$queryRaw(sql`select 1 as one`))),
      took(db.paper.findFirst()),
    ]);
    for (const { ms, error } of works) {
      expect(isAway(error)).toBe(true);
      expect(ms).toBeLessThan(20_000);
    }
  });

  test('one that falls silent within a transaction leaves no connection that nobody can use', async () => {
    const proxy = await proxied();
    const db = open(proxy.url, 'readers', 1);
    const { error } = await took(
      transaction(db, async (tx) => {
        await tx.$queryRaw(sql`select 1 as one`);
        proxy.silence();
        await tx.$queryRaw(sql`select 2 as two`);
      }),
    );
    expect(isAway(error)).toBe(true);
    await proxy.vanish();
    await proxy.recover();
    expect((await took(db.$queryRaw(sql`select 1 as one`))).error).toBeNull();
  });

  test('what a query got wrong is not taken for it', async () => {
    const db = open((await proxied()).url, 'readers');
    expect(isAway((await took(db.$queryRaw(sql`select * from nowhere`))).error)).toBe(false);
    expect(isAway((await took(db.$queryRaw(sql`select 1 / 0 as a`))).error)).toBe(false);
  });
});

describe('a database that cannot be used when we start', () => {
  const messageOf = async (url: string, setting?: string) =>
    String(((await took(awaitDatabase({ url, setting }, 0, () => {}))).error as Error)?.message);

  test('is named with its setting: absent', async () => {
    expect(await messageOf('postgresql://u@127.0.0.1:1/papers')).toMatch(
      /^The database "papers" at 127\.0\.0\.1:1 cannot be used: connect ECONNREFUSED 127\.0\.0\.1:1\. Start it, or set DATABASE_URL right\.$/,
    );
    expect(await messageOf('postgresql://u@127.0.0.1:1/papers', 'DIRECT_URL')).toContain(
      'set DIRECT_URL right',
    );
  });

  test('of a name that leads nowhere', async () => {
    expect(await messageOf('postgresql://u@no-such-host.invalid/papers')).toMatch(
      /no-such-host\.invalid.* Start it, or set DATABASE_URL right\.$/,
    );
  });

  test('missing, or with a wrong user', async (context) => {
    const target = testTarget();
    if (!('url' in target)) return context.skip('the embedded database has one, for everybody');
    const url = new URL(target.url);
    url.pathname = '/no_such_database';
    expect(await messageOf(url.href)).toMatch(/Create it, or name another one in DATABASE_URL\.$/);
  });

  test('and is waited for, if it comes', async () => {
    const proxy = await proxied();
    await proxy.vanish();
    setTimeout(() => void proxy.recover(), 1_500);
    const said: string[] = [];
    const { error, ms } = await took(
      awaitDatabase({ url: proxy.url }, 10_000, (line) => said.push(line)),
    );
    expect(error).toBeNull();
    expect(ms).toBeGreaterThan(1_000);
    expect(said).toHaveLength(1);
    expect(said[0]).toMatch(/ECONNREFUSED.* Waiting for it …$/);
  });

  test('a silent one is given up', async () => {
    const proxy = await proxied();
    proxy.silence();
    const { error, ms } = await took(awaitDatabase({ url: proxy.url }, 0, () => {}));
    expect((error as Error).message).toMatch(/cannot be used.* set DATABASE_URL right\.$/);
    expect(ms).toBeLessThan(15_000);
  });
});

describe('TLS with an authority of one’s own', () => {
  const file = (name: string) =>
    fileURLToPath(new URL(`../fixtures/tls/${name}.pem`, import.meta.url));
  const tls = {
    cert: readFileSync(file('certificate'), 'utf8'),
    key: readFileSync(file('key'), 'utf8'),
  };

  test('works by sslrootcert, and without it the message names that', async () => {
    const { url } = await proxied(tls);
    const verified = `${url}?sslmode=verify-full&sslrootcert=${file('authority')}`;
    const db = open(verified, 'command');
    expect(await db.$queryRaw(sql`select 1 as one`)).toEqual([{ one: 1 }]);
    const client = await connect({ url: verified });
    expect(await client.query('select 1')).toHaveProperty('rowCount', 1);
    await client.end();
    const { error } = await took(connect({ url: `${url}?sslmode=verify-full` }));
    expect((error as Error).message).toContain('sslrootcert=/path/to/authority.pem');
  });

  test('a file that is not there is named', async () => {
    const { error } = await took(
      connect({ url: 'postgresql://u@127.0.0.1/d?sslmode=verify-full&sslrootcert=/no/such.pem' }),
    );
    expect((error as Error).message).toMatch(
      /\/no\/such\.pem.* Set sslrootcert in DATABASE_URL right\.$/,
    );
  });
});

test('the server sees who is connected, unless the URL says another name', async (context) => {
  if (onEmbedded()) return context.skip('the embedded database has one session for all');
  const { url } = await proxied();
  const nameBy = async (through: string) => {
    const client = new pg.Client(poolConfig({ url: through }, 'command'));
    await client.connect();
    const { rows } = await client.query('show application_name');
    await client.end();
    return rows[0].application_name;
  };
  expect(await nameBy(`${url}?application_name=ours`)).toBe('ours');
  expect(await nameBy(url)).toBe('broadsheet');
});
