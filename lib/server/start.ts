/** `npm start` and `npm run dev`: database, migrations, sample, web server, clock; in this order. */
import { parseArgs } from 'node:util';
import { linkProblem } from '../mail/send/link-problem';
import { outboxPath } from '../mail/send/outbox-key';
import { type Env, readEnv } from '../runtime/env';
import { installLog } from '../runtime/log.mjs';
import { SettingsError } from '../runtime/settings';
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
  if (!(error instanceof Error)) return String(error);
  return ['DataDirTaken', 'DatabaseAway', 'MigrationError', 'SettingsError', 'Error'].includes(
    error.name,
  )
    ? error.message
    : String(error.stack);
}

async function start(dev: boolean): Promise<void> {
  const settings = readEnv(process.env);
  installLog(settings.log);
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
    const here = `http://${hereName(settings.host)}:${web.port}`;
    say(`Broadsheet is at ${here}`);
    say(`  database  ${database}`);
    say(`  mail      ${mailPlace(settings)}`);
    if (!settings.smtpUrl) tellOutbox(settings, `${here}${outboxPath(settings.secret)}`);
    const links = linkProblem(settings);
    if (links) say(`  warning   ${links}`);
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
  const { databaseUrl, dataDir, sample, suppressionKey } = settings;
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
    const { fitsSuppressionKey } = await import('../subscribers/suppression-key-store');
    if (!(await fitsSuppressionKey(db, suppressionKey))) {
      throw new SettingsError(
        'SUPPRESSION_KEY: the suppression list was made with another key, so who asked never to be written to would not be known. Set SUPPRESSION_KEY to that key (suppressionKey in the secrets.json of then, or the SECRET of then). If it is lost: npm run cli -- secret rehash',
      );
    }
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

function mailPlace({ smtpUrl, dataDir }: Env): string {
  if (smtpUrl) return `leaves through ${new URL(smtpUrl).host}`;
  return `kept in ${dataDir}/outbox; the link below opens it, keep it to yourself`;
}

/** The link is a secret: it is for whoever reads the terminal, and for no log that is collected. */
function tellOutbox({ log }: Env, link: string): void {
  if (log.format === 'text') process.stdout.write(`  outbox    ${link}\n`);
  else say('  outbox    npm run cli -- outbox says the link');
}

/** By which name a browser on this machine finds the server. */
function hereName(host: string | null): string {
  if (host === null || host === '0.0.0.0' || host === '::') return 'localhost';
  return host.includes(':') ? `[${host}]` : host;
}
