import { generateKeyPairSync } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { testMail } from '@/emails/test-mail';
import { checkConnection, lookupDns, resultProblem } from '../mail/send/check';
import { createMailer } from '../mail/send/create-mailer';
import {
  checkRecord,
  type DnsRecord,
  dnsRecords,
  isAligned,
  zoneLine,
} from '../mail/send/dns-records';
import { linkProblem } from '../mail/send/link-problem';
import { recordsOf } from '../mail/send/records-of-settings';
import { domainOf, isPlainAddress, readMailbox } from '../mail/wire/mailbox';
import { buildMessage } from '../mail/wire/message';
import { encodeBody } from '../mail/wire/multipart';
import { mailSender } from '../mail/wire/sender';
import { ownDataFolder } from '../runtime/data-folder';
import { type Env, env } from '../runtime/env';
import { type Command, type Output, UsageError } from './command';

export const command: Command = {
  name: 'mail',
  usage: ['mail test ADDRESS', 'mail dns', 'mail dkim-key [--selector NAME]'],
  summary: 'send a test mail and say what is wrong; print the DNS records to set; make a DKIM key',
  async run(args, output) {
    const { values, positionals } = parseArgs({
      args,
      options: { selector: { type: 'string', default: 'broadsheet' } },
      allowPositionals: true,
    });
    const [action, address, ...rest] = positionals;
    if (rest.length === 0) {
      if (action === 'test' && address) return test(address, output);
      if (action === 'dns' && !address) return dns(output);
      if (action === 'dkim-key' && !address) return dkimKey(values.selector, output);
    }
    throw new UsageError(`"mail ${positionals.join(' ')}" is not understood.`);
  },
};

async function test(address: string, { print, note }: Output): Promise<number> {
  if (!isPlainAddress(address)) throw new UsageError(`"${address}" is not a mail address.`);
  const settings = env();
  const sender = mailSender(settings);
  print(`From: ${settings.mailFrom} (MAIL_FROM)`);
  const links = linkProblem(settings);
  if (links) note(links);
  if (settings.smtpUrl === null) {
    print('SMTP_URL is not set: the mail goes to the outbox, which nobody else sees.');
  } else {
    const connection = await checkConnection(settings.smtpUrl);
    if (!connection.ok) {
      note(connection.problem);
      return 1;
    }
    print(connection.says);
  }
  const mailer = createMailer(settings);
  try {
    const now = new Date();
    const content = await testMail({
      site: { url: settings.siteUrl, postalAddress: settings.postalAddress },
    });
    const message = await buildMessage(
      sender,
      { to: address, subject: content.subject, date: now, id: `test-${now.getTime()}` },
      encodeBody(content),
    );
    const result = await mailer.send(message);
    const problem = resultProblem(result, sender.address);
    if (problem) {
      note(problem);
      return 1;
    }
    print(`Accepted for ${address}: ${[result.code, result.text].filter(Boolean).join(' ')}`);
  } finally {
    await mailer.close();
  }
  if (settings.smtpUrl !== null) await advise(settings, { print, note });
  return 0;
}

/** What the server takes may still be refused or filed as spam further on. */
async function advise(settings: Env, { print, note }: Pick<Output, 'print' | 'note'>) {
  const senderDomain = domainOf(readMailbox(settings.mailFrom).address);
  if (!settings.dkimDomain) {
    note('Mails are not signed by us (DKIM_*). Fine if your mail service signs for your domain.');
  } else if (!isAligned(settings.dkimDomain, senderDomain)) {
    note(
      `DKIM_DOMAIN ${settings.dkimDomain} does not match the sender's domain ${senderDomain}: the signature does not count for DMARC.`,
    );
  }
  for (const record of recordsOf(settings)) {
    const state = await stateOf(record);
    print(`${record.purpose} at ${record.name}: ${state}`);
  }
  print(
    'If it does not arrive, look into the spam folder and at the mail’s Authentication-Results.',
  );
}

async function dns({ print, note }: Output): Promise<number> {
  const settings = env();
  const records = recordsOf(settings);
  for (const record of records) {
    print(`; ${record.purpose}: ${record.why}`);
    print(`;   now: ${await stateOf(record)}`);
    print(zoneLine(record));
  }
  if (!settings.dkimDomain) {
    note('No DKIM key is set. Make one with: npm run cli -- mail dkim-key');
  }
  return 0;
}

async function stateOf(record: DnsRecord): Promise<string> {
  try {
    return (await checkRecord(record, lookupDns)) ?? 'as it should be';
  } catch (error) {
    return `could not be looked up (${(error as NodeJS.ErrnoException).code ?? 'DNS is away'})`;
  }
}

async function dkimKey(selector: string, { print, note }: Output): Promise<number> {
  if (!/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(selector)) {
    throw new UsageError(`"${selector}" is no DNS label, such as broadsheet or key2026.`);
  }
  const settings = env();
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const path = join(settings.dataDir, `dkim-${selector}.pem`);
  // With a database elsewhere nothing else has made it.
  ownDataFolder(settings.dataDir);
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' });
  try {
    // Never over one that is there: mails on their way are signed with it.
    await writeFile(path, pem, { mode: 0o600, flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    note(`${path} is there already. Choose another name with --selector.`);
    return 1;
  }
  const domain = domainOf(readMailbox(settings.mailFrom).address);
  const records = dnsRecords({
    senderDomain: domain,
    smtpHost: null,
    bounceDomain: null,
    contact: null,
    dkim: { domain, selector, key: privateKey },
  });
  print(`The key is in ${path}. Set:`);
  print(`DKIM_DOMAIN=${domain}`);
  print(`DKIM_SELECTOR=${selector}`);
  print(`DKIM_PRIVATE_KEY=file:${path}`);
  print('and publish, before you do:');
  print(zoneLine(records.find(({ purpose }) => purpose === 'DKIM')!));
  return 0;
}
