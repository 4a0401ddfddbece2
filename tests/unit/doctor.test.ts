import { createServer } from 'node:net';
import { describe, expect, test } from 'vitest';
import { backupName, expiredBackups, timeOfBackup } from '@/lib/db/backup-folder';
import { judgeBackups } from '@/lib/doctor/backups';
import { judgeMigrations, judgeSkew } from '@/lib/doctor/database';
import { examine, ok } from '@/lib/doctor/finding';
import { judgeRoom } from '@/lib/doctor/machine';
import { dnsFindings, mailPath } from '@/lib/doctor/mail';
import { certificate, judgeCertificate } from '@/lib/doctor/site';
import { identityProvider, judgeAccess } from '@/lib/doctor/ways-in';
import { judgeJob } from '@/lib/doctor/work';
import { JOBS } from '@/lib/jobs/schedule';
import { readEnv } from '@/lib/runtime/env';

const now = new Date('2026-11-29T12:00:00Z');
const hoursAgo = (hours: number) => new Date(now.getTime() - hours * 3_600_000);
const secret = 'only-for-tests-0123456789';
const settings = (more: Record<string, string> = {}) =>
  readEnv({ SECRET: secret, CRON_SECRET: secret, MAIL_FROM: 'news@example.org', ...more });

describe('a check', () => {
  test('that never ends is a problem when its time is over', async () => {
    const hanging = { name: 'x', run: () => new Promise<never>(() => {}) };
    const [found] = await examine(hanging, 50);
    expect(found).toMatchObject({ state: 'problem', says: expect.stringContaining('no answer') });
  });

  test('that fails is a problem, and not the end of the others', async () => {
    const failing = { name: 'x', run: () => Promise.reject(new Error('broken')) };
    expect((await examine(failing, 1_000))[0]).toMatchObject({ state: 'problem' });
    expect(await examine({ name: 'y', run: async () => [ok('fine')] }, 1_000)).toEqual([
      { state: 'ok', says: 'fine' },
    ]);
  });
});

describe('a private site', () => {
  const judged = (more: Record<string, string>, readers: number) =>
    judgeAccess(settings({ ACCESS: 'private', ...more }), readers).map(({ state }) => state);
  const oidc = {
    OIDC_ISSUER: 'http://localhost:1',
    OIDC_CLIENT_ID: 'broadsheet',
    OIDC_CLIENT_SECRET: 'secret',
  };
  const SMTP_URL = 'smtp://localhost';

  test('into which nobody can sign in is a problem', () => {
    expect(judged({ SMTP_URL }, 0)).toEqual(['problem']);
    expect(judged({ SMTP_URL }, 1)).toEqual(['ok']);
    expect(judged({ SMTP_URL, ALLOWED_DOMAINS: 'example.org' }, 0)).toEqual(['ok']);
    expect(judged(oidc, 0)).toEqual(['ok']);
  });

  test('whose mails stay here is warned of', () => {
    expect(judged({ ALLOWED_DOMAINS: 'example.org' }, 0)).toEqual(['ok', 'warning']);
  });

  test('whose identity provider cannot be found has a problem', async () => {
    expect(await identityProvider(settings())).toMatchObject([{ state: 'ok' }]);
    expect(await identityProvider(settings(oidc))).toMatchObject([
      { state: 'problem', remedy: expect.stringContaining('OIDC_ISSUER') },
    ]);
  });
});

test.each([
  [50, 'problem'],
  [500, 'warning'],
  [5_000, 'ok'],
])('%d MB of free disk: %s', (megabytes, state) => {
  expect(judgeRoom({ setting: 'DATA_DIR', path: '/data' }, megabytes).state).toBe(state);
});

test.each([
  [0, 'ok'],
  [-5_000, 'warning'],
  [60_000, 'problem'],
])('clocks %d ms apart: %s', (skew, state) => {
  expect(judgeSkew(skew).state).toBe(state);
});

test.each([
  [-1, null, 'problem', 'ended'],
  [60, 'CERT_HAS_EXPIRED', 'problem', 'CERT_HAS_EXPIRED'],
  [5, null, 'warning', '5 more days'],
  [60, null, 'ok', 'valid until'],
])('a certificate for %d more days (%s): %s', (days, refused, state, says) => {
  const validTo = new Date(now.getTime() + days * 86_400_000);
  const found = judgeCertificate({ host: 'example.org', refused, validTo }, now);
  expect(found.state).toBe(state);
  expect(found.says).toContain(says);
});

test('an address where nothing speaks TLS is a warning: it may be right from elsewhere', async () => {
  const [found] = await certificate('https://127.0.0.1:9', now);
  expect(found).toMatchObject({ state: 'warning', says: expect.stringContaining('ECONNREFUSED') });
});

test('a database that is newer than the program is told from one that is older', () => {
  const none = { missing: [], unknown: [], edited: [], failed: [] };
  expect(judgeMigrations(none)).toMatchObject([{ state: 'ok' }]);
  const [older] = judgeMigrations({ ...none, missing: ['2_new'] });
  expect(older?.remedy).toContain('db migrate');
  const [newer] = judgeMigrations({ ...none, unknown: ['3_future'] });
  expect(newer?.says).toContain('newer than this program');
  expect(newer?.remedy).toContain('Update Broadsheet');
});

describe('a job', () => {
  const rank = JOBS.find(({ name }) => name === 'rank')!;
  const judge = (endedHoursAgo: number | null, error: string | null = null) =>
    judgeJob(
      rank,
      {
        until: hoursAgo(endedHoursAgo ?? 0),
        startedAt: null,
        endedAt: endedHoursAgo === null ? null : hoursAgo(endedHoursAgo),
        error,
      },
      { clock: false },
      now,
    );

  test('that ran at its turn is well, and one that is new has its first turn to come', () => {
    expect(judge(0.1)).toEqual([]);
    expect(judgeJob(rank, undefined, { clock: true }, now)).toEqual([]);
  });

  test('that missed its turns is a problem, with who should call it', () => {
    const [found] = judge(1);
    expect(found).toMatchObject({ state: 'problem', says: expect.stringContaining('60 minutes') });
    expect(found?.remedy).toContain('CLOCK is off');
  });

  test('that failed says why', () => {
    expect(judge(0.1, 'disk full')).toMatchObject([{ says: 'rank failed: disk full' }]);
  });
});

describe('mail', () => {
  test('a server that accepts connections and says nothing is a problem in good time', async () => {
    const server = createServer(() => {});
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as { port: number };
    const started = Date.now();
    const [found] = await mailPath(settings({ SMTP_URL: `smtp://127.0.0.1:${port}` }));
    expect(found?.state).toBe('problem');
    expect(Date.now() - started).toBeLessThan(10_000);
    server.close();
  });

  test('DNS: a wrong DMARC or SPF is a warning, no way for bounces a problem, and no DNS a warning', async () => {
    const ours = settings({
      SMTP_URL: 'smtp://mail.example.org',
      BOUNCE_DOMAIN: 'bounces.example.org',
    });
    const states = (await dnsFindings(ours, async () => [])).map(({ state }) => state);
    expect(states).toEqual(['warning', 'problem', 'warning']);
    const away = await dnsFindings(ours, () => Promise.reject(new Error('ETIMEOUT')));
    expect(away.every(({ state }) => state === 'warning')).toBe(true);
    expect(away[0]?.says).toContain('ETIMEOUT');
  });
});

describe('backups that are kept', () => {
  const hour = (hours: number) => backupName(new Date(now.getTime() - hours * 3_600_000));

  test('are named by their time', () => {
    expect(backupName(now)).toBe('broadsheet-2026-11-29T12-00-00Z.jsonl.gz');
    expect(timeOfBackup(backupName(now))).toEqual(now);
    expect(timeOfBackup('broadsheet-2026-11-29T12-00-00Z.jsonl.gz.part')).toBeNull();
  });

  test('are the newest of seven days and of four weeks; files of other names are left alone', () => {
    const daily = Array.from({ length: 60 }, (_, day) => hour(day * 24));
    const expired = expiredBackups([...daily, 'notes.txt', 'move.jsonl.gz']);
    const kept = daily.filter((name) => !expired.includes(name));
    // A Sunday: its week, and the Sundays of the three weeks before.
    expect(kept).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 14, 21].map((day) => hour(day * 24)));
    expect(expired).not.toContain('notes.txt');
  });

  test('of a day the newest, and the last ones stay however old they are', () => {
    expect(expiredBackups([hour(1), hour(2)])).toEqual([hour(2)]);
    expect(expiredBackups([hour(9_000)])).toEqual([]);
  });

  test('an old one is a problem', () => {
    expect(judgeBackups(hoursAgo(20), now).state).toBe('ok');
    expect(judgeBackups(hoursAgo(72), now).state).toBe('problem');
    expect(judgeBackups(null, now).state).toBe('problem');
  });
});
