import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { backup } from '../db/backup';
import { backupName, makeBackupFolder, removeExpired } from '../db/backup-folder';
import { env } from '../runtime/env';
import { type Command, type Output, UsageError } from './command';
import { withSnapshot } from './database';
import { progressLine } from './progress';

export const command: Command = {
  name: 'backup',
  usage: ['backup FILE', 'backup (into BACKUP_DIR, where seven daily and four weekly are kept)'],
  summary: 'write everything in the database to a file, while the server runs or not',
  async run([path, ...rest], output) {
    if (rest.length > 0) throw new UsageError('Name one file, such as backup.jsonl.gz.');
    if (path === undefined) return toFolder(new Date(), output);
    if (existsSync(path)) throw new UsageError(`${path} exists already; name another file.`);
    await write(path, output);
    output.print(
      'Keep SECRET with it (on the embedded database: secrets.json in DATA_DIR): links in mails',
    );
    output.print('sent so far work only with the same one.');
    return 0;
  },
};

async function toFolder(now: Date, output: Output): Promise<number> {
  const { backupDir } = env();
  if (backupDir === null) {
    throw new UsageError('Name a file, such as backup.jsonl.gz, or set BACKUP_DIR.');
  }
  await makeBackupFolder(backupDir);
  await write(join(backupDir, backupName(now)), output);
  for (const name of await removeExpired(backupDir, now)) output.print(`Removed ${name}.`);
  return 0;
}

async function write(path: string, { print, progress }: Output): Promise<void> {
  const startedAt = Date.now();
  const rows = await withSnapshot('backup', (db, span) =>
    backup(
      db,
      path,
      (done, total) => progress(progressLine({ done, total, unit: 'rows', startedAt }, Date.now())),
      span,
    ),
  );
  print(`Wrote ${rows.toLocaleString('en')} rows to ${path}.`);
}
