import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { type EmbeddedDatabase, startEmbedded } from '@/lib/db/embedded';
import { migrate } from '@/lib/db/migrate';
import type { DatabaseTarget } from '@/lib/db/target';

declare module 'vitest' {
  export interface ProvidedContext {
    databases: DatabaseTarget[];
  }
}

const WORKERS = 2;

/**
 * One freshly migrated database for each worker: on the PostgreSQL of `DATABASE_URL` where that is
 * set (its user must be allowed to create databases), else embedded ones in a temporary folder.
 */
export default async function setup(project: TestProject) {
  const url = process.env.DATABASE_URL;
  const made = url ? await onServer(url) : await embedded();
  project.provide('databases', made.targets);
  return made.remove;
}

async function embedded() {
  const folder = await mkdtemp(join(tmpdir(), 'broadsheet-test-'));
  const running: EmbeddedDatabase[] = [];
  const targets: DatabaseTarget[] = [];
  for (let worker = 1; worker <= WORKERS; worker++) {
    const dataDir = join(folder, String(worker));
    running.push(await startEmbedded(dataDir, 'tests'));
    await migrate({ dataDir });
    targets.push({ dataDir });
  }
  const remove = async () => {
    await Promise.all(running.map((database) => database.stop()));
    await rm(folder, { recursive: true, force: true });
  };
  return { targets, remove };
}

async function onServer(url: string) {
  const names = Array.from(
    { length: WORKERS },
    (_, i) => `broadsheet_test_${process.pid}_${i + 1}`,
  );
  const each = async (command: string, options = '') => {
    const client = new pg.Client(url);
    await client.connect();
    for (const name of names) await client.query(`${command} "${name}" ${options}`);
    await client.end();
  };
  await each('create database');
  const targets = names.map((name) => {
    const own = new URL(url);
    own.pathname = `/${name}`;
    return { url: own.href };
  });
  for (const target of targets) await migrate(target);
  return { targets, remove: () => each('drop database', 'with (force)') };
}
