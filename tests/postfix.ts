import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { freePort } from './server';

/**
 * `node --import tsx tests/postfix.ts`, as root, where Debian's postfix is installed: digests leave through
 * a Postfix of their own on the loopback, which delivers one, finds no mailbox for another, and cannot
 * reach the server of a third. What it reports comes back by the lines that `setup` prints. Not part
 * of the tests.
 */
const ROOT = fileURLToPath(new URL('..', import.meta.url));
const DAY_MS = 86_400_000;
const BOUNCE_DOMAIN = 'bounces.papers.example.org';
const READERS = {
  delivered: 'reader@mail.example.net',
  bounced: 'nobody@mail.example.net',
  deferred: 'reader@away.example.com',
};

if (process.getuid?.() !== 0 || !existsSync('/usr/sbin/postfix')) {
  console.error('Run it as root, after: apt-get install postfix');
  process.exit(2);
}

const folder = mkdtempSync(join(tmpdir(), 'broadsheet-postfix-'));
const { uid, gid } = idsOf('nobody');
const place = (name: string) => join(folder, name);
const envFile = place('broadsheet.env');
const failures: string[] = [];
try {
  await main();
} finally {
  spawnSync('postfix', ['-c', place('etc'), 'stop'], { stdio: 'ignore' });
  // The embedded database outlives its last command by two seconds.
  await until('nothing is left running', () => !existsSync(place('data/database.lock')));
  rmSync(folder, { recursive: true, force: true });
}
console.log(failures.length === 0 ? '\nAll as it should be.' : `\n${failures.length} failed.`);
process.exitCode = failures.length === 0 ? 0 : 1;

async function main(): Promise<void> {
  chmodSync(folder, 0o755);
  // The user who runs the server may not write where programs are built.
  run(process.execPath, ['lib/bundle/run.mjs', 'cli', 'help']);
  const port = await freePort();
  for (const owned of ['data', 'mail']) {
    mkdirSync(place(owned), { mode: 0o700 });
    chownSync(place(owned), uid, gid);
  }
  writeFileSync(
    envFile,
    [
      `DATA_DIR=${place('data')}`,
      `SMTP_URL=smtp://127.0.0.1:${port}?ignoreTLS=true`,
      'MAIL_FROM=Broadsheet <digest@papers.example.org>',
      'SITE_URL=https://papers.example.org',
      `BOUNCE_DOMAIN=${BOUNCE_DOMAIN}`,
      '',
    ].join('\n'),
  );
  cli(['db', 'migrate']);
  cli(['import', '-', '--format', 'listing'], papers());
  writeFileSync(place('readers.csv'), csv());
  cli(['readers', 'import', place('readers.csv')]);
  startPostfix(port);

  const later = new Date(Date.now() + 8 * DAY_MS).toISOString();
  const sent = cli(['digest', '--now', later]);
  console.log(sent.trim());
  check('Postfix takes all three', /\b3 digests\b/.test(sent), sent);
  const inbox = place('mail/reader/new');
  await until(
    'one is delivered to its mailbox',
    () => existsSync(inbox) && readdirSync(inbox).length === 1,
  );
  const [name] = existsSync(inbox) ? readdirSync(inbox) : [];
  const mail = name ? readFileSync(join(inbox, name), 'utf8') : '';
  check(
    'to the address that bounces come back to',
    mail.includes(`Return-Path: <`) && mail.includes(`@${BOUNCE_DOMAIN}>`),
    mail.slice(0, 300),
  );
  await until('an unknown mailbox is reported, piped in, and suppressed', () =>
    /suppressed/.test(cli(['readers', 'find', READERS.bounced])),
  );
  await until('a server that does not answer is reported as a delay', () => delayed() > 0, 60);
  for (const kept of [READERS.delivered, READERS.deferred]) {
    const found = cli(['readers', 'find', kept]);
    check(`${kept} goes on`, /active/.test(found) && !/suppressed/.test(found), found);
  }
  console.log(cli(['digest', 'status', READERS.deferred]).trim());
}

/** How many reports of a delay Postfix has handed to the pipe. */
function delayed(): number {
  const log = readFileSync(place('log/postfix.log'), 'utf8');
  const notices = [...log.matchAll(/sender delay notification: (\w+)/g)].map(([, id]) => id);
  return notices.filter((id) => new RegExp(`${id}: .*status=sent`).test(log)).length;
}

/** A Postfix with its own folders and port, and what `setup` says to add. */
function startPostfix(port: number): void {
  for (const name of ['etc', 'queue', 'lib', 'log']) mkdirSync(place(name));
  const postfixOwner = idsOf('postfix');
  chownSync(place('lib'), postfixOwner.uid, postfixOwner.gid);
  const printed = cli(['setup', '--env-file', envFile]).replaceAll('/etc/postfix', place('etc'));
  const line = (start: string) => {
    const found = printed.split('\n').find((each) => each.startsWith(start));
    if (!found) throw new Error(`"setup" prints no line that begins with ${start}`);
    return `${found}\n`;
  };
  writeFileSync(place('etc/broadsheet-aliases'), line('broadsheet-bounces:'));
  writeFileSync(place('etc/broadsheet-virtual'), line(`@${BOUNCE_DOMAIN} `));
  writeFileSync(place('etc/mailboxes'), `${READERS.delivered} reader/\n`);
  writeFileSync(place('etc/transport'), `${READERS.deferred.split('@')[1]} smtp:[127.0.0.1]:1\n`);
  writeFileSync(
    place('etc/main.cf'),
    `compatibility_level = 3.6
queue_directory = ${place('queue')}
data_directory = ${place('lib')}
maillog_file = ${place('log/postfix.log')}
maillog_file_prefixes = ${folder}
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
myhostname = mx.example.net
mydestination = localhost
mynetworks = 127.0.0.0/8
smtpd_reject_unlisted_recipient = no
disable_dns_lookups = yes
virtual_mailbox_domains = mail.example.net
virtual_mailbox_base = ${place('mail')}
virtual_mailbox_maps = texthash:${place('etc/mailboxes')}
virtual_uid_maps = static:${uid}
virtual_gid_maps = static:${gid}
virtual_minimum_uid = 1
transport_maps = texthash:${place('etc/transport')}
queue_run_delay = 2s
minimal_backoff_time = 2s
maximal_backoff_time = 4s
delay_warning_time = 3s
${line('virtual_alias_domains')}${line('virtual_alias_maps')}${line('alias_maps')}`,
  );
  const services = readFileSync('/usr/share/postfix/master.cf.dist', 'utf8')
    .replace(/^smtp +inet.*$/m, `127.0.0.1:${port} inet n - n - - smtpd`)
    // In a chroot the pipe would find neither the program nor the settings.
    .replace(/^(\w+ +(?:unix|fifo) +\S+ +\S+ +)y/gm, '$1n');
  writeFileSync(place('etc/master.cf'), services);
  run('postalias', ['-c', place('etc'), `hash:${place('etc/broadsheet-aliases')}`]);
  run('postmap', ['-c', place('etc'), `hash:${place('etc/broadsheet-virtual')}`]);
  for (const file of ['broadsheet-aliases', 'broadsheet-aliases.db']) {
    chownSync(place(`etc/${file}`), uid, gid);
  }
  run('postfix', ['-c', place('etc'), 'start']);
}

/** A command as the user who runs the server. */
function cli(args: string[], input = ''): string {
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    ['lib/bundle/run.mjs', 'cli', ...args],
    {
      cwd: ROOT,
      input,
      encoding: 'utf8',
      uid,
      gid,
      env: { PATH: process.env.PATH, BROADSHEET_ENV: envFile } as unknown as NodeJS.ProcessEnv,
    },
  );
  if (status !== 0) throw new Error(`${args.join(' ')} ended with ${status}\n${stdout}${stderr}`);
  return stdout;
}

function run(command: string, args: string[]): void {
  const { status, stderr } = spawnSync(command, args, { cwd: ROOT, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}: ${stderr}`);
}

function idsOf(user: string): { uid: number; gid: number } {
  const fields = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((line) => line.startsWith(`${user}:`))
    ?.split(':');
  if (!fields) throw new Error(`There is no user ${user}.`);
  return { uid: Number(fields[2]), gid: Number(fields[3]) };
}

async function until(what: string, holds: () => boolean, seconds = 30): Promise<void> {
  const end = Date.now() + seconds * 1_000;
  while (Date.now() < end) {
    if (holds()) return check(what, true, '');
    await sleep(500);
  }
  const log = place('log/postfix.log');
  check(what, false, existsSync(log) ? readFileSync(log, 'utf8').slice(-3_000) : '');
}

function check(what: string, holds: boolean, told: string): void {
  console.log(`${holds ? 'ok  ' : 'FAIL'} ${what}`);
  if (holds) return;
  failures.push(what);
  console.log(told);
}

function papers(): string {
  return [1, 2, 3, 4]
    .map(
      (n) => `A paper about the delivery of mail, number ${n}

Its abstract says enough to be an abstract, and a little more about what number ${n} is.
`,
    )
    .join('\n')
    .replace(/^/, 'Nov 28\n\n');
}

function csv(): string {
  const confirmed = new Date(Date.now() - 30 * DAY_MS).toISOString();
  const rows = Object.values(READERS).map((address) => `${address},${confirmed},test`);
  return `email,confirmed_at,source\n${rows.join('\n')}\n`;
}
