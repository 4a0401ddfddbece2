import { indexAll } from '../search/index/store';
import { type Command, UsageError } from './command';
import { withDatabase } from './database';
import { progressLine } from './progress';

export const command: Command = {
  name: 'search',
  usage: ['search reindex'],
  summary: 'bring what is searched up to date with every paper and with the rules of this version',
  async run([action, ...rest], { print, progress }) {
    if (action !== 'reindex' || rest.length > 0) throw new UsageError('Wanted: search reindex.');
    return withDatabase('search reindex', async (db) => {
      const startedAt = Date.now();
      const { papers, written } = await indexAll(db, (done, total) =>
        progress(progressLine({ done, total, unit: 'papers', startedAt }, Date.now())),
      );
      print(`${papers} papers looked at, ${written} indexed anew.`);
      return 0;
    });
  },
};
