import { parseArgs } from 'node:util';
import type { ModelDb } from '@/lib/db/sql';
import { isSourceName, SOURCE_LABELS, SOURCE_NAMES, type SourceName } from '@/lib/sources/config';
import { userAgentFor } from '@/lib/sources/fetch/etiquette';
import { createTransport } from '@/lib/sources/fetch/transport';
import { BACKFILLED, backfill } from '@/lib/sources/poll/backfill';
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
    '  --days 90 (also fills the catalogue with the papers of the last 90 days, now)',
    'sources off [NAME …]',
    'sources run NAME (polls it now)',
  ],
  summary: 'turn the real sources on or off, and see how they are',
  async run(args, output) {
    const { values, positionals } = parseArgs({
      args,
      options: { days: { type: 'string' } },
      allowPositionals: true,
    });
    const [action = 'list', ...words] = positionals;
    const days = dayCount(values.days);
    if (days !== null && action !== 'on') throw new UsageError('--days goes with "sources on".');
    const names = words.filter(isSourceName);
    if (names.length < words.length) {
      const unknown = words.filter((word) => !isSourceName(word)).join(', ');
      throw new UsageError(`There is no source ${unknown}; there are ${SOURCE_NAMES.join(', ')}.`);
    }
    const chosen = names.length > 0 ? names : config.on;
    if (days !== null && !BACKFILLED.some((name) => chosen.includes(name))) {
      throw new UsageError(`--days needs one of ${BACKFILLED.join(', ')}.`);
    }
    return withDatabase('sources', async (db) => {
      if (action === 'list') return list(db, output);
      if (action === 'on') {
        await turnOn(db, chosen, output);
        return days === null ? 0 : fill(db, chosen, days, output);
      }
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
): Promise<void> {
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
}

/** One source after the other; what one of them refuses is no reason to leave the next one out. */
async function fill(
  db: ModelDb,
  names: readonly SourceName[],
  days: number,
  output: Output,
): Promise<number> {
  const { print, note, progress } = output;
  const { signal, dispose } = onInterrupt(output);
  let complete = true;
  for (const name of BACKFILLED.filter((each) => names.includes(each))) {
    if (signal.aborted) break;
    const startedAt = Date.now();
    const report = await backfill(db, name, {
      days,
      transport: createTransport({ db, userAgent: userAgentFor(env()), signal }),
      config,
      now: new Date(),
      signal,
      onDay: ({ done, total, day, papers }) => {
        // Days have about as many papers each, so those to come can be told from those done.
        const expected = Math.round((papers * total) / done);
        const work = { done: papers, total: expected, unit: 'papers', startedAt };
        progress(`${name} back to ${day}: ${progressLine(work, Date.now())}`);
      },
    });
    if ('problem' in report) note(`${name}: ${report.problem}`);
    else print(`${name}: ${report.read} papers of ${report.days} days`);
    complete &&= !('problem' in report) && !report.goesOn;
  }
  dispose();
  if (!complete) print('Not complete yet; the same command goes on from there.');
  return complete ? 0 : 1;
}

const MOST_DAYS = 366;

function dayCount(text: string | undefined): number | null {
  if (text === undefined) return null;
  const days = Number(text);
  if (Number.isInteger(days) && days >= 1 && days <= MOST_DAYS) return days;
  throw new UsageError(`--days needs a number of days from 1 to ${MOST_DAYS}, not "${text}".`);
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
