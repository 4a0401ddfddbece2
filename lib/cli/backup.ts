import { existsSync } from 'node:fs';
import { backup } from '../db/backup';
import { type Command, UsageError } from './command';
import { withSnapshot } from './database';
import { progressLine } from './progress';

export const command: Command = {
  name: 'backup',
  usage: ['backup FILE'],
  summary: 'write everything in the database to a file, while the server runs or not',
  async run([path, ...rest], { print, progress }) {
    if (!path || rest.length > 0) throw new UsageError('Name one file, such as backup.jsonl.gz.');
    if (existsSync(path)) throw new UsageError(`${path} exists already; name another file.`);
    const startedAt = Date.now();
    const rows = await withSnapshot('backup', (db, span) =>
      backup(
        db,
        path,
        (done, total) =>
          progress(progressLine({ done, total, unit: 'rows', startedAt }, Date.now())),
        span,
      ),
    );
    print(`Wrote ${rows.toLocaleString('en')} rows to ${path}.`);
    print(
      'Keep SECRET with it (on the embedded database: secrets.json in DATA_DIR): links in mails',
    );
    print('sent so far work only with the same one.');
    return 0;
  },
};
