import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { outboxPath } from '@/lib/mail/send/outbox-key';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

export interface TestServer {
  url: string;
  dataDir: string;
  cronSecret: string;
  /** Signs links. */
  secret: string;
  /** The secret link's path. */
  outbox: string;
}

export interface RunningServer extends TestServer {
  process: ChildProcess;
  /** Everything it printed so far. */
  output(): string;
  stop(): Promise<void>;
}

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (typeof address !== 'object' || !address) throw new Error('no port');
  return address.port;
}

/** Only what a program needs to run: a developer's own settings must not change what is tested. */
function bareEnvironment(): NodeJS.ProcessEnv {
  const { PATH, HOME, TMPDIR, LANG, CI } = process.env;
  return { PATH, HOME, TMPDIR, LANG, CI, NODE_ENV: 'production' };
}

/** Runs a program as `npm run cli` and `npm start` do, in an environment of its own. */
export function spawnProgram(
  name: 'cli' | 'start',
  args: string[],
  settings: Record<string, string>,
): ChildProcess {
  return spawn(process.execPath, ['--', 'lib/bundle/run.mjs', name, ...args], {
    cwd: ROOT,
    env: { ...bareEnvironment(), ...settings } as NodeJS.ProcessEnv,
    stdio: ['pipe', 'pipe', 'pipe'],
  });
}

/** Runs `npm run cli -- …` and gives its exit code and output. */
export async function cli(
  args: string[],
  settings: Record<string, string>,
  input = '',
): Promise<{ code: number | null; out: string; err: string }> {
  const child = spawnProgram('cli', args, settings);
  let out = '';
  let err = '';
  child.stdout?.on('data', (chunk) => {
    out += chunk;
  });
  child.stderr?.on('data', (chunk) => {
    err += chunk;
  });
  // A command that fails at once reads none of it.
  child.stdin?.on('error', () => {});
  child.stdin?.end(input);
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { code, out, err };
}

/**
 * What `npm start` does, on a free port (or PORT) with a data folder of its own (kept where `settings` name
 * one). The clock is off, so that nothing happens but what a test does.
 */
export async function startServer(settings: Record<string, string> = {}): Promise<RunningServer> {
  const port = Number(settings.PORT ?? (await freePort()));
  const own = settings.DATA_DIR ? null : await mkdtemp(join(tmpdir(), 'broadsheet-server-'));
  const dataDir = settings.DATA_DIR ?? (own as string);
  const url = `http://localhost:${port}`;
  const child = spawnProgram('start', [], {
    PORT: String(port),
    DATA_DIR: dataDir,
    CLOCK: 'off',
    ...settings,
  });
  let output = '';
  const ready = new Promise<void>((resolve, reject) => {
    const hear = (chunk: Buffer) => {
      output += chunk;
      if (output.includes('Broadsheet is at')) resolve();
    };
    child.stdout?.on('data', hear);
    child.stderr?.on('data', hear);
    child.once('close', (code) => reject(new Error(`npm start ended (${code}).\n${output}`)));
  });
  await ready;
  const made =
    settings.SECRET && settings.CRON_SECRET
      ? {}
      : JSON.parse(await readFile(join(dataDir, 'secrets.json'), 'utf8'));
  const secret: string = settings.SECRET ?? made.secret;
  return {
    url,
    dataDir,
    cronSecret: settings.CRON_SECRET ?? made.cronSecret,
    secret,
    outbox: outboxPath(secret),
    process: child,
    output: () => output,
    async stop() {
      if (child.exitCode === null && child.signalCode === null) {
        const closed = new Promise((resolve) => child.once('close', resolve));
        child.kill('SIGTERM');
        await closed;
      }
      if (own) await rm(own, { recursive: true, force: true });
    },
  };
}
