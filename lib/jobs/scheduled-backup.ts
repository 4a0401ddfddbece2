import { newestBackup } from '@/lib/db/backup-folder';
import { env } from '@/lib/runtime/env';
import { runCommand } from './own-process';

/** A little less than a day: the job is called every hour, not to the second. */
const EVERY_MS = 23.5 * 3_600_000;

/** A backup a day in BACKUP_DIR. */
export async function scheduledBackup(now: Date): Promise<Record<string, unknown>> {
  const { backupDir } = env();
  if (backupDir === null) return { skipped: 'BACKUP_DIR is not set' };
  const newest = await newestBackup(backupDir).catch(() => null);
  if (newest && now.getTime() - newest.getTime() < EVERY_MS) return { skipped: 'not due' };
  await runCommand('backup');
  return { written: true };
}
