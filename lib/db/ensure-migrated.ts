import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { missingMigrations } from './health';
import type { MigrationAnswer } from './migrate-process';
import type { Db } from './sql';
import type { DatabaseTarget } from './target';

const MIGRATIONS = fileURLToPath(new URL('../../prisma/migrations', import.meta.url));
const PROGRAM = fileURLToPath(new URL('./migrate-process.ts', import.meta.url));

/** Applies what the database lacks, and gives the names of it. Where it lacks nothing, a cheap look. */
export async function ensureMigrated(db: Db, target: DatabaseTarget): Promise<string[]> {
  if ((await missingMigrations(db, MIGRATIONS)).length === 0) return [];
  const child = fork(PROGRAM, { execArgv: ['--import', 'tsx'] });
  const answer = await new Promise<MigrationAnswer>((resolve, reject) => {
    child.once('message', (message) => resolve(message as MigrationAnswer));
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`Migrating ended early (exit code ${code}).`)));
    child.send(target);
  });
  if ('error' in answer) throw new Error(answer.error);
  return answer.applied;
}
