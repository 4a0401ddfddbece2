import { PrismaPg } from '@prisma/adapter-pg';
import { env } from '../runtime/env';
import { PrismaClient } from './generated/client';
import { type DatabaseTarget, databaseTarget, poolConfig } from './target';

/** Opens a database. The caller has to disconnect. */
export function openDatabase(target: DatabaseTarget): PrismaClient {
  return new PrismaClient({ adapter: new PrismaPg(poolConfig(target), { onPoolError: () => {} }) });
}

// The development server reloads modules, and the connections must outlive that.
const kept = globalThis as typeof globalThis & { broadsheetDb?: PrismaClient };

/** The database that this process's settings name. */
export function getDb(): PrismaClient {
  kept.broadsheetDb ??= openDatabase(databaseTarget(env()));
  return kept.broadsheetDb;
}
