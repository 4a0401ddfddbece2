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

/** The migrations in a folder with Prisma's layout, oldest first. */
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

/** A semicolon inside of a comment or of something quoted ends no statement. */
const TOKEN =
  /--[^\n]*|\/\*[\s\S]*?\*\/|\be'(?:[^'\\]|\\.|'')*'|'(?:[^']|'')*'|"(?:[^"]|"")*"|(\$\w*\$)[\s\S]*?\1|;|[\w$]+|\S/gi;

export interface Statement {
  text: string;
  /** Offsets in the script, with the semicolon. */
  start: number;
  end: number;
}

/** The statements of a script, so that a message can name one. */
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

const LONGEST_STATEMENT = 300;

/** What the operator reads when a script has failed after `done` of its statements. */
export function explainFailure(
  { name, script }: Pick<Migration, 'name' | 'script'>,
  done: number,
  error: { message: string; detail?: string; hint?: string; position?: string },
): string {
  const { message, detail, hint, position } = error;
  const statements = splitStatements(script);
  // Counts characters of the script from 1. Only errors in the text itself have a position.
  const offset = position && [...script].slice(0, Number(position) - 1).join('').length;
  const at = typeof offset === 'number' ? statements.findIndex(({ end }) => offset < end) : done;
  const statement = statements[at];
  const line = statement && script.slice(0, statement.start).split('\n').length;
  const text = statement?.text.replace(/\s+/g, ' ').slice(0, LONGEST_STATEMENT);
  return [
    `The migration ${name} failed: ${[message, detail, hint].filter(Boolean).join(' ')}`,
    statement && `Statement ${at + 1} of ${statements.length}, line ${line}: ${text}`,
    'The database is as it was before this migration. Remove the cause and start again (or run: ' +
      'npm run cli -- db migrate).',
  ]
    .filter(Boolean)
    .join('\n');
}
