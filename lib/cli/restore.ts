import { restore } from '../db/restore';
import { type Command, UsageError } from './command';
import { withNewDatabase } from './database';
import { progressLine } from './progress';

export const command: Command = {
  name: 'restore',
  usage: ['restore FILE'],
  summary: 'put a backup into an empty database, of either kind',
  async run([path, ...rest], { print, progress }) {
    if (!path || rest.length > 0) throw new UsageError('Name the file that "backup" wrote.');
    const startedAt = Date.now();
    const rows = await withNewDatabase('restore', (db) =>
      restore(db, path, (done) =>
        progress(progressLine({ done, unit: 'rows', startedAt }, Date.now())),
      ),
    );
    print(`Restored ${rows.toLocaleString('en')} rows from ${path}.`);
    return 0;
  },
};
