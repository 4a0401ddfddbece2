import { userInfo } from 'node:os';
import { fileURLToPath } from 'node:url';
import { JOBS, type Job } from '../jobs/schedule';
import { type Env, env } from '../runtime/env';
import { type Command, UsageError } from './command';

const ROOT = fileURLToPath(new URL('../../', import.meta.url)).replace(/\/$/, '');
const USUAL_ENV_FILE = '/etc/broadsheet.env';

export const command: Command = {
  name: 'setup',
  usage: ['setup [--env-file FILE]'],
  summary: 'print what to paste on this machine: systemd unit, crontab, bounce alias',
  async run(args, { print, note }) {
    if (args.length > 0) throw new UsageError(`"setup ${args.join(' ')}" is not understood.`);
    const named = process.env.BROADSHEET_ENV;
    const place: Place = {
      root: ROOT,
      node: process.execPath,
      user: userInfo().username,
      envFile: named ?? USUAL_ENV_FILE,
    };
    const settings = env();
    for (const line of setupLines(place, settings)) print(line);
    if (!named) {
      note(
        `No environment file was named, so the lines say ${USUAL_ENV_FILE}: NAME=value, one a line.`,
      );
    }
    if (place.user === 'root') {
      note('The lines run it as root. Print them as the user that is to run it.');
    }
    return 0;
  },
};

export interface Place {
  root: string;
  node: string;
  user: string;
  envFile: string;
}

type Told = Pick<Env, 'port' | 'cronSecret' | 'bounceDomain' | 'dataDir'>;

export function setupLines(place: Place, settings: Told): string[] {
  return [
    ...serviceLines(place),
    '',
    ...crontabLines(place, settings),
    '',
    ...aliasLines(place, settings),
  ];
}

function serviceLines({ root, node, user, envFile }: Place): string[] {
  return [
    '# /etc/systemd/system/broadsheet.service; then: systemctl enable --now broadsheet',
    '[Unit]',
    'Description=Broadsheet',
    'After=network-online.target postgresql.service',
    'Wants=network-online.target',
    '',
    '[Service]',
    `User=${user}`,
    `WorkingDirectory=${root}`,
    `Environment=${systemdWord(`BROADSHEET_ENV=${envFile}`)}`,
    `ExecStart=${[node, `${root}/lib/bundle/run.mjs`, 'start'].map(systemdWord).join(' ')}`,
    'Restart=on-failure',
    'KillMode=mixed',
    'TimeoutStopSec=15',
    '',
    '[Install]',
    'WantedBy=multi-user.target',
  ];
}

function crontabLines({ user }: Place, { port, cronSecret, dataDir }: Told): string[] {
  const file = `${dataDir}/cron.curl`;
  return [
    `# crontab -e, as ${user}, and only with CLOCK=off: else the server does all this by itself.`,
    '# Once before, so that the secret stands in no list of processes:',
    `#   (umask 077; echo 'header = "Authorization: Bearer ${cronSecret ?? 'CRON_SECRET'}"' > ${shellWord(file)})`,
    `CRON="curl -fsS -X POST -K ${shellWord(file)} http://127.0.0.1:${port}/api/cron"`,
    ...JOBS.map((job) => `${cronSchedule(job).padEnd(16)} $CRON/${job.name}`),
  ];
}

function cronSchedule({ everyMinutes, fromMinute }: Job): string {
  if (everyMinutes === 60) return `${fromMinute} * * * *`;
  return `${fromMinute === 0 ? '*' : `${fromMinute}-59`}/${everyMinutes} * * * *`;
}

/**
 * Postfix runs an alias's command as the owner of the alias database, and of root's as nobody. The database is
 * made before it changes hands: postalias works as the file's owner, who may not write there.
 */
function aliasLines({ root, node, user, envFile }: Place, { bounceDomain }: Told): string[] {
  const command =
    `BROADSHEET_ENV=${shellWord(envFile)} ${shellWord(node)} ` +
    `${shellWord(`${root}/lib/bundle/run.mjs`)} cli bounce || exit 75`;
  const file = '/etc/postfix/broadsheet-aliases';
  const domain = bounceDomain ?? 'bounces.example.org';
  return [
    ...(bounceDomain
      ? []
      : ['# BOUNCE_DOMAIN is not set: put yours in place of bounces.example.org.']),
    `# ${file}; then: postalias ${file} && chown ${user} ${file} ${file}.db`,
    `broadsheet-bounces: "|${command.replace(/["\\]/g, '\\$&')}"`,
    '',
    '# /etc/postfix/broadsheet-virtual; then: postmap /etc/postfix/broadsheet-virtual',
    `@${domain} broadsheet-bounces@localhost`,
    '',
    '# /etc/postfix/main.cf: add these to what is there; then: postfix reload',
    `virtual_alias_domains = ${domain}`,
    'virtual_alias_maps = hash:/etc/postfix/broadsheet-virtual',
    `alias_maps = hash:/etc/aliases, hash:${file}`,
  ];
}

function shellWord(text: string): string {
  return /^[\w./@:+-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

function systemdWord(text: string): string {
  const escaped = text.replaceAll('%', '%%');
  return /^[\w./@:=+%-]+$/.test(escaped) ? escaped : `"${escaped.replace(/["\\]/g, '\\$&')}"`;
}
