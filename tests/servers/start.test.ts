import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { statSync } from 'node:fs';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cli, freePort, type RunningServer, startServer } from '../server';

const folder = await mkdtemp(join(tmpdir(), 'broadsheet-start-'));
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('beside a running server', () => {
  const settings = { DATA_DIR: join(folder, 'running'), SAMPLE: 'off' };
  let server: RunningServer;
  beforeAll(async () => {
    server = await startServer(settings);
  });
  afterAll(() => server.stop());

  test('a second start on the same data folder says who has it', async () => {
    await expect(startServer(settings)).rejects.toThrow(/taken by process \d+ \(npm start\)/);
  });

  test('the command line works', async () => {
    const { code, out } = await cli(['db', 'status'], settings);
    expect(out).toContain('up to date');
    expect(code).toBe(0);
  });
});

test('a wrong setting is refused by name before anything starts', async () => {
  await expect(startServer({ SITE_URL: 'nonsense' })).rejects.toThrow(/SITE_URL: .*Example/);
});

test('start says the secret link to the outbox', async () => {
  const server = await startServer({ DATA_DIR: join(folder, 'outbox') });
  try {
    await expect.poll(() => server.output()).toContain(`${server.url}${server.outbox}\n`);
    expect((await fetch(server.url + server.outbox)).status).toBe(200);
    expect((await fetch(`${server.url}/outbox`)).status).toBe(404);
  } finally {
    await server.stop();
  }
});

test('npm start before npm ci says so', async () => {
  const bare = join(folder, 'bare');
  for (const path of ['package.json', 'lib/bundle', 'lib/db/generate.mjs']) {
    await cp(path, join(bare, path), { recursive: true });
  }
  const { status, stderr } = spawnSync('npm', ['start'], { cwd: bare, encoding: 'utf8' });
  expect(stderr).toContain(`The packages are not installed. Run, in ${bare}/: npm ci`);
  expect(status).toBe(1);
});

test.each(['abc', '0', '65536'])('PORT=%s is refused in words', async (port) => {
  await expect(startServer({ PORT: port, DATA_DIR: join(folder, 'port') })).rejects.toThrow(
    'PORT: must be a port, from 1 to 65535. Example: PORT=3000',
  );
});

test('SMTP without a public https address is warned about', async () => {
  const smtp = { SMTP_URL: 'smtp://127.0.0.1:9', SAMPLE: 'off' };
  const server = await startServer({ ...smtp, DATA_DIR: join(folder, 'smtp') });
  await expect.poll(() => server.output()).toContain('this machine alone: no link in a mail works');
  await server.stop();
});

test('a data folder and secrets that others could read are closed', async () => {
  const dataDir = join(folder, 'open');
  await mkdir(dataDir, { mode: 0o755 });
  await writeFile(
    join(dataDir, 'secrets.json'),
    JSON.stringify({ secret: 'a secret of 16 and more', cronSecret: 'another one of that length' }),
    { mode: 0o644 },
  );
  const server = await startServer({ DATA_DIR: dataDir, SAMPLE: 'off' });
  await server.stop();
  const modes = [dataDir, join(dataDir, 'secrets.json')].map((path) => statSync(path).mode & 0o777);
  expect(modes).toEqual([0o700, 0o600]);
});

test('a SIGTERM that reaches npm alone ends the server, within 10 seconds', async () => {
  const port = await freePort();
  const { PATH, HOME } = process.env;
  const settings = { PORT: `${port}`, DATA_DIR: join(folder, 'npm'), CLOCK: 'off', SAMPLE: 'off' };
  const npm = spawn('npm', ['start'], {
    env: { PATH, HOME, ...settings } as unknown as NodeJS.ProcessEnv,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await new Promise<void>((resolve) =>
    npm.stdout.on('data', (text) => String(text).includes('Broadsheet is at') && resolve()),
  );
  // A request that never ends keeps the web server busy.
  const hanging = connect(port, 'localhost', () => hanging.write('POST /subscribe HTTP/1.1\r\n'));
  hanging.on('error', () => {});
  await sleep(100);
  const started = Date.now();
  // The pipe closes when the last process that writes to it has ended.
  const closed = once(npm.stdout, 'close');
  npm.kill('SIGTERM');
  await closed;
  expect(Date.now() - started).toBeLessThan(10_000);
  hanging.destroy();
});

test('the command line works without a server, on a new folder', async () => {
  const { code, out } = await cli(['db', 'migrate'], { DATA_DIR: join(folder, 'alone') });
  expect(out).toContain('applied');
  expect(code).toBe(0);
});

test.each(['SIGTERM', 'SIGINT'] as const)(
  '%s stops server and database, and the folder is free',
  async (signal) => {
    const settings = { DATA_DIR: join(folder, signal) };
    const server = await startServer(settings);
    const closed = new Promise((resolve) => server.process.once('close', resolve));
    server.process.kill(signal);
    expect(await closed).toBe(0);
    await expect(fetch(`${server.url}/api/health`)).rejects.toThrow();
    const again = await startServer(settings);
    await again.stop();
  },
);

test('after kill -9 nothing is left running, nothing committed is lost, and it starts again', async () => {
  const settings = { DATA_DIR: join(folder, 'killed') };
  const server = await startServer(settings);
  const count = async (url: string) => {
    const body = await (await fetch(`${url}/api/v1/tags`)).json();
    return body.reduce((sum: number, tag: { count: number }) => sum + tag.count, 0);
  };
  const before = await count(server.url);
  expect(before).toBeGreaterThan(0);
  server.process.kill('SIGKILL');
  await sleep(500);
  await expect(fetch(`${server.url}/api/health`)).rejects.toThrow();
  const again = await startServer(settings);
  expect(await count(again.url)).toBe(before);
  await again.stop();
});
