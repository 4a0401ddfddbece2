import { joinEmbedded } from '../db/embedded';
import type { PrismaClient } from '../db/generated/client';
import { migrate } from '../db/migrate';
import { PlainDb } from '../db/plain';
import type { Db } from '../db/sql';
import { type DatabaseTarget, databaseTarget, migrationTarget } from '../db/target';
import { env } from '../runtime/env';

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
