import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Migration {
  /** Name of its folder. Migrations run in the order of their names. */
  name: string;
  script: string;
  /** SHA-256 of the script in hex, as Prisma records it. */
  checksum: string;
}

/** The migrations in a folder laid out as Prisma does, oldest first. */
export function readMigrations(folder: string): Migration[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => {
      const script = readFileSync(join(folder, name, 'migration.sql'), 'utf8');
      return { name, script, checksum: createHash('sha256').update(script).digest('hex') };
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** A row of `_prisma_migrations` that was not marked as rolled back. */
export interface MigrationRecord {
  name: string;
  checksum: string;
  finished: boolean;
}

export interface MigrationStatus {
  /** In the program, and not in the database. */
  missing: string[];
  /** In the database, and not in the program: the database is newer. */
  unknown: string[];
  /** Applied, and changed in the program since. */
  edited: string[];
  /** Begun and not finished, by a tool that does not migrate in one transaction. */
  failed: string[];
}

export function compareMigrations(
  program: readonly Migration[],
  database: readonly MigrationRecord[],
): MigrationStatus {
  const applied = database.filter(({ finished }) => finished);
  const recorded = new Map(database.map((record) => [record.name, record]));
  const known = new Map(program.map((migration) => [migration.name, migration]));
  const named = (list: readonly { name: string }[]) => list.map(({ name }) => name);
  return {
    missing: named(program.filter(({ name }) => !recorded.has(name))),
    unknown: named(applied.filter(({ name }) => !known.has(name))),
    edited: named(
      applied.filter(({ name, checksum }) => (known.get(name)?.checksum ?? checksum) !== checksum),
    ),
    failed: named(database.filter(({ finished }) => !finished)),
  };
}

/** Comments and everything quoted, inside of which a semicolon ends no statement. */
const TOKEN =
  /--[^\n]*|\/\*[\s\S]*?\*\/|\be'(?:[^'\\]|\\.|'')*'|'(?:[^']|'')*'|"(?:[^"]|"")*"|(\$\w*\$)[\s\S]*?\1|;|[\w$]+|\S/gi;

export interface Statement {
  text: string;
  /** Offsets in the script; the semicolon belongs to it. */
  start: number;
  end: number;
}

/** The statements of a script, to name one in a message. The server gets scripts whole. */
export function splitStatements(script: string): Statement[] {
  const statements: Statement[] = [];
  let start: number | null = null;
  let end = 0;
  const close = () => {
    if (start !== null) statements.push({ text: script.slice(start, end), start, end });
    start = null;
  };
  for (const { 0: token, index } of script.matchAll(TOKEN)) {
    if (token.startsWith('--') || token.startsWith('/*')) continue;
    end = index + token.length;
    if (token === ';') close();
    else start ??= index;
  }
  close();
  return statements;
}
