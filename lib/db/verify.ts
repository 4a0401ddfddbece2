import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Progress } from './backup-format';
import { openDatabase } from './client';
import { startEmbedded } from './embedded';
import { embeddedLocation } from './location';
import { migrate } from './migrate';
import { checkWhole, restore } from './restore';

/**
 * Restores a backup into a database made for that and removed afterwards; throws where a restore would.
 * Gives the number of rows.
 */
export async function verifyBackup(path: string, progress: Progress): Promise<number> {
  await checkWhole(path);
  const dataDir = await mkdtemp(join(tmpdir(), 'broadsheet-verify-'));
  try {
    const running = await startEmbedded(dataDir, 'a check of a backup');
    try {
      await migrate({ dataDir });
      const db = openDatabase({ dataDir });
      try {
        return await restore(db, path, progress);
      } finally {
        await db.$disconnect();
      }
    } finally {
      await running.stop();
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
    throw new Error(`A check needs as much room in ${tmpdir()} (TMPDIR) as the database has.`);
  } finally {
    await rm(embeddedLocation(dataDir).socketDir, { recursive: true, force: true });
    await rm(dataDir, { recursive: true, force: true });
  }
}
