import { createReadStream, createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import type { PrismaClient } from './generated/client';
import { type Db, raw, sql } from './sql';

/**
 * A backup is gzipped text: a line of JSON (`BackupHeader`), a line for each batch of rows,
 * `table<tab>[rows as JSON]`, and `end<tab>{"rows": n}`. Rows are kept as PostgreSQL writes them.
 */
interface BackupHeader {
  broadsheet: 1;
  migrations: string[];
  tables: { name: string; columns: string[] }[];
}

/** Rows written or read so far, of how many. */
type Progress = (rows: number, total: number) => void;

/** The file is no backup, or the database cannot take it. */
class BackupError extends Error {
  override name = 'BackupError';
}

const BATCH = 500;

/** Writes everything to `path`, as of one moment. On the embedded database, others wait meanwhile. */
export async function backup(db: PrismaClient, path: string, progress: Progress): Promise<number> {
  const draft = `${path}.part`;
  let written = 0;
  try {
    await db.$transaction(
      async (tx) => {
        await tx.$executeRaw`set transaction isolation level repeatable read, read only`;
        const header: BackupHeader = {
          broadsheet: 1,
          migrations: await appliedMigrations(tx),
          tables: await tablesParentsFirst(tx),
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
          createWriteStream(draft, { mode: 0o600 }),
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

/**
 * Restores a backup, all or nothing, into a migrated database without papers and subscriptions. Takes
 * files of older versions of the program, and refuses those of newer ones.
 */
export async function restore(db: PrismaClient, path: string, progress: Progress): Promise<number> {
  const lines = readLines(path);
  const first = await lines.next();
  const header = parseHeader(first.done ? '' : first.value, path);
  return db.$transaction(
    async (tx) => {
      await refuseUnfit(tx, header, path);
      const columns = new Map(header.tables.map((table) => [table.name, table.columns]));
      let restored = 0;
      let announced: number | null = null;
      for await (const line of lines) {
        const [name, text] = splitLine(line, path);
        if (name === 'end') {
          announced = JSON.parse(text).rows;
          continue;
        }
        restored += await insertRows(tx, name, columns.get(name) ?? [], text);
        progress(restored, restored);
      }
      if (announced !== restored) {
        throw new BackupError(
          `${path} is cut: ${restored} rows read, ${announced ?? 'an unknown number'} were written. Nothing was restored.`,
        );
      }
      await advanceSequences(tx, header);
      return restored;
    },
    { maxWait: 60_000, timeout: 6 * 3_600_000 },
  );
}

async function* readLines(path: string): AsyncGenerator<string, void> {
  const input = createReadStream(path);
  const unzipped = input.pipe(createGunzip());
  input.on('error', (error) => unzipped.destroy(error));
  try {
    yield* createInterface({ input: unzipped, crlfDelay: Number.POSITIVE_INFINITY });
  } catch (error) {
    throw new BackupError(`${path} cannot be read as a backup: ${(error as Error).message}`);
  }
}

function parseHeader(line: string, path: string): BackupHeader {
  try {
    const header = JSON.parse(line);
    if (header.broadsheet === 1) return header;
  } catch {
    // The message is the same as for other JSON.
  }
  throw new BackupError(`${path} is not a backup of Broadsheet.`);
}

function splitLine(line: string, path: string): [string, string] {
  const tab = line.indexOf('\t');
  if (tab < 1) throw new BackupError(`${path} is damaged. Nothing was restored.`);
  return [line.slice(0, tab), line.slice(tab + 1)];
}

async function refuseUnfit(tx: Db, header: BackupHeader, path: string): Promise<void> {
  const known = new Set(await appliedMigrations(tx));
  const newer = header.migrations.filter((name) => !known.has(name));
  if (newer.length > 0) {
    throw new BackupError(
      `${path} comes from a newer version of Broadsheet (${newer.join(', ')}). Update first.`,
    );
  }
  const existing = new Set((await tablesParentsFirst(tx)).map(({ name }) => name));
  for (const { name } of header.tables) {
    if (!existing.has(name))
      throw new BackupError(`${path} has a table "${name}" that is not here.`);
  }
  for (const name of ['paper', 'subscription'].filter((each) => existing.has(each))) {
    const rows = await tx.$queryRaw<unknown[]>(sql`select 1 from ${raw(`"${name}"`)} limit 1`);
    if (rows.length > 0) {
      throw new BackupError(
        `This database already has rows in "${name}". Restore into an empty one: another DATA_DIR or DATABASE_URL.`,
      );
    }
  }
  for (const { name } of [...header.tables].reverse()) {
    await tx.$executeRaw(sql`delete from ${raw(`"${name}"`)}`);
  }
}

async function insertRows(tx: Db, table: string, columns: string[], rows: string): Promise<number> {
  if (columns.length === 0) throw new BackupError(`Rows of an unnamed table "${table}".`);
  const names = raw(columns.map((column) => `"${column}"`).join(', '));
  const name = raw(`"${table}"`);
  return tx.$executeRaw(sql`
    insert into ${name} (${names}) overriding system value
    select ${names} from json_populate_recordset(null::${name}, ${rows}::json)`);
}

/** New ids will come after those of the backup. */
async function advanceSequences(tx: Db, header: BackupHeader): Promise<void> {
  for (const { name, columns } of header.tables) {
    for (const column of columns) {
      const [found] = await tx.$queryRaw<{ sequence: string | null }[]>(
        sql`select pg_get_serial_sequence(${`"${name}"`}, ${column}) as sequence`,
      );
      if (!found?.sequence) continue;
      await tx.$queryRaw(sql`
        select setval(${found.sequence}::regclass, greatest(1, max(${raw(`"${column}"`)})), count(*) > 0)::text
        from ${raw(`"${name}"`)}`);
    }
  }
}

async function appliedMigrations(tx: Db): Promise<string[]> {
  const rows = await tx.$queryRaw<{ name: string }[]>(sql`
    select migration_name as name from _prisma_migrations where finished_at is not null order by 1`);
  return rows.map(({ name }) => name);
}

/**
 * Our tables with the columns that can be written, each after the tables that it refers to. The tables
 * of the migrations, which begin with an underscore, are not among them.
 */
async function tablesParentsFirst(tx: Db): Promise<BackupHeader['tables']> {
  const rows = await tx.$queryRaw<{ name: string; columns: string[]; parents: string[] }[]>(sql`
    select c.relname::text as name,
      array(select a.attname::text from pg_attribute a
        where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
        order by a.attnum) as columns,
      array(select distinct p.relname::text from pg_constraint f join pg_class p on p.oid = f.confrelid
        where f.conrelid = c.oid and f.contype = 'f' and p.oid <> c.oid) as parents
    from pg_class c
    where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace
      and left(c.relname, 1) <> '_'
    order by c.relname`);
  const placed: typeof rows = [];
  const waiting = [...rows];
  while (waiting.length > 0) {
    const next = waiting.findIndex(({ parents }) =>
      parents.every((parent) => placed.some(({ name }) => name === parent)),
    );
    if (next < 0) throw new Error('The tables refer to each other in a circle.');
    placed.push(...waiting.splice(next, 1));
  }
  return placed.map(({ name, columns }) => ({ name, columns }));
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
