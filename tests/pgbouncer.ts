/**
 * `DATABASE_URL=… node --import tsx tests/pgbouncer.ts COMMAND …` runs a command through PgBouncer in
 * transaction mode: it finds another `DATABASE_URL`. PgBouncer's settings are its own, but for few
 * connections, so that they are shared.
 */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** What each user has to each database, at most. */
const SERVER_CONNECTIONS = 5;

export function hasPgbouncer(): boolean {
  return spawnSync('pgbouncer', ['--version']).status === 0;
}

/** Starts PgBouncer before a server, and gives the same URL through it. */
export async function startPgbouncer(
  serverUrl: string,
): Promise<{ url: string; stop(): Promise<void> }> {
  const server = new URL(serverUrl);
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), 'broadsheet-pgbouncer-'));
  const file = join(folder, 'pgbouncer.ini');
  const connection = {
    host: server.hostname,
    port: server.port || '5432',
    user: decodeURIComponent(server.username),
    password: decodeURIComponent(server.password),
  };
  const fields = Object.entries(connection).filter(([, value]) => value !== '');
  writeFileSync(
    file,
    `[databases]
* = ${fields.map(([key, value]) => `${key}='${value.replaceAll("'", "''")}'`).join(' ')}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
auth_type = any
pool_mode = transaction
default_pool_size = ${SERVER_CONNECTIONS}
`,
  );
  // It refuses to run as root, and becomes this user once it has read its settings.
  const child = spawn(
    'pgbouncer',
    [...(process.getuid?.() === 0 ? ['-u', 'postgres'] : []), file],
    {
      stdio: ['ignore', 'ignore', 'pipe'],
    },
  );
  const stop = async () => {
    const ended = new Promise((resolve) => child.once('exit', resolve));
    if (child.exitCode === null && child.kill('SIGKILL')) await ended;
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await untilUp(child);
  } catch (error) {
    await stop();
    throw error;
  }
  const through = new URL(serverUrl);
  through.hostname = '127.0.0.1';
  through.port = String(port);
  return { url: through.href, stop };
}

function untilUp(child: ChildProcess): Promise<void> {
  let log = '';
  return new Promise((resolve, reject) => {
    child.stderr!.on('data', (chunk) => {
      log = (log + chunk).slice(-2_000);
      if (log.includes('process up')) resolve();
    });
    child.once('error', reject);
    child.once('exit', () => reject(new Error(`PgBouncer did not start.\n${log}`)));
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const [command, ...args] = process.argv.slice(2);
  const { DATABASE_URL } = process.env;
  if (!command || !DATABASE_URL) throw new Error('Set DATABASE_URL, and name a command.');
  const pooler = await startPgbouncer(DATABASE_URL);
  const child = spawn(command, args, {
    stdio: 'inherit',
    env: { ...process.env, DATABASE_URL: pooler.url },
  });
  const code = await new Promise<number>((resolve) => child.once('exit', (n) => resolve(n ?? 1)));
  await pooler.stop();
  process.exit(code);
}
