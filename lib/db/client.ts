import { PrismaPg } from '@prisma/adapter-pg';
import { env } from '../runtime/env';
import { PrismaClient } from './generated/client';
import { Pool } from './pool';
import { type Asker, type DatabaseTarget, databaseTarget } from './target';

/** Opens a database. The caller has to disconnect. */
export function openDatabase(target: DatabaseTarget, asker: Asker = 'command'): PrismaClient {
  return clientOf(new Pool(target, asker));
}

function clientOf(pool: Pool): PrismaClient {
  return new PrismaClient({ adapter: new PrismaPg(pool, { disposeExternalPool: true }) });
}

// The development server reloads modules, and the connections must outlive that.
const kept = globalThis as typeof globalThis & {
  broadsheetDb?: Partial<Record<Asker, { client: PrismaClient; pool: Pool }>>;
};

/** The database that this process's settings name, for what a reader waits for: it answers soon or fails. */
export function getDb(): PrismaClient {
  return ofProcess('readers');
}

/** The same for jobs, which may take their time. */
export function getJobDb(): PrismaClient {
  return ofProcess('jobs');
}

/** The connections of this process that it has used so far. */
export function poolsOfProcess(): Pool[] {
  return Object.values(kept.broadsheetDb ?? {}).map(({ pool }) => pool);
}

function ofProcess(asker: Asker): PrismaClient {
  kept.broadsheetDb ??= {};
  let opened = kept.broadsheetDb[asker];
  if (!opened) {
    const pool = new Pool(databaseTarget(env()), asker);
    opened = { client: clientOf(pool), pool };
    kept.broadsheetDb[asker] = opened;
  }
  return opened.client;
}
