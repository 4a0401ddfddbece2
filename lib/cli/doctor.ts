import { existsSync } from 'node:fs';
import { openDatabase } from '../db/client';
import type { PrismaClient } from '../db/generated/client';
import type { DatabaseTarget } from '../db/target';
import { backups } from '../doctor/backups';
import { clock, migrations } from '../doctor/database';
import {
  type Check,
  examine,
  type Finding,
  messageOf,
  ok,
  problem,
  within,
} from '../doctor/finding';
import { disk } from '../doctor/machine';
import { dnsFindings, mailPath } from '../doctor/mail';
import { certificate } from '../doctor/site';
import { access, identityProvider } from '../doctor/ways-in';
import { deliveries, jobs, sources } from '../doctor/work';
import { type Env, env } from '../runtime/env';
import { parseSettings, SettingsError } from '../runtime/settings';
import { type Command, type Output, UsageError } from './command';
import { presentDatabase } from './database';

/** For each check. */
const LIMIT_MS = 10_000;
/** An embedded database may have to be started. */
const OPEN_MS = 30_000;

export const command: Command = {
  name: 'doctor',
  usage: ['doctor'],
  summary: 'say what is wrong with this installation, and what to do; exit code 1 if something is',
  async run(args, output) {
    if (args.length > 0) throw new UsageError(`"doctor ${args.join(' ')}" is not understood.`);
    const findings = await report(output);
    const count = (state: Finding['state']) =>
      findings.filter((finding) => finding.state === state).length;
    const problems = count('problem');
    const warnings = count('warning');
    output.print(
      `\n${problems} ${problems === 1 ? 'problem' : 'problems'}, ${warnings} ${warnings === 1 ? 'warning' : 'warnings'}.`,
    );
    return problems > 0 ? 1 : 0;
  },
};

/** Prints what each check finds; all of it in the end. */
async function report({ print }: Output): Promise<Finding[]> {
  const all: Finding[] = [];
  const tell = (name: string, findings: readonly Finding[]) => {
    for (const { state, says, remedy } of findings) {
      print(`${state.padEnd(8)} ${name.padEnd(12)} ${says}`);
      if (remedy) print(`${' '.repeat(22)}${remedy}`);
    }
    all.push(...findings);
  };
  const { problems } = parseSettings(process.env);
  if (problems.length > 0) {
    const remedy = 'Put it right; the README has a table of all settings.';
    tell(
      'settings',
      problems.map((says) => problem(says, remedy)),
    );
    return all;
  }
  tell('settings', [ok('understood')]);
  const opened = await open();
  tell('database', [opened.finding]);
  // Without a database, and on the embedded one that is most of an installation, nothing else was made either.
  if (opened.isMissing) return all;
  const { target } = opened;
  const db = target && openDatabase(target);
  try {
    const now = new Date();
    const settings = env();
    // All at once, and told in this order.
    const running = [
      ...checksOfPlace(settings, now),
      ...(target && db ? [tables(target), ...checksOfTables(db, settings, now)] : []),
    ].map(({ name, run }) => ({ name, findings: examine({ name, run }, LIMIT_MS) }));
    for (const { name, findings } of running) tell(name, await findings);
    return all;
  } finally {
    await db?.$disconnect();
  }
}

interface Opened {
  /** Null where it could not be opened. */
  target: DatabaseTarget | null;
  isMissing: boolean;
  finding: Finding;
}

async function open(): Promise<Opened> {
  try {
    const target = await within(OPEN_MS, presentDatabase('doctor'));
    const where = 'url' in target ? `PostgreSQL at ${new URL(target.url).host}` : target.dataDir;
    return { target, isMissing: false, finding: ok(where) };
  } catch (error) {
    const isMissing = error instanceof SettingsError;
    const remedy = isMissing ? 'Name the settings, or start the server.' : 'Start it; see its log.';
    return { target: null, isMissing, finding: problem(messageOf(error), remedy) };
  }
}

function checksOfPlace(settings: Env, now: Date): Check[] {
  const { dataDir, databaseUrl, backupDir, siteUrl } = settings;
  const places = [
    ...(databaseUrl === null ? [{ setting: 'DATA_DIR', path: dataDir }] : []),
    ...(backupDir && existsSync(backupDir) ? [{ setting: 'BACKUP_DIR', path: backupDir }] : []),
  ];
  return [
    { name: 'disk', run: () => disk(places) },
    { name: 'certificate', run: () => certificate(siteUrl, now) },
    { name: 'provider', run: () => identityProvider(settings) },
    { name: 'mail', run: () => mailPath(settings) },
    { name: 'dns', run: () => dnsFindings(settings) },
    { name: 'backups', run: () => backups(backupDir, now) },
  ];
}

function tables(target: DatabaseTarget): Check {
  return { name: 'migrations', run: () => migrations(target) };
}

function checksOfTables(db: PrismaClient, settings: Env, now: Date): Check[] {
  return [
    { name: 'access', run: () => access(db, settings) },
    { name: 'clock', run: () => clock(db) },
    { name: 'jobs', run: () => jobs(db, settings, now) },
    { name: 'sources', run: () => sources(db, now) },
    { name: 'deliveries', run: () => deliveries(db, now) },
  ];
}
