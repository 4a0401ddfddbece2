import { PrismaPg } from '@prisma/adapter-pg';
import { env } from '../runtime/env';
import { PrismaClient } from './generated/client';
import { Pool } from './pool';
import { type Asker, type DatabaseTarget, databaseTarget } from './target';

/** Opens a database. The caller has to disconnect. */
export function openDatabase(target: DatabaseTarget, asker: Asker = 'command'): PrismaClient {
  const adapter = new PrismaPg(new Pool(target, asker), { disposeExternalPool: true });
  return new PrismaClient({ adapter });
}

// The development server reloads modules, and the connections must outlive that.
const kept = globalThis as typeof globalThis & {
  broadsheetDb?: Partial<Record<Asker, PrismaClient>>;
};

/** The database that this process's settings name, for what a reader waits for: it answers soon or fails. */
export function getDb(): PrismaClient {
  return ofProcess('readers');
}

/** The same for jobs, which may take their time. */
export function getJobDb(): PrismaClient {
  return ofProcess('jobs');
}

function ofProcess(asker: Asker): PrismaClient {
  kept.broadsheetDb ??= {};
  kept.broadsheetDb[asker] ??= openDatabase(databaseTarget(env()), asker);
  return kept.broadsheetDb[asker];
}
