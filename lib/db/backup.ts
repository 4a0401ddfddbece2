import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import {
  appliedMigrations,
  type BackupHeader,
  FORMAT,
  type Progress,
  tablesParentsFirst,
} from './backup-format';
import type { PrismaClient } from './generated/client';
import { type Db, raw, sql } from './sql';

const BATCH = 500;

/**
 * Writes everything to `path`, as of one moment, which lies in `span`; of this one, if not told. On the
 * embedded database others would wait meanwhile: give it a snapshot (`snapshot.ts`).
 */
export async function backup(
  db: PrismaClient,
  path: string,
  progress: Progress,
  span?: { from: Date; to: Date },
): Promise<number> {
  const draft = `${path}.part`;
  let written = 0;
  try {
    await db.$transaction(
      async (tx) => {
        await tx.$executeRaw`set transaction isolation level repeatable read, read only`;
        const now = new Date();
        const header: BackupHeader = {
          broadsheet: FORMAT,
          span: { from: span?.from ?? now, to: span?.to ?? now },
          migrations: await appliedMigrations(tx),
          tables: await tablesParentsFirst(tx),
          // Not part of the snapshot that the first statement took: never below what its rows have.
          sequences: await lastNumbers(tx),
        };
        const total = await countRows(tx, header);
        const lines = async function* () {
          yield `${JSON.stringify(header)}\n`;
          for (const { name } of header.tables) {
            for await (const { text, rows } of batches(tx, name)) {
              yield `${name}\t${text}\n`;
              written += rows;
              progress(written, total);
            }
          }
          yield `end\t${JSON.stringify({ rows: written })}\n`;
        };
        await pipeline(
          Readable.from(lines()),
          createGzip(),
          // On the disk before it has its name, whatever happens to the machine.
          createWriteStream(draft, { mode: 0o600, flush: true }),
        );
      },
      { maxWait: 60_000, timeout: 6 * 3_600_000 },
    );
    // It gets its name only when it is complete.
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
  return written;
}

async function* batches(tx: Db, table: string) {
  const cursor = raw(`backup_${table}`);
  await tx.$executeRaw(
    sql`declare ${cursor} no scroll cursor for select row_to_json(t)::text as row from ${raw(`"${table}"`)} t`,
  );
  for (;;) {
    const rows = await tx.$queryRaw<{ row: string }[]>(
      sql`fetch ${raw(String(BATCH))} from ${cursor}`,
    );
    if (rows.length === 0) break;
    yield { text: `[${rows.map(({ row }) => row).join(',')}]`, rows: rows.length };
  }
  await tx.$executeRaw(sql`close ${cursor}`);
}

/** Of the sequences that gave a number already. */
async function lastNumbers(tx: Db): Promise<BackupHeader['sequences']> {
  const rows = await tx.$queryRaw<{ name: string; last: string }[]>(sql`
    select sequencename::text as name, last_value::text as last from pg_sequences
    where schemaname = 'public' and last_value is not null`);
  return Object.fromEntries(rows.map(({ name, last }) => [name, last]));
}

async function countRows(tx: Db, header: BackupHeader): Promise<number> {
  let total = 0;
  for (const { name } of header.tables) {
    const [row] = await tx.$queryRaw<{ rows: number }[]>(
      sql`select count(*)::int as rows from ${raw(`"${name}"`)}`,
    );
    total += row?.rows ?? 0;
  }
  return total;
}
