import { type ChildProcess, spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import { migrate, migrationStatus } from '@/lib/db/migrate';
import { readMigrations, splitStatements } from '@/lib/db/migrations';
import { clientConfig, type DatabaseTarget } from '@/lib/db/target';
import { authorKey } from '@/lib/search/author';
import { diagnose, MIGRATIONS, missingSql } from '@/prisma/engine';
import { emptyDatabase } from '../empty-database';
import { hasPgbouncer, startPgbouncer } from '../pgbouncer';
import { testTarget } from './database';

const ALL = readMigrations(MIGRATIONS).map(({ name }) => name);
const NOTHING = { missing: [], unknown: [], edited: [], failed: [] };

const database = await emptyDatabase('migrate');
const { target } = database;
const client = new pg.Client(clientConfig(target));
await client.connect();
const folder = mkdtempSync(join(tmpdir(), 'broadsheet-migrations-'));
const children: ChildProcess[] = [];

beforeEach(async () => {
  await client.query('drop schema public cascade; create schema public');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
});

afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

afterAll(async () => {
  await client.end();
  await database.remove();
  rmSync(folder, { recursive: true, force: true });
});

function write(name: string, script: string): void {
  mkdirSync(join(folder, name), { recursive: true });
  writeFileSync(join(folder, name, 'migration.sql'), script);
}

/** Migrations that fail when they are applied twice, and last a while. */
function writeSlow(count: number, seconds: number): string[] {
  const names = Array.from({ length: count }, (_, i) => `${i + 1}_slow`);
  for (const name of names) {
    write(
      name,
      `create table "${name}" (); select pg_sleep(${seconds}); create index on "${name}" ((1));`,
    );
  }
  return names;
}

function start(on: DatabaseTarget): ChildProcess {
  const program = fileURLToPath(new URL('./starter.ts', import.meta.url));
  const args = ['--import', 'tsx', program, JSON.stringify({ target: on, folder })];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'inherit'] });
  children.push(child);
  return child;
}

const ended = (child: ChildProcess) =>
  new Promise<number | null>((resolve) => child.once('exit', resolve));

/** Until the starter is in the middle of its work: some are applied, and not all. */
async function untilApplied(count: number): Promise<void> {
  while ((await recorded()).length < count) await delay(50);
}

async function recorded(): Promise<string[]> {
  const { rows } = await client.query(
    `select to_regclass('_prisma_migrations') is not null as there`,
  );
  if (!rows[0].there) return [];
  const done = await client.query<{ name: string }>(
    'select migration_name as name from _prisma_migrations order by started_at, 1',
  );
  return done.rows.map(({ name }) => name);
}

async function tables(): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `select tablename as name from pg_tables where schemaname = 'public' order by 1`,
  );
  return rows.map(({ name }) => name).filter((name) => !name.startsWith('_'));
}

/** Directly, and through PgBouncer in transaction mode. */
const WAYS = [
  { way: 'directly', reach: async () => ({ url: target, stop: async () => {} }) },
  {
    way: 'through PgBouncer',
    skip:
      'dataDir' in target
        ? 'PgBouncer stands before a server: set DATABASE_URL'
        : !hasPgbouncer() && 'pgbouncer is not installed',
    reach: async () => {
      const { url, stop } = await startPgbouncer((target as { url: string }).url);
      return { url: { url }, stop };
    },
  },
];

describe.each(WAYS)('$way', ({ skip, reach }) => {
  test('eight starters at once on an empty database apply each migration once', async (context) => {
    if (skip) return context.skip(skip);
    const { url, stop } = await reach();
    const applied = await Promise.all(Array.from({ length: 8 }, () => migrate(url)));
    await stop();
    expect(applied.flat().sort()).toEqual(ALL);
    expect(await recorded()).toEqual(ALL);
    expect(await migrationStatus(target)).toEqual(NOTHING);
  });

  test('where one is killed in the middle, another goes on', async (context) => {
    if (skip) return context.skip(skip);
    const { url, stop } = await reach();
    const names = writeSlow(8, 0.3);
    const first = start(url);
    await untilApplied(2);
    first.kill('SIGKILL');
    const rest = await migrate(url, folder);
    await stop();
    expect(rest.length).toBeGreaterThan(0);
    expect(rest.length).toBeLessThan(7);
    expect(await recorded()).toEqual(names);
    expect(await tables()).toEqual(names);
  });

  test('one that stood still while another took over does nothing twice', async (context) => {
    if (skip) return context.skip(skip);
    const { url, stop } = await reach();
    const names = writeSlow(8, 0.2);
    const first = start(url);
    await untilApplied(1);
    first.kill('SIGSTOP');
    const second = migrate(url, folder);
    // Longer than the lease.
    await delay(6_000);
    const done = ended(first);
    first.kill('SIGCONT');
    await second;
    expect(await done).toBe(0);
    await stop();
    expect(await recorded()).toEqual(names);
    expect(await tables()).toEqual(names);
  });
});

test('one whose lease another took applies nothing more before that has run out', async () => {
  write('1_hands_over', `update _migration_lease set holder = 'b', until = now() + interval '2 s'`);
  write('2_next', 'create table next ()');
  expect(await migrate(target, folder)).toEqual(['1_hands_over', '2_next']);
  const { rows } = await client.query<{ waited: number }>(`
    select extract(epoch from max(started_at) - min(started_at))::float8 as waited
    from _prisma_migrations`);
  expect(rows[0]!.waited).toBeGreaterThan(1.9);
});

test("Prisma's own engine finds nothing missing, edited or failed", async () => {
  const found = await diagnose(testTarget());
  expect(found).toEqual({
    editedMigrationNames: [],
    failedMigrationNames: [],
    hasMigrationsTable: true,
    history: null,
  });
});

test('the migrations make what schema.prisma says', async () => {
  expect(await missingSql(testTarget())).toBe('');
});

test('a migrated database is up to date, and migrating again changes nothing', async () => {
  expect(await migrate(testTarget())).toEqual([]);
  expect(await migrationStatus(testTarget())).toEqual(NOTHING);
});

test('what readers said by mail becomes votes', async () => {
  const [before] = ALL.filter((name) => name.endsWith('_readers'));
  for (const name of ALL.filter((each) => each < before!)) {
    cpSync(join(MIGRATIONS, name), join(folder, name), { recursive: true });
  }
  await migrate(target, folder);
  await client.query(`
    insert into reader (email, email_key, address_hash) values ('a@b.org', 'a@b.org', 'a');
    insert into paper (title_key, first_author_key, title, abstract)
      values ('a', 'a', 'A', 'a'), ('b', 'b', 'B', 'b');
    insert into paper_feedback (reader_id, paper_id, at, wish)
      values (1, 1, '2026-11-01', 'more'), (1, 2, '2026-11-02', 'less')`);
  await migrate(target);
  const { rows } = await client.query('select paper_id, value from vote order by 1');
  expect(rows).toEqual([
    { paper_id: 1, value: 1 },
    { paper_id: 2, value: -1 },
  ]);
});

test('tags and searches of a subscription become what its reader follows', async () => {
  const [before] = ALL.filter((name) => name.endsWith('_follow'));
  for (const name of ALL.filter((each) => each < before!)) {
    cpSync(join(MIGRATIONS, name), join(folder, name), { recursive: true });
  }
  await migrate(target, folder);
  await client.query(`
    insert into reader (email, email_key, address_hash)
      select i || '@b.org', i || '@b.org', 'a' from generate_series(1, 3) as i;
    insert into subscription (reader_id, cadence, weekday, monthday, hour, timezone, max_papers, tags,
        muted_tags, searches, created_at)
      select *, '2026-11-01'::timestamptz from (values
        (1, 'daily'::cadence, 1, 1, 8, 'UTC', 10, '{rl,peft}'::text[], '{lora}'::text[],
          array['whale songs', 'author:"Yann LeCun"', 'author:hu', 'author:"J.-B. van der Poel" lora']),
        (2, 'weekly', 1, 1, 8, 'UTC', 10, '{}', '{}', '{}'),
        (3, 'weekly', 1, 1, 8, 'UTC', 10, '{peft}', '{}', array['author:"Émile Borel"']),
        (3, 'daily', 1, 1, 8, 'UTC', 10, '{peft,nlp}', '{}', array['author:"J.-B. van der Poel"'])
      ) as rows`);
  await migrate(target);
  const { rows } = await client.query(`
    select reader_id, kind, value, name, created_at = '2026-11-01' as then from follow order by id`);
  expect(rows.map((row) => Object.values(row))).toEqual([
    [1, 'tag', 'rl', null, true],
    [1, 'tag', 'peft', null, true],
    [3, 'tag', 'peft', null, true],
    [3, 'tag', 'nlp', null, true],
    [1, 'search', 'whale songs', null, true],
    [1, 'author', authorKey('Yann LeCun'), 'Yann LeCun', true],
    [1, 'search', 'author:hu', null, true],
    [1, 'search', 'author:"J.-B. van der Poel" lora', null, true],
    [3, 'search', 'author:"Émile Borel"', null, true],
    [3, 'author', authorKey('J.-B. van der Poel'), 'J.-B. van der Poel', true],
  ]);
  const left = await client.query('select muted_tags from subscription order by id limit 1');
  expect(left.rows).toEqual([{ muted_tags: ['lora'] }]);
});

test('a migration that fails says where, leaves nothing behind, and goes on when repaired', async () => {
  write('1_good', 'create table good (id int primary key);');
  const script = (rows: string) => `
    -- A comment; with a semicolon.
    create table half ();
    create function f() returns int language plpgsql as $$ begin return 1; end $$;
    insert into good
      values ${rows};
    create table other ();`;
  write('2_bad', script('(1), (1)'));
  write('3_never', 'create table never ();');
  const failure = migrate(target, folder);
  await expect(failure).rejects.toThrow('The migration 2_bad failed: duplicate key');
  await expect(failure).rejects.toThrow(
    'Statement 3 of 4, line 5: insert into good values (1), (1);',
  );
  await expect(failure).rejects.toThrow('start again');
  expect(await tables()).toEqual(['good']);
  expect(await migrationStatus(target, folder)).toEqual({
    ...NOTHING,
    missing: ['2_bad', '3_never'],
  });
  write('2_bad', script('(1), (2)'));
  expect(await migrate(target, folder)).toEqual(['2_bad', '3_never']);
  expect(await tables()).toEqual(['good', 'half', 'never', 'other']);
});

test('a mistake in the text of a migration is found by its place', async () => {
  write('1_typo', "select '𝒳';\ncreate table a ();\ncreate tabel b ();");
  await expect(migrate(target, folder)).rejects.toThrow(
    'Statement 3 of 3, line 3: create tabel b ();',
  );
});

test('a migration that was edited after it was applied is refused', async () => {
  write('1_good', 'create table good ();');
  await migrate(target, folder);
  write('1_good', 'create table better ();');
  write('2_next', 'create table next ();');
  await expect(migrate(target, folder)).rejects.toThrow(
    /^The migrations 1_good were changed after this database applied them\. Restore/,
  );
  expect(await migrationStatus(target, folder)).toMatchObject({ edited: ['1_good'] });
  expect(await tables()).toEqual(['good']);
});

test('a database from before the tables were renamed is refused, and the way over named', async () => {
  write('20261123150000_papers', 'create table subscription ();');
  await migrate(target, folder);
  await expect(migrate(target)).rejects.toThrow(/older Broadsheet.* backup .* restore/);
  expect(await tables()).toEqual(['subscription']);
});

test('a database that is newer than the program is refused', async () => {
  write('1_good', 'create table good ();');
  write('2_future', 'create table future ();');
  await migrate(target, folder);
  rmSync(join(folder, '2_future'), { recursive: true });
  await expect(migrate(target, folder)).rejects.toThrow(
    /^This database is newer than this program: it has the migrations 2_future, .* Update Broadsheet/,
  );
  expect(await migrationStatus(target, folder)).toMatchObject({ unknown: ['2_future'] });
});

test('a migration that another tool left unfinished is refused until its row says it was undone', async () => {
  write('1_good', 'create table good ();');
  await migrate(target, folder);
  await client.query(`drop table good; update _prisma_migrations set finished_at = null`);
  await expect(migrate(target, folder)).rejects.toThrow(
    /^The migrations 1_good were begun by another tool and not finished\. Undo/,
  );
  expect(await migrationStatus(target, folder)).toMatchObject({ failed: ['1_good'] });
  await client.query('update _prisma_migrations set rolled_back_at = now()');
  expect(await migrate(target, folder)).toEqual(['1_good']);
});

test('a server that is not there is named', async () => {
  await expect(migrate({ url: 'postgresql://postgres@localhost:1/postgres' })).rejects.toThrow(
    /^The database "postgres" at localhost:1 cannot be used: .*ECONNREFUSED.* set DATABASE_URL right\.$/,
  );
});

test('a user who may not create tables is told what to do', async (context) => {
  if ('dataDir' in target) return context.skip('the embedded database has one user');
  const name = `reader_${process.pid}`;
  await client.query(`create role "${name}" login password 'x'`);
  await client.query(`grant usage on schema public to "${name}"`);
  const url = new URL(target.url);
  [url.username, url.password] = [name, 'x'];
  try {
    const reader = new pg.Client(url.href);
    await reader.connect();
    const { rows } = await reader.query('select current_user as name');
    await reader.end();
    if (rows[0].name !== name) return context.skip('a pooler logs everybody in as one user');
    await expect(migrate({ url: url.href })).rejects.toThrow('grant create on schema public');
  } finally {
    await client.query(`drop owned by "${name}"; drop role "${name}"`);
  }
});

test('no migration ends its transaction by itself', () => {
  const statements = readMigrations(MIGRATIONS).flatMap(({ script }) => splitStatements(script));
  expect(statements.length).toBeGreaterThan(20);
  expect(
    statements.filter(({ text }) => /^(?:begin|start|commit|rollback|abort|end)\b/i.test(text)),
  ).toEqual([]);
});
