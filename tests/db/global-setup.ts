import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { migrate } from '@/lib/db/migrate';
import type { DatabaseTarget } from '@/lib/db/target';
import { type EmptyDatabase, emptyDatabase } from '../empty-database';

declare module 'vitest' {
  export interface ProvidedContext {
    databases: DatabaseTarget[];
    /** Folder of what `statements/record.ts` notes. */
    statementNotes: string;
  }
}

const WORKERS = 2;

/** One freshly migrated database for each worker. */
export default async function setup(project: TestProject) {
  const databases: EmptyDatabase[] = [];
  for (let worker = 1; worker <= WORKERS; worker++) {
    const database = await emptyDatabase(`test_${worker}`);
    await migrate(database.target);
    databases.push(database);
  }
  project.provide(
    'databases',
    databases.map(({ target }) => target),
  );
  const notes = mkdtempSync(join(tmpdir(), 'broadsheet-statements-'));
  project.provide('statementNotes', notes);
  return async () => {
    rmSync(notes, { recursive: true, force: true });
    await Promise.all(databases.map(({ remove }) => remove()));
  };
}
