import { parseArgs } from 'node:util';
import { collectWhenLarge } from '@/lib/memory';
import { deriveApart } from '@/lib/sources/derive-apart';
import { type ImportReport, importInput } from '@/lib/sources/import';
import { UnreadableInput } from '@/lib/sources/read';
import { FORMATS, type Format } from '@/lib/sources/reader';
import config from '@/lib/sources/settings';
import { createTransport, userAgentFor } from '@/lib/sources/transport';
import { fetchByArxivId } from '@/lib/sources/visit/arxiv-atom';
import { env } from '../env';
import { type Command, type Output, UsageError } from './command';
import { withPlainDatabase } from './database';
import { openInput } from './import-input';
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
    return withPlainDatabase('import', async (db, target) => {
      const transport = createTransport({
        db,
        userAgent: userAgentFor(env()),
        allowPrivate: true,
      });
      const { bytes, size, bytesRead, dispose } = await openInput(from, transport, output);
      const interrupt = onInterrupt(output);
      const apart = deriveApart(target);
      const startedAt = Date.now();
      try {
        const report = await importInput(db, bytes, {
          ...options,
          input: from === '-' ? 'standard input' : from,
          size,
          fetchWanted: (ids) => fetchByArxivId({ transport, config, now: options.now }, ids),
          signal: interrupt.signal,
          derive: apart.derive,
          onBatch: ({ read, rejected }) => {
            collectWhenLarge();
            const done = read + rejected;
            const total = size ? Math.round((done * size) / Math.max(1, bytesRead())) : undefined;
            output.progress(progressLine({ done, total, unit: 'papers', startedAt }, Date.now()));
          },
        });
        tell(report, output, options.dryRun);
        if (report.read + report.rejected === 0) {
          output.note(
            `${from}: no paper was found in it. --format says how to read it: ${FORMATS.join(', ')}.`,
          );
        }
        const stored = report.new + report.updated + report.unchanged;
        return report.interrupted || stored === 0 ? 1 : 0;
      } catch (error) {
        if (!(error instanceof UnreadableInput)) throw error;
        output.note(`${from}: ${error.message}.`);
        return 1;
      } finally {
        interrupt.dispose();
        await apart.close();
        await dispose();
      }
    });
  },
};

function tell(report: ImportReport, { print, note }: Output, dryRun: boolean): void {
  for (const message of report.notes) note(message);
  for (const { place, reason } of report.rejections) note(`rejected ${place}: ${reason}`);
  const untold = report.rejected - report.rejections.length;
  if (untold > 0) note(`and ${untold} more; see: npm run cli -- quarantine`);
  if (report.resumedAfter > 0) {
    print(`went on after ${report.resumedAfter} that an interrupted import had stored`);
  }
  const counts = [
    `${report.new} new`,
    `${report.updated} updated`,
    `${report.unchanged} unchanged`,
    `${report.rejected} rejected`,
  ];
  if (report.skipped > 0) counts.push(`${report.skipped} older left out`);
  print(`${report.format}: ${counts.join(', ')}${dryRun ? ' (nothing was stored)' : ''}`);
  if (report.interrupted) print('Interrupted; the same command goes on from there.');
}

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

function day(text: string | undefined, option: string): Date | undefined {
  if (text === undefined) return undefined;
  const date = new Date(/^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text}T00:00:00Z` : text);
  if (Number.isNaN(date.getTime()))
    throw new UsageError(`${option} ${text} is no date such as 2026-03-12.`);
  return date;
}
