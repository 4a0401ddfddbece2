import { newestBackup } from '../db/backup-folder';
import { duration } from '../sources/status/describe';
import { type Finding, messageOf, ok, problem, warning } from './finding';

/** A day, and another one in which it was tried again. */
const OLD_MS = 2 * 86_400_000;

/** Whether backups are made, and lately. */
export async function backups(backupDir: string | null, now: Date): Promise<Finding[]> {
  if (backupDir === null) {
    return [warning('none are made by themselves', 'Set BACKUP_DIR to a folder on another disk.')];
  }
  try {
    return [judgeBackups(await newestBackup(backupDir), now)];
  } catch (error) {
    return [
      problem(
        `BACKUP_DIR cannot be read: ${messageOf(error)}`,
        'Make the folder, and give it to the user that runs the server.',
      ),
    ];
  }
}

export function judgeBackups(newest: Date | null, now: Date): Finding {
  const remedy = 'npm run cli -- backup makes one now and says what is wrong.';
  if (newest === null) return problem('BACKUP_DIR has none yet', remedy);
  const age = now.getTime() - newest.getTime();
  const says = `the newest is ${duration(age)} old`;
  return age > OLD_MS ? problem(says, remedy) : ok(says);
}
