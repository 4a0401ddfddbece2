import { spawn } from 'node:child_process';
import { newestBackup } from '@/lib/db/backup-folder';
import { env } from '@/lib/runtime/env';

/** A little less than a day: the job is called every hour, not to the second. */
const EVERY_MS = 23.5 * 3_600_000;
const LONGEST_COMPLAINT = 2_000;

/** A backup a day in BACKUP_DIR. */
export async function scheduledBackup(now: Date): Promise<Record<string, unknown>> {
  const { backupDir } = env();
  if (backupDir === null) return { skipped: 'BACKUP_DIR is not set' };
  const newest = await newestBackup(backupDir).catch(() => null);
  if (newest && now.getTime() - newest.getTime() < EVERY_MS) return { skipped: 'not due' };
  await runBackup();
  return { written: true };
}

/** In a process of its own, behind the readers: a web process would hold what it needs for long. */
function runBackup(): Promise<void> {
  const child = spawn(process.execPath, ['--', 'lib/bundle/run.mjs', 'cli', 'backup'], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let complaint = '';
  child.stderr.on('data', (chunk) => {
    complaint = (complaint + chunk).slice(-LONGEST_COMPLAINT);
  });
  const end = () => child.kill();
  process.once('exit', end);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      process.off('exit', end);
      if (code === 0) resolve();
      else reject(new Error(`The backup failed. ${complaint.trim().split('\n').at(-1)}`));
    });
  });
}
