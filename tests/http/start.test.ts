import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, expect, inject, test } from 'vitest';
import { cli, startServer } from '../server';

const folder = await mkdtemp(join(tmpdir(), 'broadsheet-start-'));
afterAll(() => rm(folder, { recursive: true, force: true }));

test('a second start on the same data folder says who has it', async () => {
  const { dataDir } = inject('server');
  await expect(startServer({ DATA_DIR: dataDir })).rejects.toThrow(
    /taken by process \d+ \(npm start\)/,
  );
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

test('the command line works beside a running server', async () => {
  const { code, out } = await cli(['db', 'status'], { DATA_DIR: inject('server').dataDir });
  expect(out).toContain('up to date');
  expect(code).toBe(0);
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
