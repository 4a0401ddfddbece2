import { createReadStream } from 'node:fs';
import { parseArgs } from 'node:util';
import { CsvError, parse } from 'csv-parse';
import { stringify } from 'csv-stringify/sync';
import { type ModelDb, transaction } from '../db/sql';
import { eraseReader } from '../mail/send/erase';
import { createToken, isScope } from '../readers/personal-token-store';
import { env } from '../runtime/env';
import {
  addressHash,
  addressHashes,
  parseAddress,
  type ReaderAddress,
} from '../subscribers/email-address';
import {
  headerProblem,
  IMPORT_COLUMNS,
  type ImportRow,
  readImportRow,
} from '../subscribers/import-row';
import {
  activeReaders,
  type ImportCounts,
  importReaders,
  searchReaders,
} from '../subscribers/import-store';
import { unsuppress } from '../subscribers/leave';
import { noteSignedIn, personByEmailKey, putReader } from '../subscribers/reader-store';
import { isSuppressed } from '../subscribers/suppression-store';
import { type Command, type Output, UsageError } from './command';
import { withDatabase } from './database';
import { onInterrupt } from './interrupt';
import { progressLine } from './progress';

const BATCH = 500;
const SHOWN = 50;
const LONGEST_ROW = 64 * 1024;

export const command: Command = {
  name: 'readers',
  usage: [
    'readers import FILE',
    'readers export > FILE',
    'readers find TEXT',
    'readers remove ADDRESS',
    'readers unsuppress ADDRESS --why TEXT',
    'readers token ADDRESS --scope read,write,account [--name NAME]',
  ],
  summary: 'readers from and to CSV files; find, erase, let mail go to one again, make a token',
  async run(args, output) {
    const { values, positionals } = parseArgs({
      args,
      options: {
        why: { type: 'string' },
        scope: { type: 'string' },
        name: { type: 'string' },
      },
      allowPositionals: true,
    });
    const [action, about, ...rest] = positionals;
    const run = action !== undefined && Object.hasOwn(ACTIONS, action) ? ACTIONS[action] : null;
    if (!run || rest.length > 0 || (action === 'export') !== (about === undefined)) {
      throw new UsageError(`"readers ${positionals.join(' ')}" is not understood.`);
    }
    if ((action === 'unsuppress') !== (values.why !== undefined)) {
      throw new UsageError('--why TEXT belongs to "unsuppress": it is kept with the address.');
    }
    if ((action === 'token') !== (values.scope !== undefined)) {
      throw new UsageError(
        '--scope belongs to "token": read, write, account, with commas between.',
      );
    }
    return withDatabase('readers', (db) => run(db, about ?? '', output, values));
  },
};

interface Options {
  why?: string | undefined;
  scope?: string | undefined;
  name?: string | undefined;
}
type Action = (db: ModelDb, about: string, output: Output, options: Options) => Promise<number>;

const ACTIONS: Record<string, Action> = {
  import: load,
  export: dump,
  find,
  remove,
  unsuppress: lift,
  token: makeToken,
};

/** Rows are taken in batches; a run that was interrupted may be called again. */
async function load(db: ModelDb, file: string, output: Output): Promise<number> {
  const { secret, suppressionKey } = env();
  const now = new Date();
  const startedAt = Date.now();
  const total: ImportCounts = { active: 0, asked: 0, known: 0, suppressed: 0 };
  let rejected = 0;
  let done = 0;
  let waiting: ImportRow[] = [];
  const flush = async () => {
    const counts = await importReaders(db, waiting, { secret, now });
    for (const name of Object.keys(total) as (keyof ImportCounts)[]) total[name] += counts[name];
    done += waiting.length;
    waiting = [];
    output.progress(progressLine({ done, unit: 'readers', startedAt }, Date.now()));
  };
  const interrupt = onInterrupt(output);
  try {
    for await (const { line, columns } of rowsOf(file)) {
      if (interrupt.signal.aborted) break;
      const read = readImportRow(columns, suppressionKey, now);
      if (!read.ok) {
        rejected++;
        output.note(`${file}, line ${line}: ${read.problem}`);
        continue;
      }
      waiting.push(read.row);
      if (waiting.length >= BATCH) await flush();
    }
    if (!interrupt.signal.aborted) await flush();
  } finally {
    interrupt.dispose();
  }
  output.print(
    `${total.active} readers get the digest, ${total.asked} are asked by mail first, ${total.known} were here already, ${total.suppressed} are suppressed and skipped, ${rejected} rows were not understood.`,
  );
  return rejected > 0 || interrupt.signal.aborted ? 1 : 0;
}

interface CsvRow {
  line: number;
  columns: Record<string, string>;
}

/** The rows after the first line, which names the columns. */
async function* rowsOf(file: string): AsyncGenerator<CsvRow> {
  const parser = createReadStream(file)
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
        if (problem) throw new UsageError(`${file}: ${problem}.`);
        names = record;
        continue;
      }
      const columns = Object.fromEntries(names.map((name, index) => [name, record[index] ?? '']));
      yield { line: info.lines, columns };
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw new UsageError(`${file} is not CSV as it should be: ${error.message}`);
  }
  if (names === null) throw new UsageError(`${file} is empty: its first line names the columns.`);
}

/** To standard output, as `import` takes it. */
async function dump(db: ModelDb, _: string, { print }: Output): Promise<number> {
  const { siteUrl } = env();
  const line = (values: readonly string[]) => print(stringify([[...values]]).trimEnd());
  line(IMPORT_COLUMNS);
  for (let after = 0; ; ) {
    const readers = await activeReaders(db, after, BATCH);
    if (readers.length === 0) return 0;
    for (const { email, confirmedAt, source, tags, cadence, hour, timezone } of readers) {
      const when = confirmedAt?.toISOString() ?? '';
      line([email, when, source ?? siteUrl, tags.join(' '), cadence, String(hour), timezone]);
    }
    after = readers.at(-1)!.id;
  }
}

async function find(db: ModelDb, text: string, { print, note }: Output): Promise<number> {
  const found = await searchReaders(db, text.trim(), SHOWN);
  const day = (at: Date | null) => at?.toISOString().slice(0, 10);
  for (const { email, status, createdAt, confirmedAt, endedAt } of found) {
    const since = [
      `since ${day(createdAt)}`,
      confirmedAt && `confirmed ${day(confirmedAt)}`,
      endedAt && `ended ${day(endedAt)}`,
    ];
    print(`${email}  ${status}, ${since.filter(Boolean).join(', ')}`);
  }
  if (found.length === SHOWN) note(`These are the first ${SHOWN}; a longer text finds fewer.`);
  const parsed = parseAddress(text);
  const hashes = parsed.ok ? addressHashes(parsed.address.key, env().suppressionKey) : [];
  if (await isSuppressed(db, hashes)) {
    print(`${text} is on the suppression list: nothing is ever sent to it.`);
  } else if (found.length === 0) {
    note(`No reader’s address has "${text}".`);
    return 1;
  }
  return 0;
}

/** What a reader's own "erase" does. */
async function remove(db: ModelDb, typed: string, { print, note }: Output): Promise<number> {
  const { key } = addressOf(typed);
  const reader = await personByEmailKey(db, key);
  if (!reader) {
    note(`There is no reader ${typed}.`);
    return 1;
  }
  await eraseReader(db, reader.id, { dataDir: env().dataDir, now: new Date() });
  print(`${typed} is erased. Nothing is ever sent to it, unless "readers unsuppress" lifts that.`);
  return 0;
}

async function lift(
  db: ModelDb,
  typed: string,
  { print, note }: Output,
  { why = '' }: Options,
): Promise<number> {
  if (why.trim() === '') throw new UsageError('--why needs words: they are kept with the address.');
  const { key } = addressOf(typed);
  const hashes = addressHashes(key, env().suppressionKey);
  const lifted = await unsuppress(db, { key, hashes }, why.trim(), new Date());
  if (lifted === null) {
    note(`${typed} is not on the suppression list.`);
    return 1;
  }
  print(
    lifted === 'active'
      ? `${typed} gets the digest again.`
      : `Mail may go to ${typed} again. It gets no digest until it is signed up.`,
  );
  return 0;
}

/** The token stands alone on the last line, for scripts. Makes a reader, who gets no digest, where there is none. */
async function makeToken(
  db: ModelDb,
  typed: string,
  { print, note }: Output,
  { scope = '', name = 'Command line' }: Options,
): Promise<number> {
  const address = addressOf(typed);
  const wanted = [...new Set(scope.split(',').map((each) => each.trim()))];
  const scopes = wanted.filter(isScope);
  if (scopes.length < wanted.length) {
    throw new UsageError(
      `--scope "${scope}": there are read, write and account, with commas between.`,
    );
  }
  const now = new Date();
  const { suppressionKey } = env();
  const token = await transaction(db, async (tx) => {
    const hash = addressHash(address.key, suppressionKey);
    const { id, status } = await putReader(tx, address, hash, now);
    if (status === 'pending') await noteSignedIn(tx, id, now);
    return createToken(tx, { kind: 'operator', readerId: id }, { name, scopes }, now);
  });
  if (token === null) {
    note(`${typed} has as many tokens as one reader can have.`);
    return 1;
  }
  note(`A token of ${typed} for: ${scopes.join(', ')}. It is not shown again.`);
  print(token);
  return 0;
}

function addressOf(typed: string): ReaderAddress {
  const parsed = parseAddress(typed);
  if (!parsed.ok) throw new UsageError(`"${typed}": ${parsed.problem}`);
  return parsed.address;
}
