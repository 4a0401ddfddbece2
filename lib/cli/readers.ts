import { createReadStream } from 'node:fs';
import { parseArgs } from 'node:util';
import { BY_COMMAND } from '../admin/acts';
import { findReaders, liftSuppression, MOST_FOUND, removeReader } from '../admin/readers';
import {
  exportReadersFile,
  importInWords,
  importReadersFile,
  NotReadersFile,
} from '../admin/readers-file';
import { type ModelDb, transaction } from '../db/sql';
import { COMMAND_LINE } from '../readers/actor';
import { createToken, isScope } from '../readers/personal-token-store';
import { env } from '../runtime/env';
import { addressHash, parseAddress, type ReaderAddress } from '../subscribers/email-address';
import { noteSignedIn, putReader } from '../subscribers/reader-store';
import { type Command, type Output, UsageError } from './command';
import { withDatabase } from './database';
import { onInterrupt } from './interrupt';
import { progressLine } from './progress';

export const command: Command = {
  name: 'readers',
  usage: [
    'readers import FILE [--why TEXT]',
    'readers export [--why TEXT] > FILE',
    'readers find TEXT',
    'readers remove ADDRESS --why TEXT',
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
    const needsWhy = action === 'remove' || action === 'unsuppress';
    if (needsWhy && values.why === undefined) {
      throw new UsageError(`"readers ${action}" needs --why TEXT: it is kept in the log.`);
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

async function load(
  db: ModelDb,
  file: string,
  output: Output,
  { why = BY_COMMAND }: Options,
): Promise<number> {
  const { secret, suppressionKey } = env();
  const startedAt = Date.now();
  const interrupt = onInterrupt(output);
  const stream = createReadStream(file);
  const total = await importReadersFile(db, COMMAND_LINE, stream, {
    reason: why,
    secret,
    suppressionKey,
    now: new Date(),
    signal: interrupt.signal,
    onBatch: (done) =>
      output.progress(progressLine({ done, unit: 'readers', startedAt }, Date.now())),
    onRejected: (line, problem) => output.note(`${file}, line ${line}: ${problem}`),
  })
    .catch((error) => {
      if (error instanceof NotReadersFile) throw new UsageError(`${file}: ${error.message}`);
      throw error;
    })
    .finally(interrupt.dispose);
  output.print(importInWords(total));
  return total.rejected > 0 || total.interrupted ? 1 : 0;
}

/** To standard output, as `import` takes it. */
async function dump(
  db: ModelDb,
  _: string,
  { print }: Output,
  { why = BY_COMMAND }: Options,
): Promise<number> {
  const options = { reason: why, siteUrl: env().siteUrl, now: new Date() };
  for await (const line of exportReadersFile(db, COMMAND_LINE, options)) print(line.trimEnd());
  return 0;
}

async function find(db: ModelDb, text: string, { print, note }: Output): Promise<number> {
  const { suppressionKey } = env();
  const { found, suppressed } = await findReaders(db, COMMAND_LINE, text, suppressionKey);
  const day = (at: Date | null) => at?.toISOString().slice(0, 10);
  for (const { email, status, createdAt, confirmedAt, endedAt } of found) {
    const since = [
      `since ${day(createdAt)}`,
      confirmedAt && `confirmed ${day(confirmedAt)}`,
      endedAt && `ended ${day(endedAt)}`,
    ];
    print(`${email}  ${status}, ${since.filter(Boolean).join(', ')}`);
  }
  if (found.length === MOST_FOUND) {
    note(`These are the first ${MOST_FOUND}; a longer text finds fewer.`);
  }
  if (suppressed) {
    print(`${text} is on the suppression list: nothing is ever sent to it.`);
  } else if (found.length === 0) {
    note(`No reader’s address has "${text}".`);
    return 1;
  }
  return 0;
}

/** What a reader's own "erase" does. */
async function remove(
  db: ModelDb,
  typed: string,
  { print, note }: Output,
  { why = '' }: Options,
): Promise<number> {
  const address = addressOf(typed);
  const tools = { dataDir: env().dataDir, now: new Date() };
  if (!(await removeReader(db, COMMAND_LINE, { address, reason: why }, tools))) {
    note(`There is no reader ${typed}.`);
    return 1;
  }
  print(`${typed} is erased. Nothing is ever sent to it, unless "readers unsuppress" lifts that.`);
  return 0;
}

async function lift(
  db: ModelDb,
  typed: string,
  { print, note }: Output,
  { why = '' }: Options,
): Promise<number> {
  const tools = { suppressionKey: env().suppressionKey, now: new Date() };
  const address = addressOf(typed);
  const lifted = await liftSuppression(db, COMMAND_LINE, { address, reason: why }, tools);
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
