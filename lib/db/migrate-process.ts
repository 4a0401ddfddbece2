/**
 * Migrates in a process of its own, which takes the memory of Prisma's engine (some 80 MB) with it
 * when it ends. Started by `ensure-migrated.ts`: is sent the database, answers with what was applied.
 */
import { migrate } from './migrate';
import type { DatabaseTarget } from './target';

export type MigrationAnswer = { applied: string[] } | { error: string };

process.once('message', async (target: DatabaseTarget) => {
  const answer: MigrationAnswer = await migrate(target).then(
    (applied) => ({ applied }),
    (error: Error) => ({ error: error.message }),
  );
  process.send!(answer, () => process.disconnect());
});
