import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { setupLines } from '@/lib/cli/setup';
import vercel from '@/vercel.json';

const folder = mkdtempSync(join(tmpdir(), 'broadsheet-setup-'));
afterAll(() => rmSync(folder, { recursive: true }));

const root = join(folder, 'the site’s "own" folder');
mkdirSync(join(root, 'lib/bundle'), { recursive: true });
writeFileSync(join(root, 'lib/bundle/run.mjs'), '');

const place = { root, node: process.execPath, user: 'papers', envFile: '/etc/broad sheet.env' };
const settings = {
  port: 8080,
  cronSecret: 'a secret',
  bounceDomain: 'bounces.example.org',
  dataDir: '/srv/data',
};
const lines = setupLines(place, settings);

/** The alias's command, as Postfix hands it to a shell. */
function piped(): string {
  const alias = lines.find((line) => line.startsWith('broadsheet-bounces:'))!;
  const quoted = /^broadsheet-bounces: "\|(.*)"$/.exec(alias)![1]!;
  return quoted.replace(/\\(.)/g, '$1');
}

it('the alias runs this installation’s program with its settings and the mail', () => {
  const program = `let text = ''; for await (const chunk of process.stdin) text += chunk;
    console.log(JSON.stringify([process.argv.slice(2), process.env.BROADSHEET_ENV, text]));`;
  writeFileSync(join(root, 'lib/bundle/run.mjs'), program);
  const { status, stdout } = spawnSync('sh', ['-c', piped()], { input: 'a mail', cwd: '/' });
  expect(status).toBe(0);
  expect(JSON.parse(String(stdout))).toEqual([['cli', 'bounce'], place.envFile, 'a mail']);
});

it.each(['process.exit(1)', 'throw 1', 'process.kill(process.pid, "SIGKILL")'])(
  'the alias lets the mail server keep the mail where the program ends by %s',
  (program) => {
    writeFileSync(join(root, 'lib/bundle/run.mjs'), program);
    expect(spawnSync('sh', ['-c', piped()], { input: 'a mail' }).status).toBe(75);
  },
);

it('the crontab has every job at its hours', () => {
  const jobs = lines.flatMap((line) => {
    const [, schedule, name] = /^(\S+ \* \* \* \*)\s+\$CRON\/(\w+)$/.exec(line) ?? [];
    return schedule ? [{ path: `/api/cron/${name}`, schedule }] : [];
  });
  expect(jobs).toEqual(vercel.crons);
  expect(lines.join('\n')).toContain('http://127.0.0.1:8080/api/cron');
});

const systemd = spawnSync('systemd-analyze', ['--version']).status === 0;
it.skipIf(!systemd)('systemd takes the unit', () => {
  const unit = join(folder, 'broadsheet.service');
  const from = lines.indexOf('[Unit]');
  const mine = lines.slice(from, lines.indexOf('', lines.indexOf('[Install]')));
  writeFileSync(unit, mine.map((line) => line.replace('User=papers', 'User=root')).join('\n'));
  const said = spawnSync('systemd-analyze', ['verify', '--man=no', unit], { encoding: 'utf8' });
  expect(said.stderr).not.toContain('broadsheet.service');
});
