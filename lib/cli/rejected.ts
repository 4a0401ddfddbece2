import { env } from '@/lib/runtime/env';
import { createTransport, userAgentFor } from '@/lib/sources/fetch/transport';
import { fetchByArxivId } from '@/lib/sources/poll/atom-poller';
import { listRejected, retryRejected } from '@/lib/sources/rejected-records';
import config from '@/lib/sources/settings';
import { type Command, UsageError } from './command';
import { withDatabase } from './database';

const SHOWN = 50;

export const command: Command = {
  name: 'rejected',
  usage: [
    'rejected (lists rejected records)',
    'rejected show ID',
    'rejected retry',
    'rejected clear',
  ],
  summary: 'look at records that could not be stored, and try them again',
  async run([action = 'list', id, ...rest], { print, note }) {
    const known = ['list', 'show', 'retry', 'clear'].includes(action);
    if (!known || rest.length > 0 || (action === 'show') !== (id !== undefined)) {
      throw new UsageError('Say "rejected", or "rejected show ID", "retry" or "clear".');
    }
    return withDatabase('rejected', async (db) => {
      if (action === 'clear') {
        print(`${(await db.rejectedRecord.deleteMany()).count} rejected records forgotten`);
        return 0;
      }
      if (action === 'retry') {
        const now = new Date();
        const transport = createTransport({ db, userAgent: userAgentFor(env()) });
        const report = await retryRejected(db, {
          now,
          fetchWanted: (ids) => fetchByArxivId({ transport, config, now }, ids),
        });
        print(
          `${report.new} new, ${report.updated} updated, ${report.unchanged} unchanged, ${report.rejected} rejected again`,
        );
        return 0;
      }
      if (action === 'show') {
        const row = await db.rejectedRecord.findUnique({ where: { id: Number(id) || 0 } });
        if (!row) {
          note(`There is no rejected record ${id}.`);
          return 1;
        }
        print(`${row.input ?? row.format}, ${row.place}: ${row.reason}\n\n${row.raw}`);
        return 0;
      }
      for (const { id, seenAt, input, format, place, reason } of await listRejected(db, SHOWN)) {
        print(
          `${id}  ${seenAt.toISOString().slice(0, 16)}  ${input ?? format}, ${place}: ${reason}`,
        );
      }
      const count = await db.rejectedRecord.count();
      print(
        count > SHOWN
          ? `the latest ${SHOWN} of ${count}`
          : count === 1
            ? '1 rejected record'
            : `${count} rejected records`,
      );
      return 0;
    });
  },
};
