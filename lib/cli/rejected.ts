import { parseArgs } from 'node:util';
import { BY_COMMAND } from '@/lib/admin/acts';
import {
  clearAllRejected,
  rejectedRecord,
  rejectedRecords,
  retryAllRejected,
} from '@/lib/admin/rejected';
import { rowId } from '@/lib/http/segment';
import { COMMAND_LINE } from '@/lib/readers/actor';
import { env } from '@/lib/runtime/env';
import { userAgentFor } from '@/lib/sources/fetch/etiquette';
import { createTransport } from '@/lib/sources/fetch/transport';
import { fetchByArxivId } from '@/lib/sources/poll/atom-poller';
import config from '@/lib/sources/settings';
import type { ModelDb } from '../db/sql';
import { type Command, type Output, UsageError } from './command';
import { withDatabase } from './database';

const SHOWN = 50;

export const command: Command = {
  name: 'rejected',
  usage: [
    'rejected (lists rejected records)',
    'rejected show ID',
    'rejected retry [--why TEXT]',
    'rejected clear [--why TEXT]',
  ],
  summary: 'look at records that could not be stored, and try them again',
  async run(args, output) {
    const { values, positionals } = parseArgs({
      args,
      options: { why: { type: 'string' } },
      allowPositionals: true,
    });
    const [action = 'list', id, ...rest] = positionals;
    const { why = BY_COMMAND } = values;
    const known = ['list', 'show', 'retry', 'clear'].includes(action);
    if (!known || rest.length > 0 || (action === 'show') !== (id !== undefined)) {
      throw new UsageError('Say "rejected", or "rejected show ID", "retry" or "clear".');
    }
    return withDatabase('rejected', async (db) => {
      if (action === 'show') return show(db, id!, output);
      if (action === 'retry') return retry(db, output, why);
      if (action === 'clear') return clear(db, output, why);
      return list(db, output);
    });
  },
};

async function list(db: ModelDb, { print }: Output): Promise<number> {
  const { latest, count } = await rejectedRecords(db, COMMAND_LINE, SHOWN);
  for (const { id, seenAt, input, format, place, reason } of latest) {
    print(`${id}  ${seenAt.toISOString().slice(0, 16)}  ${input ?? format}, ${place}: ${reason}`);
  }
  print(count > SHOWN ? `the latest ${SHOWN} of ${count}` : `${count} ${nameOf(count)}`);
  return 0;
}

async function show(db: ModelDb, id: string, { print, note }: Output): Promise<number> {
  const record = await rejectedRecord(db, COMMAND_LINE, rowId(id) ?? 0);
  if (!record) {
    note(`There is no rejected record ${id}.`);
    return 1;
  }
  const { input, format, place, reason, raw } = record;
  print(`${input ?? format}, ${place}: ${reason}\n\n${raw}`);
  return 0;
}

async function retry(db: ModelDb, { print }: Output, reason: string): Promise<number> {
  const now = new Date();
  const transport = createTransport({ db, userAgent: userAgentFor(env()) });
  const {
    new: added,
    updated,
    unchanged,
    rejected,
  } = await retryAllRejected(db, COMMAND_LINE, {
    reason,
    now,
    fetchWanted: (ids) => fetchByArxivId({ transport, config, now }, ids),
  });
  print(`${added} new, ${updated} updated, ${unchanged} unchanged, ${rejected} rejected again`);
  return 0;
}

async function clear(db: ModelDb, { print }: Output, reason: string): Promise<number> {
  const done = await clearAllRejected(db, COMMAND_LINE, reason, new Date());
  const count = done?.count ?? 0;
  print(`${count} ${nameOf(count)} forgotten`);
  return 0;
}

function nameOf(count: number): string {
  return count === 1 ? 'rejected record' : 'rejected records';
}
