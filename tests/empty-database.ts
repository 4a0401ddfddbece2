import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { startEmbedded } from '../lib/db/embedded';
import type { DatabaseTarget } from '../lib/db/target';

export interface EmptyDatabase {
  target: DatabaseTarget;
  remove(): Promise<void>;
}

/**
 * A database without tables: on the PostgreSQL of `DATABASE_URL` where that is set (its user must be
 * allowed to create databases), else an embedded one in a temporary folder. `url` says where instead; null: embedded.
 */
export function emptyDatabase(
  name: string,
  url: string | null = process.env.DATABASE_URL || null,
): Promise<EmptyDatabase> {
  return url ? onServer(url, `broadsheet_${name}_${process.pid}`) : embedded(name);
}

async function embedded(name: string): Promise<EmptyDatabase> {
  const dataDir = await mkdtemp(join(tmpdir(), `broadsheet-${name}-`));
  const running = await startEmbedded(dataDir, name);
  return {
    target: { dataDir },
    async remove() {
      await running.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

async function onServer(url: string, database: string): Promise<EmptyDatabase> {
  const run = async (command: string) => {
    const client = new pg.Client(url);
    await client.connect();
    await client.query(command);
    await client.end();
  };
  await run(`create database "${database}"`);
  const own = new URL(url);
  own.pathname = `/${database}`;
  return {
    target: { url: own.href },
    remove: () => run(`drop database "${database}" with (force)`),
  };
}
