import { fileURLToPath } from 'node:url';
import type { DatabaseTarget, Db } from './client';
import { missingMigrations } from './health';

const MIGRATIONS = fileURLToPath(new URL('../../prisma/migrations', import.meta.url));

/** Applies what the database lacks. The look is cheap; Prisma's engine is loaded only when needed. */
export async function ensureMigrated(db: Db, target: DatabaseTarget): Promise<string[]> {
  if ((await missingMigrations(db, MIGRATIONS)).length === 0) return [];
  const { migrate } = await import('./migrate');
  return migrate(target);
}
