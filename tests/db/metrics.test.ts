import { beforeEach, expect, test } from 'vitest';
import { sql } from '@/lib/db/sql';
import { readMetrics } from '@/lib/metrics/collect';
import { emptyTables, testDatabase } from './database';
import { addReader } from './digest/world';

const db = await testDatabase();
beforeEach(() => emptyTables(db));

const start = Date.now();
/** Each reading is later than the last by more than one is kept for. */
let readings = 0;
const read = async (source = db) => {
  const now = new Date(start + ++readings * 60_000);
  const text = await readMetrics(source, null, now);
  return (line: string) => text.split('\n').find((each) => each.startsWith(`broadsheet_${line} `));
};

test('deliveries are told by status, and the age of the oldest that could leave', async () => {
  await addReader(db, 'reader@example.org', {});
  await db.$executeRaw(sql`
    insert into delivery (subscription_id, cadence, local_period, domain, status, not_before, stale_at, planned_at, ended_at)
    select s.id, 'daily', p.period, 'example.org', p.status::delivery_status,
      now() - interval '3 hours', now() + interval '1 day', now(), p.ended
    from subscription s, (values ('2026-01-01', 'planned', null::timestamptz), ('2026-01-02', 'sent', now()),
      ('2026-01-03', 'sent', now() - interval '9 days')) p(period, status, ended)`);
  const line = await read();
  expect(line('deliveries{status="planned"}')).toMatch(/ 1$/);
  // Of those that ended, what ended within a day.
  expect(line('deliveries{status="sent"}')).toMatch(/ 1$/);
  expect(line('deliveries{status="failed"}')).toMatch(/ 0$/);
  const seconds = Number(line('delivery_oldest_due_seconds')?.split(' ')[1]);
  expect(seconds).toBeGreaterThan(3 * 3_600 - 60);
  expect(seconds).toBeLessThan(4 * 3_600);
  expect(line('subscriptions{status="active"}')).toMatch(/ 1$/);
});

test('a source that is on has a lag, and one that is turned off has none any more', async () => {
  const hourAgo = new Date(Date.now() - 3_600_000);
  await db.sourceState.create({
    data: { name: 'arxiv-oai', enabled: true, failures: 2, succeededAt: hourAgo },
  });
  let line = await read();
  expect(line('source_failures{source="arxiv-oai"}')).toMatch(/ 2$/);
  expect(Number(line('source_lag_seconds{source="arxiv-oai"}')?.split(' ')[1])).toBeGreaterThan(
    3_600,
  );
  await db.sourceState.update({ where: { name: 'arxiv-oai' }, data: { enabled: false } });
  line = await read();
  expect(line('source_lag_seconds{source="arxiv-oai"}')).toBeUndefined();
});

test('jobs tell when they last ended and whether they failed', async () => {
  const ended = new Date('2026-11-29T12:00:00Z');
  await db.jobLease.create({
    data: { name: 'rank', owner: 'x', until: ended, endedAt: ended, outcome: { error: 'no' } },
  });
  const line = await read();
  expect(line('job_failed{job="rank"}')).toMatch(/ 1$/);
  expect(line('job_failed{job="ingest"}')).toMatch(/ 0$/);
  expect(line('job_last_end_timestamp_seconds{job="rank"}')).toContain(String(+ended / 1_000));
  expect(line('job_interval_seconds{job="rank"}')).toMatch(/ 300$/);
});

test('a database that fails is told as such, beside what the process counts', async () => {
  const failing = {
    $queryRaw: () => Promise.reject(new Error('away')),
  } as unknown as typeof db;
  const line = await read(failing);
  expect(line('database_up')).toMatch(/ 0$/);
  expect(line('process_cpu_seconds_total')).toBeDefined();
  expect((await read())('database_up')).toMatch(/ 1$/);
});
