import { z } from 'zod';
import { AbstractKind } from '@/lib/db/generated/enums';
import type { ModelDb } from '@/lib/db/sql';
import { type ReadItem, rejected, rejectedBeginning } from '@/lib/ingest/read-item';
import {
  BEGINNING,
  latestRejected,
  RECORD,
  type RejectedRecord,
  rejectedAfter,
  removeRejected,
} from '@/lib/ingest/rejected-store';
import type { IngestReport } from '@/lib/ingest/report';
import { type IngestOptions, ingest } from '@/lib/ingest/run';
import { type PaperRecord, SOURCES } from '@/lib/papers/paper';
import { FORMATS, type ReadContext } from '@/lib/sources/formats/input/types';
import { readInput, UnreadableInput } from '@/lib/sources/formats/read';

const AT_ONCE = 200;

/** Reads every rejected record again and stores what can be stored now; the rest stays rejected. */
export async function retryRejected(
  db: ModelDb,
  options: Omit<IngestOptions, 'source'>,
): Promise<IngestReport> {
  const [last] = await latestRejected(db, 1);
  const upTo = last?.id ?? 0;
  const report = await ingest(db, rejectedItems(db, upTo, options), {
    ...options,
    source: 'rejected',
  });
  // What was rejected again has been seen since; what has not is stored by now.
  if (!report.interrupted && !options.dryRun) await removeRejected(db, upTo, options.now);
  return report;
}

async function* rejectedItems(
  db: ModelDb,
  upTo: number,
  context: ReadContext,
): AsyncGenerator<ReadItem> {
  for (let after = 0; ; ) {
    const records = await rejectedAfter(db, { after, upTo, limit: AT_ONCE });
    if (records.length === 0) return;
    for (const record of records) yield* itemsOf(record, context);
    after = records.at(-1)!.id;
  }
}

async function* itemsOf(
  { place: at, raw, reason, format }: RejectedRecord,
  context: ReadContext,
): AsyncGenerator<ReadItem> {
  if (format === BEGINNING) {
    yield rejectedBeginning(at, reason, raw);
    return;
  }
  if (format === RECORD) {
    const record = recordIn(raw);
    yield record
      ? { kind: 'record', at, record }
      : rejected(at, 'a record of an older version', raw);
    return;
  }
  const known = FORMATS.find((name) => name === format);
  try {
    const { items } = await readInput(bytesOf(raw), {
      ...context,
      format: known,
      titlesAlone: false,
    });
    for await (const item of items) yield 'at' in item ? { ...item, at } : item;
  } catch (error) {
    if (!(error instanceof UnreadableInput)) throw error;
    yield { ...rejected(at, error.message, raw), format: known };
  }
}

function recordIn(raw: string): PaperRecord | null {
  try {
    return recordSchema.parse(JSON.parse(raw)) as PaperRecord;
  } catch {
    return null;
  }
}

async function* bytesOf(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}

const date = z.coerce.date().optional();
const text = z.string().optional();

/** A `PaperRecord` back from JSON. */
const recordSchema = z.object({
  source: z.enum(SOURCES),
  title: z.string(),
  abstract: text,
  abstractKind: z.enum(AbstractKind).optional(),
  authors: z.array(z.string()),
  arxivId: text,
  version: z.number().optional(),
  doi: text,
  categories: z.array(z.string()),
  keywords: z.array(z.string()),
  publishedAt: date,
  revisedAt: date,
  withdrawn: z.boolean().optional(),
  comment: text,
  journalRef: text,
  license: text,
  codeUrl: text,
  projectUrl: text,
  tldr: text,
  signals: z.array(z.object({ kind: z.string(), value: z.number(), seenAt: z.coerce.date() })),
});
