import { createHash } from 'node:crypto';
import type { Db } from '@/lib/db/sql';
import { clearImportCursor, importCursor, setImportCursor } from '@/lib/ingest/cursor-store';
import type { IngestReport } from '@/lib/ingest/report';
import { type IngestOptions, ingest } from '@/lib/ingest/run';
import { peekBytes } from '@/lib/sources/formats/input/text-input';
import type { Format } from '@/lib/sources/formats/input/types';
import { readInput } from '@/lib/sources/formats/read';

interface ImportOptions extends Omit<IngestOptions, 'source' | 'skipItems'> {
  format?: Format;
  /** The day the input speaks of. */
  date?: Date;
  /** Of the input in bytes, where it is known: only then an interrupted import can go on. */
  size?: number;
  /** Reads from the beginning even where an interrupted import could go on. */
  again?: boolean;
}

export interface ImportReport extends IngestReport {
  format: Format;
  /** Items that an earlier, interrupted import of the same input had stored. */
  resumedAfter: number;
}

const KEY_LENGTH = 65_536;

/** Reads one input of any format and stores its papers. Throws `UnreadableInput` for other inputs. */
export async function importInput(
  db: Db,
  bytes: AsyncIterable<Uint8Array>,
  options: ImportOptions,
): Promise<ImportReport> {
  const { head, all } = await peekBytes(bytes, KEY_LENGTH);
  const { format, items } = await readInput(all, options);
  const key = cursorKey(head, format, options);
  const resumedAfter = key === null || options.again ? 0 : await importCursor(db, key);
  const report = await ingest(db, items, {
    ...options,
    source: format,
    skipItems: resumedAfter,
    onBatch: async (soFar, done) => {
      if (key !== null) await setImportCursor(db, key, done, options.now);
      await options.onBatch?.(soFar, done);
    },
  });
  if (key !== null && !report.interrupted) await clearImportCursor(db, key);
  return { ...report, format, resumedAfter };
}

/** Names the input together with what decides which items it has; null where none is to be kept. */
function cursorKey(
  head: Uint8Array,
  format: Format,
  { size, date, since, limit, dryRun }: ImportOptions,
): string | null {
  if (size === undefined || limit !== undefined || dryRun) return null;
  const options = JSON.stringify([format, size, date ?? null, since ?? null]);
  return createHash('sha256').update(head).update(options).digest('hex');
}
