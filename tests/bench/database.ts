import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { openDatabase } from '../../lib/db/client';
import { startEmbedded } from '../../lib/db/embedded';
import type { PrismaClient } from '../../lib/db/generated/client';
import { migrate } from '../../lib/db/migrate';
import type { DatabaseTarget } from '../../lib/db/target';

export interface ScratchDatabase {
  db: PrismaClient;
  target: DatabaseTarget;
  /** `embedded`, or `PostgreSQL` where `DATABASE_URL` names one. */
  kind: string;
  remove(): Promise<void>;
}

/** An empty, migrated database of its own: on the PostgreSQL of `DATABASE_URL`, else embedded. */
export async function scratchDatabase(name: string): Promise<ScratchDatabase> {
  const url = process.env.DATABASE_URL;
  const made = url ? await onServer(url, name) : await embedded();
  await migrate(made.target);
  const db = openDatabase(made.target);
  return {
    ...made,
    db,
    async remove() {
      await db.$disconnect();
      await made.remove();
    },
  };
}

async function embedded() {
  const folder = await mkdtemp(join(tmpdir(), 'broadsheet-bench-'));
  const target = { dataDir: join(folder, 'data') };
  const running = await startEmbedded(target.dataDir, 'benchmark');
  return {
    target,
    kind: 'embedded',
    async remove() {
      await running.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function onServer(url: string, name: string) {
  const database = `broadsheet_${name}_${process.pid}`;
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
    kind: 'PostgreSQL',
    remove: () => run(`drop database "${database}" with (force)`),
  };
}
