import { setPriority } from 'node:os';
import { joinEmbedded } from '../db/embedded';
import type { PrismaClient } from '../db/generated/client';
import { migrate } from '../db/migrate';
import { PlainDb } from '../db/plain';
import { takeSnapshot } from '../db/snapshot';
import type { Db } from '../db/sql';
import { type DatabaseTarget, databaseTarget, migrationTarget } from '../db/target';
import { env } from '../runtime/env';

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
  // Loaded here, so that commands without models do without Prisma.
  const { openDatabase } = await import('../db/client');
  const db = openDatabase(await migratedTarget(purpose));
  try {
    return await work(db);
  } finally {
    await db.$disconnect();
  }
}

/**
 * The same for a command that reads everything, as of one moment in `span`. Of the embedded database it
 * gets a copy: readers go on, and come first.
 */
export async function withSnapshot<T>(
  purpose: string,
  work: (db: PrismaClient, span?: { from: Date; to: Date }) => Promise<T>,
): Promise<T> {
  const live = await migratedTarget(purpose);
  if ('url' in live) return withDatabase(purpose, work);
  setPriority(BEHIND_READERS);
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

/** The same for a command that moves many rows, and uses no models. */
export async function withPlainDatabase<T>(
  purpose: string,
  work: (db: Db) => Promise<T>,
): Promise<T> {
  const db = new PlainDb(await migratedTarget(purpose));
  try {
    return await work(db);
  } finally {
    await db.close();
  }
}

async function migratedTarget(purpose: string): Promise<DatabaseTarget> {
  const target = databaseTarget(env());
  if ('dataDir' in target) await joinEmbedded(target.dataDir, `npm run cli -- ${purpose}`);
  await migrate(migrationTarget(env()));
  return target;
}
