import { parseArgs } from 'node:util';
import { rankAll } from '../feed/rank';
import { type Command, UsageError } from './command';
import { withDatabase } from './database';
import { progressLine } from './progress';

export const command: Command = {
  name: 'rank',
  usage: ['rank [--now ISO-TIME]'],
  summary: 'score every paper anew, as of now or of a moment in the past',
  async run(args, { print, progress }) {
    const { values } = parseArgs({ args, options: { now: { type: 'string' } } });
    const now = values.now === undefined ? new Date() : new Date(values.now);
    if (Number.isNaN(now.getTime())) {
      throw new UsageError(`"${values.now}" is no time. An example: --now 2026-03-12T08:00:00Z`);
    }
    return withDatabase('rank', async (db) => {
      const startedAt = Date.now();
      const { papers, changed } = await rankAll(db, now, {
        replay: values.now !== undefined,
        progress: (done, total) =>
          progress(progressLine({ done, total, unit: 'papers', startedAt }, Date.now())),
      });
      print(`${papers} papers ranked, ${changed} changed their place.`);
      return 0;
    });
  },
};
