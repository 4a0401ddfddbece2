import { parseArgs } from 'node:util';
import { restore } from '../db/restore';
import { verifyBackup } from '../db/verify';
import { recountFeeds } from '../feed/rank';
import { type Command, UsageError } from './command';
import { withNewDatabase } from './database';
import { progressLine } from './progress';

export const command: Command = {
  name: 'restore',
  usage: ['restore FILE', 'restore --verify FILE (into a database that is removed again)'],
  summary: 'put a backup into an empty database, of either kind; or see whether that would work',
  async run(args, { print, progress }) {
    const { values, positionals } = parseArgs({
      args,
      options: { verify: { type: 'boolean', default: false } },
      allowPositionals: true,
    });
    const [path, ...rest] = positionals;
    if (!path || rest.length > 0) throw new UsageError('Name the file that "backup" wrote.');
    const startedAt = Date.now();
    const onRows = (done: number) =>
      progress(progressLine({ done, unit: 'rows', startedAt }, Date.now()));
    if (values.verify) {
      const rows = await verifyBackup(path, onRows);
      print(`${path} can be restored: ${rows.toLocaleString('en')} rows.`);
      return 0;
    }
    const rows = await withNewDatabase('restore', async (db) => {
      const restored = await restore(db, path, onRows);
      // A backup of an older version may lack counts.
      await recountFeeds(db);
      return restored;
    });
    print(`Restored ${rows.toLocaleString('en')} rows from ${path}.`);
    return 0;
  },
};
