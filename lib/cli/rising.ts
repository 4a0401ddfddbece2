import { parseArgs } from 'node:util';
import { findRising } from '../rising/find';
import { SPANS } from '../rising/spans';
import { type Command, UsageError } from './command';
import { withDatabase } from './database';
import { progressLine } from './progress';

export const command: Command = {
  name: 'rising',
  usage: ['rising [--now ISO-TIME] (what rose as of a moment in the past; /rising shows it then)'],
  summary: 'find the topics that more papers are about than before',
  async run(args, { print, progress }) {
    const { values } = parseArgs({ args, options: { now: { type: 'string' } } });
    const now = values.now === undefined ? new Date() : new Date(values.now);
    if (Number.isNaN(now.getTime())) {
      throw new UsageError(`"${values.now}" is no time. An example: --now 2026-03-12T08:00:00Z`);
    }
    return withDatabase('rising', async (db) => {
      const startedAt = Date.now();
      const found = await findRising(db, {
        now,
        progress: (done, total) => {
          if (done % 1_000 === 0) {
            progress(progressLine({ done, total, unit: 'papers read', startedAt }, Date.now()));
          }
        },
      });
      if (found.length === 0) {
        print('Too few papers: topics need 2,000 of the last 12 weeks.');
      }
      for (const { span, topics, recent } of found) {
        print(`${topics.length} topics rise in ${recent} papers of the last ${SPANS[span].words}.`);
        for (const { phrase, papers, before, growth } of topics) {
          print(
            `  ${phrase}: ${papers} papers, ${before} in as long before; share x ${growth.toFixed(1)}`,
          );
        }
      }
      return 0;
    });
  },
};
