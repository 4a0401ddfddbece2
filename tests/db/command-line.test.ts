import { existsSync, statSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { emptyDatabase } from '../empty-database';
import { cli } from '../server';
import { onEmbedded, testTarget } from './database';
import { cliSettings } from './sources/settings';

const folder = await mkdtemp(join(tmpdir(), 'broadsheet-cli-'));
afterAll(() => rm(folder, { recursive: true, force: true }));

const MAIL = 'From: someone@example.org\nSubject: Hello\n\nNo report at all.\n';
const papers = join(folder, 'papers.txt');
await writeFile(papers, '2401.00001\n');

/** Every command that opens the database, but migrate and restore. */
const COMMANDS = [
  ['backup', 'none.jsonl.gz'],
  ['bounce'],
  ['db', 'status'],
  ['digest', 'status'],
  ['import', papers],
  ['papers', 'find', '1'],
  ['rank'],
  ['rejected'],
  ['sample', 'remove'],
  ['search', 'reindex'],
  ['sources', 'list'],
  ['tags', 'retag'],
];

describe('without the server’s settings', () => {
  const commands = COMMANDS.map((args) => [args.join(' '), args] as const);
  test.each(commands)('"%s" makes no database, and names the setting', async (_, args) => {
    const dataDir = join(folder, 'nothing');
    const { code, err } = await cli(args, { DATA_DIR: dataDir }, MAIL);
    expect(err).toContain(`There is no Broadsheet database in ${dataDir} (DATA_DIR).`);
    expect(err).toContain('--env-file FILE or BROADSHEET_ENV');
    expect(code).toBe(args[0] === 'bounce' ? 75 : 1);
    expect(existsSync(dataDir)).toBe(false);
  });

  test.skipIf(onEmbedded())('an empty PostgreSQL is left empty', async () => {
    const { target, remove } = await emptyDatabase('command_line');
    const settings = { ...cliSettings(), DATABASE_URL: 'url' in target ? target.url : '' };
    const { code, err } = await cli(['bounce'], settings, MAIL);
    expect(err).toContain('There is no Broadsheet database at DATABASE_URL.');
    expect(code).toBe(75);
    await remove();
  });
});

describe('the environment file', () => {
  const file = join(folder, 'broadsheet.env');
  const elsewhere = { DATA_DIR: join(folder, 'elsewhere') };

  test('is read by --env-file before or after the command, and by BROADSHEET_ENV', async () => {
    const lines = Object.entries(cliSettings()).map(([name, value]) => `${name}="${value}"\n`);
    await writeFile(file, `# ours\n${lines.join('')}`);
    const ways: [string[], Record<string, string>][] = [
      [['--env-file', file, 'db', 'status'], {}],
      [['db', 'status', `--env-file=${file}`], {}],
      [['db', 'status'], { BROADSHEET_ENV: file }],
    ];
    for (const [args, settings] of ways) {
      const { code, out } = await cli(args, settings);
      expect(out).toContain('up to date');
      expect(code).toBe(0);
    }
  });

  test('gives way to what is set already', async () => {
    await writeFile(file, `DATA_DIR=${'dataDir' in testTarget() ? folder : '/nowhere'}\n`);
    const { err } = await cli(['bounce', '--env-file', file], elsewhere, MAIL);
    expect(err).toContain(elsewhere.DATA_DIR);
  });

  test.each([
    ['missing', ['--env-file', join(folder, 'missing.env')], 'ENOENT'],
    ['not named', ['--env-file'], '--env-file needs a file'],
  ])('that is %s loses no mail', async (_, flags, says) => {
    const { code, err } = await cli(['bounce', ...flags], {}, MAIL);
    expect(err).toContain(says);
    expect(code).toBe(75);
  });
});

test('mail dkim-key makes the data folder that a database elsewhere never made', async () => {
  const secret = 'only-for-tests-0123456789';
  const dataDir = join(folder, 'keys/only');
  const { code, out } = await cli(['mail', 'dkim-key'], {
    DATABASE_URL: 'postgresql://localhost/x',
    SECRET: secret,
    DATA_DIR: dataDir,
  });
  expect(out).toContain(`DKIM_PRIVATE_KEY=file:${dataDir}/dkim-broadsheet.pem`);
  expect(code).toBe(0);
  expect(statSync(dataDir).mode & 0o777).toBe(0o700);
});

test('mail test says that the links of its mails lead nowhere, before anything else', async () => {
  const { out, err } = await cli(['mail', 'test', 'you@example.org'], {
    SMTP_URL: 'smtp://127.0.0.1:9',
    DATA_DIR: join(folder, 'mail-test'),
  });
  expect(out).toContain('From: ');
  expect(err).toMatch(/^SITE_URL is http:\/\/localhost:3000, which is this machine alone/);
});

describe('a pipe', () => {
  test('whose mail is no report is answered', async () => {
    const { code, out } = await cli(['bounce'], cliSettings(), MAIL);
    expect({ code, out }).toEqual({ code: 0, out: 'ignored: no report of a failure\n' });
  });

  test.each([
    ['wrong settings', ['bounce'], { SMTP_URL: 'nonsense' }],
    ['an option that there is not', ['bounce', '--fast'], {}],
    ['a database that is away', ['bounce'], { DATABASE_URL: 'postgresql://x@127.0.0.1:9/x' }],
  ])('that meets %s exits 75, so that the mail server keeps the mail', async (_, args, wrong) => {
    const secret = 'only-for-tests-0123456789';
    const settings = { SECRET: secret, CRON_SECRET: secret, ...cliSettings(), ...wrong };
    expect((await cli(args, settings, MAIL)).code).toBe(75);
  });

  test('that brings no mail exits 75', async () => {
    expect((await cli(['bounce'], cliSettings(), '')).code).toBe(75);
  });
});
