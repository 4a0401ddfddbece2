import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { freePort, type RunningServer, startServer } from '../server';

const token = 'metrics-token-of-the-tests';
const folder = await mkdtemp(join(tmpdir(), 'broadsheet-operators-'));
const backups = join(folder, 'backups');
const metricsPort = await freePort();
let server: RunningServer;

beforeAll(async () => {
  server = await startServer({
    LOG_FORMAT: 'json',
    LOG_LEVEL: 'debug',
    METRICS_TOKEN: token,
    METRICS_PORT: String(metricsPort),
    BACKUP_DIR: backups,
    TRUST_PROXY: '1',
  });
});
afterAll(async () => {
  await server.stop();
  await rm(folder, { recursive: true, force: true });
});

const authorization = `Bearer ${token}`;
const metrics = async () =>
  (await fetch(`${server.url}/metrics`, { headers: { authorization } })).text();
const sampleOf = (text: string, line: RegExp) =>
  Number(new RegExp(`^${line.source} ([\\d.e+-]+)$`, 'm').exec(text)?.[1]);

test('without METRICS_TOKEN and METRICS_PORT there are no metrics', async () => {
  expect((await fetch(`${inject('server').url}/metrics`)).status).toBe(404);
});

test('metrics are for whoever has the token, or asks at the port of their own', async () => {
  expect((await fetch(`${server.url}/metrics`)).status).toBe(401);
  const wrong = { authorization: 'Bearer wrong' };
  expect((await fetch(`${server.url}/metrics`, { headers: wrong })).status).toBe(401);
  const own = await fetch(`http://localhost:${metricsPort}/metrics`);
  expect(own.status).toBe(200);
  expect(own.headers.get('content-type')).toContain('text/plain; version=0.0.4');
  expect(await own.text()).toContain('broadsheet_database_up 1');
  expect((await fetch(`http://localhost:${metricsPort}/`)).status).toBe(404);
});

test('metrics count requests by class, lookups by cache, jobs by outcome', async () => {
  const pages = /broadsheet_http_request_duration_seconds_count\{route="pages",status="2xx"\}/;
  const hits = /broadsheet_cache_lookups_total\{cache="answers",result="hit"\}/;
  const before = await metrics();
  for (let i = 0; i < 5; i++) await (await fetch(`${server.url}/`)).text();
  await fetch(`${server.url}/api/cron/rank`, {
    method: 'POST',
    headers: { authorization: `Bearer ${server.cronSecret}` },
  });
  const after = await metrics();
  expect(sampleOf(after, pages) - (sampleOf(before, pages) || 0)).toBe(5);
  expect(sampleOf(after, hits)).toBeGreaterThan(0);
  expect(after).toContain('broadsheet_cache_lookups_total{cache="pages",');
  expect(after).toMatch(/broadsheet_job_duration_seconds_count\{job="rank",outcome="done"\} 1/);
  expect(after).toMatch(/broadsheet_database_wait_seconds_total\{asker="readers"\} [\d.e-]+/);
  expect(after).toContain('broadsheet_nodejs_eventloop_lag_seconds');
  expect(after).toContain('broadsheet_deliveries{status="planned"} 0');
});

test('the backup job writes a backup, once a day', async () => {
  const run = async () => {
    const answer = await fetch(`${server.url}/api/cron/backup`, {
      method: 'POST',
      headers: { authorization: `Bearer ${server.cronSecret}` },
    });
    return answer.json();
  };
  expect(await run()).toEqual({ written: true });
  expect(await run()).toEqual({ skipped: 'not due' });
  expect(await readdir(backups)).toHaveLength(1);
});

test('the log is JSON, a line each, with request ids and without tokens, addresses and secrets', async () => {
  const address = 'somebody@example.org';
  const link = 'AbCdEfGhIjKlMnOpQrStUv.1.abc.AbCdEfGhIjKlMnOpQrStUvWxYz012345';
  await fetch(`${server.url}/unsubscribe/${link}?to=${address}`, {
    headers: { 'x-request-id': 'from-the-proxy-1' },
  });
  await fetch(`${server.url}/papers/${encodeURIComponent(address)}`);
  await expect.poll(() => server.output()).toContain('from-the-proxy-1');
  const output = server.output();
  const lines = output.trimEnd().split('\n');
  for (const line of lines) {
    expect(JSON.parse(line)).toMatchObject({
      time: expect.any(String),
      level: expect.any(String),
      message: expect.any(String),
    });
  }
  for (const secret of [address, link, token, server.secret, server.cronSecret, server.outbox]) {
    expect(output).not.toContain(secret);
  }
  const asked = lines
    .map((line) => JSON.parse(line))
    .filter(({ message }) => /^GET /.test(message));
  expect(asked.find(({ message }) => message.startsWith('GET /unsubscribe/'))?.request).toBe(
    'from-the-proxy-1',
  );
});
