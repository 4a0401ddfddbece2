import { spawnSync } from 'node:child_process';
import { mkdtemp, readdir, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { backupName } from '@/lib/db/backup-folder';
import { sql } from '@/lib/db/sql';
import { runJob } from '@/lib/jobs/run';
import { jobByName } from '@/lib/jobs/schedule';
import { jobStates } from '@/lib/jobs/store';
import { cli } from '../server';
import { emptyTables, testDatabase, testTarget } from './database';
import { cliSettings } from './sources/settings';

const db = await testDatabase();
const folder = await mkdtemp(join(tmpdir(), 'broadsheet-backups-'));
afterAll(() => rm(folder, { recursive: true, force: true }));
beforeEach(() => emptyTables(db));

const addPapers = () =>
  db.$executeRaw(sql`
    insert into paper (title, title_key, first_author_key, abstract, authors, categories, keywords, published_at)
    select 'Paper ' || i, 'paper ' || i, 'd', md5(random()::text) || md5(random()::text), '{Doe}', '{}', '{}', now()
    from generate_series(1, 2000) as i`);

test('backup without a file writes into BACKUP_DIR, keeps what is to be kept, and can be restored', async () => {
  await addPapers();
  const own = join(folder, 'own');
  const first = await cli(['backup'], { ...cliSettings(), BACKUP_DIR: own });
  expect(first.code).toBe(0);
  const [made] = await readdir(own);
  expect((await stat(own)).mode & 0o777).toBe(0o700);

  const old = backupName(new Date(Date.now() - 100 * 86_400_000));
  const olderSameDay = old.replace(/T\d\d-\d\d-\d\dZ/, 'T00-00-00Z');
  for (const name of [old, olderSameDay, 'notes.txt']) await writeFile(join(own, name), '');
  const abandoned = join(own, `${old}.part`);
  await writeFile(abandoned, '');
  await utimes(abandoned, new Date(0), new Date(0));
  await cli(['backup'], { ...cliSettings(), BACKUP_DIR: own });
  const left = await readdir(own);
  expect(left).toContain('notes.txt');
  expect(left).not.toContain(olderSameDay);
  expect(left.filter((name) => name.endsWith('.part'))).toEqual([]);
  // Of today the newest alone.
  expect(left).not.toContain(made);

  const newest = join(
    own,
    left
      .filter((name) => name.endsWith('.gz'))
      .sort()
      .at(-1)!,
  );
  const verified = await cli(['restore', '--verify', newest], {});
  expect(verified.out).toMatch(/can be restored: [\d,]+ rows/);
  expect(verified.code).toBe(0);
});

test('restore --verify refuses a file that is cut, and leaves no database behind', async () => {
  const scratch = await mkdtemp(join(folder, 'tmp-'));
  const path = join(folder, 'cut.gz');
  await cli(['backup', path], cliSettings());
  const { size } = await stat(path);
  spawnSync('truncate', ['-s', String(Math.floor(size / 2)), path]);
  const { code, err } = await cli(['restore', '--verify', path], { TMPDIR: scratch });
  expect(err).toContain('cannot be read as a backup');
  expect(code).toBe(1);
  expect(await readdir(scratch)).toEqual([]);
});

test('a full disk leaves no partial file', async () => {
  await addPapers();
  const small = await mkdtemp(join(folder, 'small-'));
  const input = JSON.stringify({ target: testTarget(), path: join(small, 'backup.gz') });
  const { status, stderr } = spawnSync(
    'bash',
    [
      '-c',
      'ulimit -f 16; exec "$0" --import tsx tests/db/write-backup.ts "$1"',
      process.execPath,
      input,
    ],
    { encoding: 'utf8', env: { ...process.env, TSX_DISABLE_CACHE: '1' } },
  );
  expect(stderr).toMatch(/EFBIG|ENOSPC/);
  expect(status).toBe(1);
  expect(await readdir(small)).toEqual([]);
});

test('the job says why it failed, and is tried again', async () => {
  const file = join(folder, 'a-file');
  await writeFile(file, '');
  Object.assign(process.env, cliSettings(), { BACKUP_DIR: join(file, 'below') });
  const job = jobByName('backup')!;
  const run = () => runJob(db, job, { now: new Date(), budgetMs: 45_000, ifDue: false });
  await expect(run()).rejects.toThrow(/"backup" failed.*ENOTDIR/);
  expect((await jobStates(db)).get('backup')?.error).toMatch(/ENOTDIR/);
});
