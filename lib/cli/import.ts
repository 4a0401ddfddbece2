import { parseArgs } from 'node:util';
import { userAgentFor } from '@/lib/sources/fetch/etiquette';
import { createTransport } from '@/lib/sources/fetch/transport';
import { FORMATS, type Format } from '@/lib/sources/formats/input/types';
import { UnreadableInput } from '@/lib/sources/formats/read';
import { importInput } from '@/lib/sources/import';
import { fetchByArxivId } from '@/lib/sources/poll/atom-poller';
import config from '@/lib/sources/settings';
import { env } from '../runtime/env';
import { type Command, UsageError } from './command';
import { withPlainDatabase } from './database';
import { day } from './day';
import { openInput } from './import-input';
import { tell } from './import-report';
import { onInterrupt } from './interrupt';
import { progressLine } from './progress';

const OPTIONS = {
  format: { type: 'string' },
  limit: { type: 'string' },
  since: { type: 'string' },
  date: { type: 'string' },
  now: { type: 'string' },
  'dry-run': { type: 'boolean', default: false },
  'from-start': { type: 'boolean', default: false },
} as const;

export const command: Command = {
  name: 'import',
  usage: [
    'import FILE-OR-URL',
    'import - (reads standard input)',
    `  --format ${FORMATS.join('|')} (else recognised from the content)`,
    '  --date 2026-03-12 (the day a page speaks of)   --since 2026-01-01   --limit 1000',
    '  --dry-run (stores nothing)   --from-start (does not go on where an interrupted import stopped)',
  ],
  summary: 'read papers from a page of text, a file or an address',
  async run(args, output) {
    const { values, positionals } = parseArgs({ args, options: OPTIONS, allowPositionals: true });
    const [from, ...rest] = positionals;
    if (from === undefined || rest.length > 0)
      throw new UsageError('Say what to read: one file, one URL, or -.');
    const options = {
      now: day(values.now, '--now') ?? new Date(),
      format: formatNamed(values.format),
      limit: count(values.limit),
      since: day(values.since, '--since'),
      date: day(values.date, '--date'),
      dryRun: values['dry-run'],
      again: values['from-start'],
    };
    return withPlainDatabase('import', async (db) => {
      const transport = createTransport({
        db,
        userAgent: userAgentFor(env()),
        allowPrivate: true,
      });
      const { bytes, size, bytesRead, dispose } = await openInput(from, transport, output);
      const interrupt = onInterrupt(output);
      const startedAt = Date.now();
      try {
        const report = await importInput(db, bytes, {
          ...options,
          input: from === '-' ? 'standard input' : from,
          size,
          fetchWanted: (ids) => fetchByArxivId({ transport, config, now: options.now }, ids),
          signal: interrupt.signal,
          onBatch: ({ read, rejected }) => {
            const done = read + rejected;
            const total = size ? Math.round((done * size) / Math.max(1, bytesRead())) : undefined;
            output.progress(progressLine({ done, total, unit: 'papers', startedAt }, Date.now()));
          },
        });
        return tell(report, { from, dryRun: options.dryRun, output });
      } catch (error) {
        if (!(error instanceof UnreadableInput)) throw error;
        output.note(`${from}: ${error.message}.`);
        return 1;
      } finally {
        interrupt.dispose();
        await dispose();
      }
    });
  },
};

function formatNamed(name: string | undefined): Format | undefined {
  const format = FORMATS.find((known) => known === name);
  if (name !== undefined && !format) {
    throw new UsageError(`--format ${name} is not known; there are ${FORMATS.join(', ')}.`);
  }
  return format;
}

function count(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1)
    throw new UsageError(`--limit ${text} is no number of papers.`);
  return number;
}
