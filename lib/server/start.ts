/** `npm start` and `npm run dev`: database, migrations, sample, web server, clock; in this order. */
import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { generateClient } from '../db/generate';
import { type Env, readEnv, SettingsError } from '../runtime/env';
import { ensureBuild } from './build';

const say = (line: string) => console.log(line);

/** A database that is started together with us may need so long. */
const DATABASE_PATIENCE_MS = 60_000;

const { values } = parseArgs({ options: { dev: { type: 'boolean', default: false } } });

try {
  await start(values.dev);
} catch (error) {
  console.error(explain(error));
  process.exit(1);
}

function explain(error: unknown): string {
  if (error instanceof SettingsError) return `Some settings are wrong:\n${error.message}`;
  if (!(error instanceof Error)) return String(error);
  return ['DataDirTaken', 'DatabaseAway', 'MigrationError', 'Error'].includes(error.name)
    ? error.message
    : String(error.stack);
}

async function start(dev: boolean): Promise<void> {
  const settings = readEnv(process.env);
  requireCronSecret(settings);
  const stops: (() => Promise<void> | void)[] = [];
  let stopping: Promise<void> | null = null;
  const stopAll = () => {
    stopping ??= (async () => {
      for (const stop of stops.reverse()) await stop();
    })();
    return stopping;
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => void stopAll().then(() => process.exit(0)));
  }
  try {
    generateClient();
    // The build needs no database, so both can go on at once.
    const building = dev ? Promise.resolve() : ensureBuild(say);
    building.catch(() => {});
    const database = await startDatabase(settings, stops);
    await building;
    if (stopping) return;

    const { startWeb } = await import('./web');
    const web = await startWeb({ dev });
    stops.push(() => web.stop());
    if (settings.clock && settings.cronSecret) {
      const { startClock } = await import('./clock');
      stops.push(startClock({ port: web.port, cronSecret: settings.cronSecret }, say));
    }
    say(`Broadsheet is at http://localhost:${web.port}`);
    say(`  database  ${database}`);
    say(`  mail      ${mailPlace(settings, web.port)}`);
    say(`  clock     ${settings.clock ? 'on: imports and digests happen by themselves' : 'off'}`);
    const code = await web.exited;
    if (!stopping) throw new Error(`The web server ended by itself (exit code ${code}).`);
    await stopping;
  } catch (error) {
    await stopAll();
    throw error;
  }
}

function requireCronSecret({ databaseUrl, cronSecret }: Env): void {
  if (databaseUrl && !cronSecret) {
    throw new SettingsError(
      'CRON_SECRET is required with DATABASE_URL. Example: CRON_SECRET=the output of: openssl rand -base64 32',
    );
  }
}

/** Brings the database up and its tables up to date; gives one line on it for the operator. */
async function startDatabase(
  settings: Env,
  stops: (() => Promise<void> | void)[],
): Promise<string> {
  const { databaseUrl, dataDir, sample } = settings;
  if (!databaseUrl) {
    const { guardDatabase } = await import('./database');
    const guarded = await guardDatabase(dataDir, say);
    stops.push(() => guarded.stop());
  }
  const { openDatabase } = await import('../db/client');
  const { databaseTarget, migrationTarget } = await import('../db/target');
  const { awaitDatabase } = await import('../db/away');
  const { migrate } = await import('../db/migrate');
  const target = databaseTarget(settings);
  await awaitDatabase(target, DATABASE_PATIENCE_MS, say);
  const applied = await migrate(migrationTarget(settings));
  const db = openDatabase(target);
  try {
    const { loadSampleIfEmpty } = await import('../sources/sample');
    const loaded = sample ? await loadSampleIfEmpty(db, new Date()) : 0;
    const where = databaseUrl
      ? `PostgreSQL at ${new URL(databaseUrl).host}`
      : `embedded, in ${dataDir}`;
    const news = [
      applied.length > 0 && `${applied.length} migrations applied`,
      loaded > 0 && `${loaded} sample papers loaded`,
    ].filter(Boolean);
    return [where, ...news].join('; ');
  } finally {
    await db.$disconnect();
  }
}

function mailPlace({ smtpUrl, dataDir }: Env, port: number): string {
  if (smtpUrl) return `leaves through ${new URL(smtpUrl).host}`;
  const kept = existsSync(dataDir) ? `${dataDir}/outbox` : 'the outbox';
  return `kept in ${kept}, to be read at http://localhost:${port}/outbox`;
}
