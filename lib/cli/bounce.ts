import { readdir, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { ModelDb } from '../db/sql';
import { readIncomingMail } from '../mail/receive/read-bounce';
import { type BounceContext, type Recorded, recordIncoming } from '../mail/receive/record-bounce';
import { domainOf, readMailbox } from '../mail/wire/mailbox';
import { env } from '../runtime/env';
import { type Command, type Output, UsageError } from './command';
import { withDatabase } from './database';

export const command: Command = {
  name: 'bounce',
  usage: ['bounce [--dry-run] < MESSAGE', 'bounce --maildir FOLDER [--dry-run]'],
  summary: 'read mail that came back: from a pipe, or the new mails of a maildir',
  async run(args, output) {
    const { values, positionals } = parseArgs({
      args,
      options: { maildir: { type: 'string' }, 'dry-run': { type: 'boolean' } },
      allowPositionals: true,
    });
    if (positionals.length > 0) {
      throw new UsageError(`"bounce ${positionals.join(' ')}" is not understood.`);
    }
    if (values.maildir !== undefined) {
      return maildir(values.maildir, values['dry-run'] ?? false, output);
    }
    const bytes = await readAll(process.stdin);
    if (bytes.length === 0) throw new UsageError('No message came in by standard input.');
    if (values['dry-run']) {
      output.print(JSON.stringify(await readIncomingMail(bytes)));
      return 0;
    }
    output.print(line(await withDatabase('bounce', (db) => record(db, bytes))));
    return 0;
  },
};

/**
 * Takes each mail from `new`, and puts it into `cur` when it was dealt with: marked as seen, except
 * what is no report, which somebody may want to read.
 */
async function maildir(folder: string, dryRun: boolean, output: Output): Promise<number> {
  const names = await readdir(join(folder, 'new')).catch(() => {
    throw new UsageError(`${folder} is not a maildir: it has no folder "new".`);
  });
  if (dryRun) {
    for (const name of names.sort()) {
      const read = await readIncomingMail(await readFile(join(folder, 'new', name)));
      output.print(`${name} ${JSON.stringify(read)}`);
    }
    return 0;
  }
  const counts: Record<Recorded['outcome'], number> = {
    suppressed: 0,
    noted: 0,
    known: 0,
    ignored: 0,
  };
  await withDatabase('bounce', async (db) => {
    for (const [i, name] of names.sort().entries()) {
      const recorded = await record(db, await readFile(join(folder, 'new', name)));
      counts[recorded.outcome]++;
      const flags = recorded.outcome === 'ignored' ? ':2,' : ':2,S';
      await rename(join(folder, 'new', name), join(folder, 'cur', name.split(':')[0] + flags));
      if (recorded.outcome !== 'known') output.print(`${name} ${line(recorded)}`);
      output.progress(`${i + 1} of ${names.length} mails read`);
    }
  });
  output.print(
    `${names.length} mails: ${counts.suppressed} addresses given up, ${counts.noted} failures noted, ${counts.known} read before, ${counts.ignored} left for a person.`,
  );
  return 0;
}

async function record(db: ModelDb, bytes: Buffer): Promise<Recorded> {
  const settings = env();
  const context: BounceContext = {
    secret: settings.secret,
    senderDomain: domainOf(readMailbox(settings.mailFrom).address),
    bounceDomain: settings.bounceDomain,
    now: new Date(),
    source: 'mail',
  };
  return recordIncoming(db, await readIncomingMail(bytes), bytes, context);
}

function line({ outcome, says }: Recorded): string {
  return `${outcome}: ${says}`;
}

async function readAll(stream: NodeJS.ReadableStream): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}
