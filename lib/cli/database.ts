import { statSync } from 'node:fs';
import { setPriority, userInfo } from 'node:os';
import { join } from 'node:path';
import { joinEmbedded } from '../db/embedded';
import type { PrismaClient } from '../db/generated/client';
import { embeddedLocation } from '../db/location';
import { isMigrated, migrate } from '../db/migrate';
import { PlainDb } from '../db/plain';
import { checkpoint, takeSnapshot } from '../db/snapshot';
import type { Db } from '../db/sql';
import { type DatabaseTarget, databaseTarget, migrationTarget } from '../db/target';
import { env, readPlace } from '../runtime/env';
import { SettingsError } from '../runtime/settings';

/** As `nice` counts. */
const BEHIND_READERS = 10;

/**
 * Opens this installation's database for a command, whether the server runs or not, brings its
 * tables up to date and closes it afterwards.
 */
export async function withDatabase<T>(
  purpose: string,
  work: (db: PrismaClient) => Promise<T>,
): Promise<T> {
  return withTarget(await presentDatabase(purpose), work);
}

/** The same where a database may be made: a command without one is a command with wrong settings. */
export async function withNewDatabase<T>(
  purpose: string,
  work: (db: PrismaClient) => Promise<T>,
): Promise<T> {
  return withTarget(await joinTarget(purpose), work);
}

/**
 * For a command that reads everything, as of one moment in `span`. Of the embedded database it gets a
 * copy: readers go on, and come first.
 */
export async function withSnapshot<T>(
  purpose: string,
  work: (db: PrismaClient, span?: { from: Date; to: Date }) => Promise<T>,
): Promise<T> {
  const live = await presentDatabase(purpose);
  if ('url' in live) return withTarget(live, work);
  await migrate(live);
  setPriority(BEHIND_READERS);
  await withPlain(live, checkpoint);
  const snapshot = await takeSnapshot(live.dataDir);
  const { openDatabase } = await import('../db/client');
  const db = openDatabase(snapshot.target);
  try {
    return await work(db, snapshot);
  } finally {
    await db.$disconnect();
    await snapshot.close();
  }
}

/** For a command that moves many rows, and uses no models. */
export async function withPlainDatabase<T>(
  purpose: string,
  work: (db: Db) => Promise<T>,
): Promise<T> {
  const target = await presentDatabase(purpose);
  await migrate(migrationTarget(env()));
  return withPlain(target, work);
}

async function withPlain<T>(target: DatabaseTarget, work: (db: Db) => Promise<T>): Promise<T> {
  const db = new PlainDb(target);
  try {
    return await work(db);
  } finally {
    await db.close();
  }
}

async function withTarget<T>(
  target: DatabaseTarget,
  work: (db: PrismaClient) => Promise<T>,
): Promise<T> {
  // Loaded here, so that commands without models do without Prisma.
  const { openDatabase } = await import('../db/client');
  await migrate(migrationTarget(env()));
  const db = openDatabase(target);
  try {
    return await work(db);
  } finally {
    await db.$disconnect();
  }
}

/** Where the database is, running; one that was never made is refused, and nothing is left behind. */
export async function presentDatabase(purpose: string): Promise<DatabaseTarget> {
  const { databaseUrl, dataDir } = readPlace(process.env);
  if (!databaseUrl && !isMade(dataDir)) throw noDatabase(`in ${dataDir} (DATA_DIR)`);
  const target = await joinTarget(purpose);
  if ('url' in target && !(await isMigrated(target))) {
    throw noDatabase('at DATABASE_URL');
  }
  return target;
}

/** Where the database is, running. */
export async function joinTarget(purpose: string): Promise<DatabaseTarget> {
  const target = databaseTarget(env());
  if ('dataDir' in target) await joinEmbedded(target.dataDir, `npm run cli -- ${purpose}`);
  return target;
}

function isMade(dataDir: string): boolean {
  try {
    return statSync(join(embeddedLocation(dataDir).folder, 'PG_VERSION')).isFile();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EACCES') return false;
    const { username } = userInfo();
    throw new SettingsError(
      `The user ${username} may not look into ${dataDir} (DATA_DIR). Run this as the user that runs the server.`,
    );
  }
}

function noDatabase(where: string): SettingsError {
  return new SettingsError(
    `There is no Broadsheet database ${where}. Are these the server's settings? Name their file with ` +
      '--env-file FILE or BROADSHEET_ENV. To make a database: npm start, or npm run cli -- db migrate',
  );
}
