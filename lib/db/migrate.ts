import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { connect } from './away';
import { FIRST_MIGRATION_1 } from './backup-format-1';
import {
  compareMigrations,
  explainFailure,
  type Migration,
  type MigrationRecord,
  type MigrationStatus,
  readMigrations,
} from './migrations';
import type { DatabaseTarget } from './target';

const MIGRATIONS = fileURLToPath(new URL('../../prisma/migrations', import.meta.url));
/** How long another starter waits after the last sign of the one that migrates. */
const LEASE = `interval '5 seconds'`;
const LOOK_AGAIN_MS = 200;

/** A migration failed, or the database does not fit this program. The message says what to do. */
export class MigrationError extends Error {
  override name = 'MigrationError';
}

/**
 * Applies the missing migrations and returns their names, oldest first. Any number of processes may
 * call this at once: one of them migrates, and the others wait for it.
 */
export function migrate(target: DatabaseTarget, folder = MIGRATIONS): Promise<string[]> {
  const migrations = readMigrations(folder);
  return withClient(target, async (client) => {
    const starter: Starter = { client, holder: randomUUID(), onServer: 'url' in target };
    const applied: string[] = [];
    let lease = false;
    for (;;) {
      if ((await missingIn(client, migrations)).length === 0) return applied;
      lease ||= await makeLeaseTable(client);
      if (lease && (await takeLease(starter))) {
        applied.push(...(await applyMissing(starter, migrations)));
      } else {
        await delay(LOOK_AGAIN_MS);
      }
    }
  });
}

/** How the migrations of the program and of the database differ. Changes nothing. */
export function migrationStatus(
  target: DatabaseTarget,
  folder = MIGRATIONS,
): Promise<MigrationStatus> {
  const migrations = readMigrations(folder);
  return withClient(target, async (client) =>
    compareMigrations(migrations, await readRecords(client)),
  );
}

/** Whether anybody ever applied a migration to this database. */
export function isMigrated(target: DatabaseTarget): Promise<boolean> {
  return withClient(target, async (client) => (await readRecords(client)).length > 0);
}

interface Starter {
  client: pg.Client;
  /** Its name in the lease row. */
  holder: string;
  onServer: boolean;
}

async function withClient<T>(
  target: DatabaseTarget,
  work: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const client = await connect(target);
  try {
    return await work(client);
  } finally {
    await client.end().catch(() => {});
  }
}

async function readRecords(client: pg.Client): Promise<MigrationRecord[]> {
  const { rows } = await client.query(
    `select to_regclass('_prisma_migrations') is not null as there`,
  );
  if (!rows[0].there) return [];
  const records = await client.query<MigrationRecord>(
    `select migration_name as name, checksum, finished_at is not null as finished
     from _prisma_migrations where rolled_back_at is null order by migration_name`,
  );
  return records.rows;
}

/** The migrations to apply. Throws if the database does not fit this program. */
async function missingIn(
  client: pg.Client,
  migrations: readonly Migration[],
): Promise<readonly Migration[]> {
  const status = compareMigrations(migrations, await readRecords(client));
  const { unknown, edited, failed } = status;
  if (unknown.includes(FIRST_MIGRATION_1)) {
    throw new MigrationError(
      'This database has the tables of an older Broadsheet, which are not migrated in place. With that ' +
        'version run "npm run cli -- backup FILE"; with this one, on an empty database (DATABASE_URL or ' +
        'DATA_DIR), "npm run cli -- restore FILE". See CHANGELOG.md.',
    );
  }
  if (unknown.length > 0) {
    throw new MigrationError(
      `This database is newer than this program: it has the migrations ${unknown.join(', ')}, ` +
        'which are not in prisma/migrations. Update Broadsheet, or give it another database ' +
        '(DATABASE_URL or DATA_DIR).',
    );
  }
  if (edited.length > 0) {
    throw new MigrationError(
      `The migrations ${edited.join(', ')} were changed after this database applied them. Restore ` +
        'their files in prisma/migrations, and make further changes in a new migration.',
    );
  }
  if (failed.length > 0) {
    throw new MigrationError(
      `The migrations ${failed.join(', ')} were begun by another tool and not finished. Undo what ` +
        'they left behind, set rolled_back_at in their rows of _prisma_migrations, and start again.',
    );
  }
  return migrations.filter(({ name }) => status.missing.includes(name));
}

/** Another starter made it at the same moment: the table, its row type, or the catalog's entry. */
const ALREADY_THERE = ['42P07', '42710', '23505'];
const NO_RIGHT_TO_CREATE =
  "The user of DATABASE_URL may not create tables. Make it the database's owner, or: " +
  'grant create on schema public to USER';

/** False if another starter is making it at this moment: look again. */
async function makeLeaseTable(client: pg.Client): Promise<boolean> {
  try {
    await client.query(`
      create table if not exists _migration_lease (
        id int primary key check (id = 1),
        holder text not null,
        until timestamptz not null
      )`);
    await client.query(
      `insert into _migration_lease values (1, '', '-infinity') on conflict do nothing`,
    );
    return true;
  } catch (error) {
    const code = error instanceof pg.DatabaseError ? error.code : undefined;
    if (ALREADY_THERE.includes(code ?? '')) return false;
    if (code === '42501') throw new MigrationError(NO_RIGHT_TO_CREATE);
    throw error;
  }
}

/** Skips the row while it is locked: its holder is in the middle of a migration. */
async function takeLease({ client, holder }: Starter): Promise<boolean> {
  const { rowCount } = await client.query(
    `update _migration_lease set holder = $1, until = clock_timestamp() + ${LEASE}
     where id = (select id from _migration_lease where until < now() for update skip locked)`,
    [holder],
  );
  return rowCount === 1;
}

async function applyMissing(
  starter: Starter,
  migrations: readonly Migration[],
): Promise<readonly string[]> {
  const applied: string[] = [];
  try {
    for (const migration of await missingIn(starter.client, migrations)) {
      if (!(await apply(starter, migration))) break;
      applied.push(migration.name);
    }
  } finally {
    await starter.client
      .query(`update _migration_lease set until = '-infinity' where holder = $1`, [starter.holder])
      .catch(() => {});
  }
  return applied;
}

/** Applies and records a migration in one transaction. False if another starter has taken over. */
async function apply(starter: Starter, { name, script, checksum }: Migration): Promise<boolean> {
  const { client, onServer } = starter;
  await client.query('begin');
  try {
    // Ends the transaction of a machine that vanished. The embedded database would end itself.
    if (onServer) await client.query(`set local idle_in_transaction_session_timeout = '60s'`);
    // The update locks the row, so nobody else can take the lease before the commit.
    if (!(await renewLease(starter))) {
      await client.query('rollback');
      return false;
    }
    await runScript(client, name, script);
    await client.query(PRISMA_TABLE);
    await client.query(
      `insert into _prisma_migrations
         (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
       values ($1, $2, $3, now(), clock_timestamp(), 1)`,
      [randomUUID(), checksum, name],
    );
    await renewLease(starter);
    await client.query('commit');
    return true;
  } catch (error) {
    await client.query('rollback').catch(() => {});
    if (error instanceof MigrationError) throw error;
    throw new MigrationError(
      `The connection to the database was lost during the migration ${name} ` +
        `(${(error as Error).message}). It is applied whole or not at all: start again.`,
    );
  }
}

async function renewLease({ client, holder }: Starter): Promise<boolean> {
  const { rowCount } = await client.query(
    `update _migration_lease set until = clock_timestamp() + ${LEASE} where holder = $1`,
    [holder],
  );
  return rowCount === 1;
}

/** Sends the whole script as one simple query: the server knows best where statements end. */
async function runScript(client: pg.Client, name: string, script: string): Promise<void> {
  let done = 0;
  const count = () => {
    done++;
  };
  client.connection.on('commandComplete', count);
  try {
    await client.query(script);
  } catch (error) {
    if (!(error instanceof pg.DatabaseError)) throw error;
    throw new MigrationError(explainFailure({ name, script }, done, error));
  } finally {
    client.connection.off('commandComplete', count);
  }
}

/** As Prisma's own tools make it, so that they can continue. */
const PRISMA_TABLE = `
  create table if not exists _prisma_migrations (
    id varchar(36) primary key not null,
    checksum varchar(64) not null,
    finished_at timestamptz,
    migration_name varchar(255) not null,
    logs text,
    rolled_back_at timestamptz,
    started_at timestamptz not null default now(),
    applied_steps_count integer not null default 0
  )`;
