import type { ModelDb } from '@/lib/db/sql';
import { isSourceName, SOURCE_LABELS, SOURCE_NAMES, type SourceName } from '@/lib/sources/config';
import { userAgentFor } from '@/lib/sources/fetch/etiquette';
import { createTransport } from '@/lib/sources/fetch/transport';
import { poll } from '@/lib/sources/poll/run';
import config from '@/lib/sources/settings';
import { sourceReports } from '@/lib/sources/status/query';
import { enableSource } from '@/lib/sources/store';
import { env } from '../runtime/env';
import { type Command, type Output, UsageError } from './command';
import { withDatabase } from './database';
import { onInterrupt } from './interrupt';
import { progressLine } from './progress';

export const command: Command = {
  name: 'sources',
  usage: [
    'sources list',
    `sources on [${SOURCE_NAMES.join('|')} …]`,
    'sources off [NAME …]',
    'sources run NAME (polls it now)',
  ],
  summary: 'turn the real sources on or off, and see how they are',
  async run([action = 'list', ...words], output) {
    const names = words.filter(isSourceName);
    if (names.length < words.length) {
      const unknown = words.filter((word) => !isSourceName(word)).join(', ');
      throw new UsageError(`There is no source ${unknown}; there are ${SOURCE_NAMES.join(', ')}.`);
    }
    return withDatabase('sources', async (db) => {
      if (action === 'list') return list(db, output);
      if (action === 'on') return turnOn(db, names.length > 0 ? names : config.on, output);
      if (action === 'off') return turnOff(db, names.length > 0 ? names : SOURCE_NAMES, output);
      if (action === 'run' && names.length === 1) return pollNow(db, names[0]!, output);
      throw new UsageError(
        'Say "sources list", "sources on", "sources off" or "sources run NAME".',
      );
    });
  },
};

async function list(db: ModelDb, { print }: Output): Promise<number> {
  for (const { name, on, words } of await sourceReports(db, new Date())) {
    print(`${name.padEnd(14)} ${on ? 'on ' : 'off'}  ${words}`);
  }
  return 0;
}

async function turnOn(
  db: ModelDb,
  names: readonly SourceName[],
  { print, note }: Output,
): Promise<number> {
  for (const name of names) {
    await enableSource(db, name, true);
    print(`${name} is on: ${SOURCE_LABELS[name]}`);
  }
  const { clock, contactEmail } = env();
  print(
    clock
      ? 'The running server polls them within a quarter of an hour.'
      : 'CLOCK is off: call /api/cron/ingest and /api/cron/enrich regularly.',
  );
  if (!contactEmail) note('Set CONTACT_EMAIL, so that they know whom to write to.');
  return 0;
}

async function turnOff(
  db: ModelDb,
  names: readonly SourceName[],
  { print }: Output,
): Promise<number> {
  for (const name of names) {
    await enableSource(db, name, false);
    print(`${name} is off`);
  }
  return 0;
}

async function pollNow(db: ModelDb, name: SourceName, output: Output): Promise<number> {
  const { signal, dispose } = onInterrupt(output);
  const startedAt = Date.now();
  const report = await poll(db, name, {
    transport: createTransport({ db, userAgent: userAgentFor(env()), signal }),
    config,
    now: new Date(),
    signal,
    onBatch: ({ read }) =>
      output.progress(progressLine({ done: read, unit: 'papers', startedAt }, Date.now())),
  });
  dispose();
  if ('problem' in report) {
    output.note(report.problem);
    return 1;
  }
  const { new: added, updated, unchanged, rejected, goesOn } = report;
  output.print(`${added} new, ${updated} updated, ${unchanged} unchanged, ${rejected} rejected`);
  if (goesOn) output.print('Interrupted; the same command goes on from there.');
  return goesOn ? 1 : 0;
}
