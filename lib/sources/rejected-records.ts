import { z } from 'zod';
import { type ModelDb, sql } from '@/lib/db/sql';
import type { IngestReport } from '@/lib/ingest/batch-builder';
import { type IngestOptions, ingest } from '@/lib/ingest/run';
import { type PaperRecord, SOURCES } from '@/lib/papers/paper';
import { readInput, UnreadableInput } from '@/lib/sources/formats/read';
import { FORMATS, type ReadContext, type ReadItem } from '@/lib/sources/formats/reader';
import { BEGINNING, RECORD } from '@/lib/sources/store';

export interface RejectedRecord {
  id: number;
  format: string;
  input: string | null;
  place: string;
  reason: string;
  raw: string;
  seenAt: Date;
}

/** The latest first. */
export async function listRejected(db: ModelDb, limit: number): Promise<RejectedRecord[]> {
  return db.rejectedRecord.findMany({ orderBy: { id: 'desc' }, take: limit });
}

/** Reads every rejected record again and stores what can be stored now; the rest stays. */
export async function retryRejected(
  db: ModelDb,
  options: Omit<IngestOptions, 'source'>,
): Promise<IngestReport> {
  const [last] = await db.rejectedRecord.findMany({ orderBy: { id: 'desc' }, take: 1 });
  const upTo = last?.id ?? 0;
  const report = await ingest(db, rejectedItems(db, upTo, options), {
    ...options,
    source: 'rejected',
  });
  // What was rejected again has been seen since; what has not is stored by now.
  if (!report.interrupted && !options.dryRun) {
    await db.$executeRaw(sql`
      delete from rejected_record where id <= ${upTo} and seen_at < ${options.now}`);
  }
  return report;
}

async function* rejectedItems(
  db: ModelDb,
  upTo: number,
  context: ReadContext,
): AsyncGenerator<ReadItem> {
  for (let after = 0; ; ) {
    const rows = await db.rejectedRecord.findMany({
      where: { id: { gt: after, lte: upTo } },
      orderBy: { id: 'asc' },
      take: 200,
    });
    if (rows.length === 0) return;
    for (const row of rows) yield* itemsOf(row, context);
    after = rows.at(-1)!.id;
  }
}

async function* itemsOf(row: RejectedRecord, context: ReadContext): AsyncGenerator<ReadItem> {
  const { place: at, raw, reason } = row;
  if (row.format === BEGINNING) {
    yield { kind: 'rejected', at, raw, reason, cut: true };
    return;
  }
  if (row.format === RECORD) {
    const record = recordIn(raw);
    if (record) yield { kind: 'record', at, record };
    else yield { kind: 'rejected', at, raw, reason: 'a record of an older version' };
    return;
  }
  const format = FORMATS.find((name) => name === row.format);
  try {
    const { items } = await readInput(bytesOf(raw), { ...context, format });
    for await (const item of items) yield 'at' in item ? { ...item, at } : item;
  } catch (error) {
    if (!(error instanceof UnreadableInput)) throw error;
    yield { kind: 'rejected', at, raw, reason: error.message, format };
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
