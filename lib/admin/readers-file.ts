import type { Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import { stringify } from 'csv-stringify/sync';
import type { ModelDb } from '@/lib/db/sql';
import { type Actor, authoriseAdmin } from '@/lib/readers/actor';
import {
  headerProblem,
  IMPORT_COLUMNS,
  type ImportRow,
  readImportRow,
} from '@/lib/subscribers/import-row';
import { activeReaders, type ImportCounts, importReaders } from '@/lib/subscribers/import-store';
import { readReason } from './acts';
import { perform } from './log-store';

/** Readers from and to CSV files. */

const BATCH = 500;
const LONGEST_ROW = 64 * 1024;

/** The file as a whole cannot be read; what was read before stays. */
export class NotReadersFile extends Error {
  override name = 'NotReadersFile';
}

export interface ReadersImport extends ImportCounts {
  /** Rows that were not understood. */
  rejected: number;
  interrupted: boolean;
}

export const NO_READERS: ReadersImport = {
  active: 0,
  asked: 0,
  known: 0,
  suppressed: 0,
  rejected: 0,
  interrupted: false,
};

interface ImportOptions {
  reason: string;
  secret: string;
  suppressionKey: string;
  now: Date;
  signal?: AbortSignal;
  onBatch?: (done: number) => void;
  onRejected?: (line: number, problem: string) => void;
}

/**
 * Takes rows in, in batches: an import that was interrupted, or came to a broken row, may be called again.
 * What it did until then is in the log. Throws `NotReadersFile`.
 */
export async function importReadersFile(
  db: ModelDb,
  actor: Actor,
  file: Readable,
  { reason, secret, suppressionKey, now, signal, onBatch, onRejected }: ImportOptions,
): Promise<ReadersImport> {
  authoriseAdmin(actor, 'admin:write');
  readReason(reason);
  const total = { ...NO_READERS };
  let done = 0;
  let waiting: ImportRow[] = [];
  const flush = async () => {
    const counts = await importReaders(db, waiting, { secret, now });
    for (const name of Object.keys(counts) as (keyof ImportCounts)[]) total[name] += counts[name];
    done += waiting.length;
    waiting = [];
    onBatch?.(done);
  };
  try {
    for await (const { line, columns } of rowsOf(file)) {
      if (signal?.aborted) break;
      const read = readImportRow(columns, suppressionKey, now);
      if (read.ok) waiting.push(read.row);
      else {
        total.rejected++;
        onRejected?.(line, read.problem);
      }
      if (waiting.length >= BATCH) await flush();
    }
    total.interrupted = signal?.aborted ?? false;
    if (!total.interrupted) await flush();
  } finally {
    const detail = `${total.active} active, ${total.asked} asked by mail first`;
    if (done > 0) {
      const deed = { act: 'readers-import', reason } as const;
      await perform(db, actor, deed, now, async () => ({ value: total, detail }));
    }
  }
  return total;
}

export function importInWords(total: ReadersImport): string {
  const { active, asked, known, suppressed, rejected } = total;
  return `${active} readers get the digest, ${asked} are asked by mail first, ${known} were here already, ${suppressed} are suppressed and skipped, ${rejected} rows were not understood.`;
}

interface CsvRow {
  line: number;
  columns: Record<string, string>;
}

/** The rows after the first line, which names the columns. */
async function* rowsOf(file: Readable): AsyncGenerator<CsvRow> {
  const parser = file
    .on('error', (error) => parser.destroy(error))
    .pipe(
      parse({
        bom: true,
        trim: true,
        skip_empty_lines: true,
        info: true,
        max_record_size: LONGEST_ROW,
      }),
    );
  let names: string[] | null = null;
  try {
    for await (const { record, info } of parser as AsyncIterable<{
      record: string[];
      info: { lines: number };
    }>) {
      if (names === null) {
        const problem = headerProblem(record);
        if (problem) throw new NotReadersFile(`${problem}.`);
        names = record;
        continue;
      }
      const columns = Object.fromEntries(names.map((name, index) => [name, record[index] ?? '']));
      yield { line: info.lines, columns };
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw new NotReadersFile(`it is not CSV as it should be: ${error.message}`);
  }
  if (names === null) throw new NotReadersFile('it is empty: its first line names the columns.');
}

/** Who gets the digest, as lines of a file that an import takes. In the log before the first line. */
export async function* exportReadersFile(
  db: ModelDb,
  actor: Actor,
  { reason, siteUrl, now }: { reason: string; siteUrl: string; now: Date },
): AsyncGenerator<string> {
  const deed = { act: 'readers-export', reason } as const;
  await perform(db, actor, deed, now, async () => ({ value: null }));
  const line = (values: readonly string[]) => stringify([[...values]]);
  yield line(IMPORT_COLUMNS);
  for (let after = 0; ; ) {
    const readers = await activeReaders(db, after, BATCH);
    if (readers.length === 0) return;
    for (const { email, confirmedAt, source, tags, cadence, hour, timezone } of readers) {
      const when = confirmedAt?.toISOString() ?? '';
      yield line([email, when, source ?? siteUrl, tags.join(' '), cadence, String(hour), timezone]);
    }
    after = readers.at(-1)!.id;
  }
}
