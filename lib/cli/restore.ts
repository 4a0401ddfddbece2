import { restore } from '../db/restore';
import { recountFeeds } from '../feed/rank';
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
      ).then(async (restored) => {
        // A backup of an older version may lack counts.
        await recountFeeds(db);
        return restored;
      }),
    );
    print(`Restored ${rows.toLocaleString('en')} rows from ${path}.`);
    return 0;
  },
};
