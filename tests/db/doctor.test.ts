import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { sql } from '@/lib/db/sql';
import { clock } from '@/lib/doctor/database';
import { ok } from '@/lib/doctor/finding';
import { cli } from '../server';
import { startSmtpSink } from '../smtp-sink';
import { emptyTables, testDatabase } from './database';
import { addReader } from './digest/world';
import { cliSettings } from './sources/settings';

const db = await testDatabase();
const folder = await mkdtemp(join(tmpdir(), 'broadsheet-doctor-'));
afterAll(() => rm(folder, { recursive: true, force: true }));
beforeEach(() => emptyTables(db));

const doctor = (settings: Record<string, string> = {}) =>
  cli(['doctor'], { ...cliSettings(), ...settings });

test('an installation in order has no problems and exit code 0', async () => {
  const smtp = await startSmtpSink();
  const { code, out } = await doctor({ SMTP_URL: smtp.url, SITE_URL: 'https://papers.invalid' });
  await smtp.stop();
  expect(out).toContain('0 problems');
  expect(out).toMatch(/^ok +migrations +all applied$/m);
  expect(out).toMatch(/^ok +clock +agrees with the database$/m);
  expect(out).toMatch(/^ok +mail +127.0.0.1:\d+ answers/m);
  expect(out).toMatch(/^warning +jobs +no job has run yet$/m);
  expect(smtp.mails).toEqual([]);
  expect(code).toBe(0);
});

test('what failed, waits or is paused is named, with exit code 1', async () => {
  const now = new Date();
  await db.jobLease.create({
    data: { name: 'rank', owner: 'x', until: now, endedAt: now, outcome: { error: 'no space' } },
  });
  await db.sourceState.create({
    data: { name: 'arxiv-oai', enabled: true, failures: 3, problem: 'HTTP 503' },
  });
  await db.mailDomain.create({
    data: {
      domain: 'slow.example',
      nextAt: now,
      pausedUntil: new Date(now.getTime() + 3_600_000),
      reason: '421 too many',
    },
  });
  await addReader(db, 'reader@example.org', {});
  await db.$executeRaw(sql`
    insert into delivery (subscription_id, cadence, local_period, domain, not_before, stale_at, planned_at)
    select id, 'daily', '2026-01-01', 'example.org', now() - interval '3 hours', now() + interval '1 day', now()
    from subscription`);
  const { code, out } = await doctor();
  expect(out).toMatch(/^problem +jobs +rank failed: no space$/m);
  expect(out).toMatch(/^problem +sources +arxiv-oai: the last 3 polls failed: HTTP 503/m);
  expect(out).toMatch(/^warning +deliveries +no mail to slow.example until .*: 421 too many$/m);
  expect(out).toMatch(/^problem +deliveries +1 digests could leave, the oldest for 3 hours$/m);
  expect(out).toContain('npm run cli -- digest sends them now');
  expect(code).toBe(1);
});

test('a database that is newer than the program is said, and not touched', async () => {
  await db.$executeRaw(sql`
    insert into _prisma_migrations (id, checksum, migration_name, finished_at)
    values ('future', 'x', '29991231000000_future', now())`);
  try {
    const { code, out } = await doctor();
    expect(out).toMatch(
      /^problem +migrations +the database is newer than this program, and has: 2999/m,
    );
    expect(out).toContain('Update Broadsheet');
    expect(code).toBe(1);
  } finally {
    await db.$executeRaw(sql`delete from _prisma_migrations where id = 'future'`);
  }
});

test('wrong settings are all told, and nothing is made', async () => {
  const dataDir = join(folder, 'none');
  const wrong = { PORT: 'x', SITE_URL: 'nonsense', DATA_DIR: dataDir, DATABASE_URL: '' };
  const { code, out } = await doctor(wrong);
  expect(out).toContain('problem  settings     PORT: must be a port');
  expect(out).toContain('problem  settings     SITE_URL: must be an http or https URL');
  expect(code).toBe(1);
  const { code: second, out: missing } = await doctor({ DATA_DIR: dataDir, DATABASE_URL: '' });
  expect(missing).toContain('There is no Broadsheet database');
  expect(second).toBe(1);
  expect(await readdir(folder)).not.toContain('none');
});

test('a database that is away takes nothing from the other checks', async () => {
  const secret = 'only-for-tests-0123456789';
  const { code, out } = await doctor({
    DATABASE_URL: 'postgresql://x@127.0.0.1:9/x',
    SECRET: secret,
    CRON_SECRET: secret,
    BACKUP_DIR: folder,
    SMTP_URL: 'smtp://127.0.0.1:9',
  });
  expect(out).toMatch(/^problem +database +The database "x" at 127.0.0.1:9 cannot be used/m);
  expect(out).toMatch(/^problem +mail +TCP: nothing listens/m);
  expect(out).toMatch(/^problem +backups +BACKUP_DIR has none yet$/m);
  expect(code).toBe(1);
});

test('the clock of a database on this machine agrees with it', async () => {
  expect(await clock(db)).toEqual([ok('agrees with the database')]);
});
