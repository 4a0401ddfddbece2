import { databaseTarget, openDatabase } from '../db/client';
import { joinEmbedded } from '../db/embedded';
import { ensureMigrated } from '../db/ensure-migrated';
import type { PrismaClient } from '../db/generated/client';
import { env } from '../env';

/**
 * Opens this installation's database for a command, whether the server runs or not, brings its
 * tables up to date and closes it afterwards.
 */
export async function withDatabase<T>(
  purpose: string,
  work: (db: PrismaClient) => Promise<T>,
): Promise<T> {
  const target = databaseTarget(env());
  if ('dataDir' in target) await joinEmbedded(target.dataDir, `npm run cli -- ${purpose}`);
  const db = openDatabase(target);
  try {
    await ensureMigrated(db, target);
    return await work(db);
  } finally {
    await db.$disconnect();
  }
}
