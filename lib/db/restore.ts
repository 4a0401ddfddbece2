import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { createGunzip } from 'node:zlib';
import {
  appliedMigrations,
  BackupError,
  type BackupHeader,
  FORMAT,
  type Progress,
  type TableColumns,
  tablesParentsFirst,
} from './backup-format';
import { followsFrom, LAST_MIGRATION_1, TARGETS_1, type Target } from './backup-format-1';
import type { PrismaClient } from './generated/client';
import { type Db, empty, join, raw, sql } from './sql';

/**
 * Puts a backup into a migrated database without papers and readers. All or nothing. A file from an
 * older version of the program is taken, one from a newer is not.
 */
export async function restore(db: PrismaClient, path: string, progress: Progress): Promise<number> {
  const lines = readLines(path);
  const first = await lines.next();
  const header = parseHeader(first.done ? '' : first.value, path);
  return db.$transaction(
    async (tx) => {
      const tables = await tablesParentsFirst(tx);
      await refuseUnfit(tx, header, path);
      await refuseFilled(tx);
      for (const { name } of [...tables].reverse()) {
        await tx.$executeRaw(sql`delete from ${raw(`"${name}"`)}`);
      }
      const place = placer(tx, header, tables, path);
      let restored = 0;
      let announced: number | null = null;
      for await (const line of lines) {
        const [name, text] = splitLine(line, path);
        if (name === 'end') {
          announced = JSON.parse(text).rows;
          continue;
        }
        restored += await place(name, text);
        progress(restored, restored);
      }
      refuseCut(restored, announced, path);
      await advanceSequences(tx, tables, header.sequences);
      return restored;
    },
    { maxWait: 60_000, timeout: 6 * 3_600_000 },
  );
}

/** Reads a file to its end, without a database. Throws where it is no backup, or cut. */
export async function checkWhole(path: string): Promise<void> {
  const lines = readLines(path);
  const first = await lines.next();
  parseHeader(first.done ? '' : first.value, path);
  let rows = 0;
  let announced: number | null = null;
  for await (const line of lines) {
    const [name, text] = splitLine(line, path);
    if (name === 'end') announced = JSON.parse(text).rows;
    else rows += JSON.parse(text).length;
  }
  refuseCut(rows, announced, path);
}

function refuseCut(rows: number, announced: number | null, path: string): void {
  if (announced === rows) return;
  throw new BackupError(
    `${path} is cut: ${rows} rows read, ${announced ?? 'an unknown number'} were written. Nothing was restored.`,
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
  let header: BackupHeader | null = null;
  try {
    header = JSON.parse(line);
  } catch {
    // The same message as for JSON of another shape.
  }
  if (typeof header?.broadsheet !== 'number') {
    throw new BackupError(`${path} is not a backup of Broadsheet.`);
  }
  if (header.broadsheet > FORMAT) {
    throw new BackupError(`${path} comes from a newer version of Broadsheet. Update first.`);
  }
  return { ...header, sequences: header.sequences ?? {} };
}

function splitLine(line: string, path: string): [string, string] {
  const tab = line.indexOf('\t');
  if (tab < 1) throw new BackupError(`${path} is damaged. Nothing was restored.`);
  return [line.slice(0, tab), line.slice(tab + 1)];
}

async function refuseUnfit(tx: Db, header: BackupHeader, path: string): Promise<void> {
  if (header.broadsheet === 1) {
    if (header.migrations.includes(LAST_MIGRATION_1)) return;
    throw new BackupError(
      `${path} lacks the migration ${LAST_MIGRATION_1}. Restore it with the version that has it (see CHANGELOG.md), and back that up.`,
    );
  }
  const known = new Set(await appliedMigrations(tx));
  const newer = header.migrations.filter((name) => !known.has(name));
  if (newer.length > 0) {
    throw new BackupError(
      `${path} comes from a newer version of Broadsheet (${newer.join(', ')}). Update first.`,
    );
  }
}

async function refuseFilled(tx: Db): Promise<void> {
  for (const name of ['paper', 'reader']) {
    const rows = await tx.$queryRaw<unknown[]>(sql`select 1 from ${raw(`"${name}"`)} limit 1`);
    if (rows.length > 0) {
      throw new BackupError(
        `This database already has rows in "${name}". Restore into an empty one: another DATA_DIR or DATABASE_URL.`,
      );
    }
  }
}

/** Tables of earlier versions whose rows were computed and are needed no more. */
const GONE = new Set(['stale_cohort', 'damped_paper']);

/** Tables of format 2 whose rows have moved. */
const MOVED: Record<string, Target[] | undefined> = {
  paper_feedback: [
    { into: 'vote', values: { value: `case r->>'wish' when 'more' then 1 else -1 end` } },
  ],
  subscription: [{ into: 'subscription' }, ...followsFrom(`r->'reader_id'`)],
};

/** Puts a line's rows where they belong; gives how many they were. */
function placer(tx: Db, header: BackupHeader, tables: readonly TableColumns[], path: string) {
  const columnsHere = new Map(tables.map(({ name, columns }) => [name, columns]));
  const columnsThere = new Map(header.tables.map(({ name, columns }) => [name, columns]));

  function targetsOf(table: string): readonly Target[] {
    return (header.broadsheet === 1 ? TARGETS_1 : MOVED)[table] ?? [{ into: table }];
  }

  async function insert(table: string, target: Target, rows: string): Promise<void> {
    const { into, values = {}, each, where = 'true' } = target;
    const given = new Set([...columnsThere.get(table)!, ...Object.keys(values)]);
    const columns = columnsHere.get(into)!.filter((column) => given.has(column));
    const names = (prefix: string) => raw(columns.map((name) => `${prefix}"${name}"`).join(', '));
    const name = raw(`"${into}"`);
    if (Object.keys(values).length === 0) {
      await tx.$executeRaw(sql`
        insert into ${name} (${names('')}) overriding system value
        select ${names('n.')} from json_populate_recordset(null::${name}, ${rows}::json) n
        where ${raw(where)}`);
      return;
    }
    const made = Object.entries(values).flatMap(([key, value]) => [raw(`'${key}'`), raw(value)]);
    await tx.$executeRaw(sql`
      insert into ${name} (${names('')}) overriding system value
      select ${names('n.')} from jsonb_array_elements(${rows}::jsonb) as a(r),
        ${each === undefined ? empty : sql`${raw(each)} as each(value, place),`}
        jsonb_populate_record(null::${name}, r || jsonb_build_object(${join(made)})) n
      where ${raw(where)}`);
  }

  return async (table: string, rows: string): Promise<number> => {
    if (GONE.has(table)) return JSON.parse(rows).length;
    const targets = targetsOf(table);
    if (!columnsThere.has(table) || targets.some(({ into }) => !columnsHere.has(into))) {
      throw new BackupError(`${path} has a table "${table}" that is not here.`);
    }
    for (const target of targets) await insert(table, target, rows);
    return JSON.parse(rows).length;
  };
}

/** Tables whose ids stand in links and Message-IDs from before those named random keys. */
const KNOWN_OUTSIDE = ['reader', 'delivery', 'transactional_mail'];
/** Left free there for ids that were given after the backup was made: they must become nobody else's. */
const ID_GAP = 1_000_000;

/** No number is given again: those of rows, of rows that are gone, and those that this database gave. */
async function advanceSequences(
  tx: Db,
  tables: readonly TableColumns[],
  given: BackupHeader['sequences'],
): Promise<void> {
  for (const { name, columns } of tables) {
    for (const column of columns) {
      const [found] = await tx.$queryRaw<{ sequence: string | null }[]>(
        sql`select pg_get_serial_sequence(${`"${name}"`}, ${column}) as sequence`,
      );
      if (!found?.sequence) continue;
      const last = given[found.sequence.replace(/^public\./, '')] ?? '0';
      const gap = KNOWN_OUTSIDE.includes(name) ? ID_GAP : 0;
      await tx.$queryRaw<{ setval: string }[]>(sql`
        select setval(${found.sequence}::regclass, last + ${gap}::int)::text
        from (select greatest(${last}::bigint, pg_sequence_last_value(${found.sequence}::regclass),
          max(${raw(`"${column}"`)})) as last from ${raw(`"${name}"`)}) l
        where last > 0`);
    }
  }
}
