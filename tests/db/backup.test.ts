import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { backup } from '@/lib/db/backup';
import { restore } from '@/lib/db/restore';
import { holderOf } from '@/lib/subscribers/link-holder';
import { PURPOSES, type Purpose, signToken } from '@/lib/subscribers/link-tokens';
import { emptyTables, testDatabase } from './database';
import { addReader } from './digest/world';

const db = await testDatabase();
const folder = await mkdtemp(join(tmpdir(), 'broadsheet-backup-'));
afterAll(() => rm(folder, { recursive: true }));
const file = (name: string) => join(folder, name);
const silent = () => {};

async function addPapers(first = 1) {
  for (let i = first; i < first + 3; i++) {
    await db.paper.create({
      data: {
        titleKey: `t${i}`,
        firstAuthorKey: 'curie',
        title: `Title ${i}\twith a tab, a "quote" and a line\nbreak`,
        abstract: 'ΔH ≥ 0 \\ and ✓',
        authors: ['Marie Curie', 'a,b{c}'],
        publishedAt: new Date('2024-02-29T12:34:56.789Z'),
        original: { title: ['nested', { n: 1.1 }] },
        signals: {
          create: {
            kind: 'upvotes',
            source: 'daily-papers',
            seenAt: new Date(i),
            value: 0.1 + 0.2,
          },
        },
      },
    });
  }
}

const everything = async () => ({
  papers: await db.paper.findMany({ orderBy: { id: 'asc' } }),
  signals: await db.signal.findMany({ orderBy: { paperId: 'asc' } }),
});

beforeEach(() => emptyTables(db));

test('what is restored is what was backed up, to the last digit', async () => {
  await addPapers();
  const before = await everything();
  const rows = await backup(db, file('a.gz'), silent);
  await emptyTables(db);
  expect(await restore(db, file('a.gz'), silent)).toBe(rows);
  expect(await everything()).toEqual(before);
});

test('"more" and "less like this" of older backups become votes', async () => {
  await addPapers();
  const { readerId } = await addReader(db, 'reader@example.org');
  await db.vote.create({ data: { readerId, paperId: 1, value: 1, at: new Date(1) } });
  await backup(db, file('a.gz'), silent);
  const text = gunzipSync(await readFile(file('a.gz'))).toString();
  const old = text
    .replaceAll('"vote"', '"paper_feedback"')
    .replace(/^vote\t.*$/m, () => {
      const at = '2026-11-01T00:00:00+00:00';
      const rows = ['more', 'less'].map((wish, i) => ({
        reader_id: readerId,
        paper_id: i + 1,
        at,
        wish,
      }));
      return `paper_feedback\t${JSON.stringify(rows)}`;
    })
    .replace(
      /"columns":\["reader_id","paper_id","value"[^\]]*\]/,
      () => '"columns":["reader_id","paper_id","at","wish"]',
    )
    .replace(/"rows":(\d+)\}\n?$/, (_, rows) => `"rows":${Number(rows) + 1}}\n`);
  await writeFile(file('old.gz'), gzipSync(old));
  await emptyTables(db);
  await restore(db, file('old.gz'), silent);
  expect(await db.vote.findMany({ orderBy: { paperId: 'asc' } })).toMatchObject([
    { readerId, paperId: 1, value: 1 },
    { readerId, paperId: 2, value: -1 },
  ]);
});

test('papers added after a restore get new ids', async () => {
  await addPapers();
  await backup(db, file('b.gz'), silent);
  await emptyTables(db);
  await restore(db, file('b.gz'), silent);
  await addPapers(4);
  expect((await db.paper.findMany()).map(({ id }) => id).sort()).toEqual([1, 2, 3, 4, 5, 6]);
});

test('a database with papers is not overwritten', async () => {
  await addPapers();
  await backup(db, file('c.gz'), silent);
  await expect(restore(db, file('c.gz'), silent)).rejects.toThrow(/already has rows/);
  expect(await db.paper.count()).toBe(3);
});

test('a cut backup restores nothing and says so', async () => {
  await addPapers();
  await backup(db, file('d.gz'), silent);
  await emptyTables(db);
  const lines = gunzipSync(await readFile(file('d.gz')))
    .toString()
    .trimEnd()
    .split('\n');
  await writeFile(file('e.gz'), gzipSync(`${lines.slice(0, -1).join('\n')}\n`));
  await expect(restore(db, file('e.gz'), silent)).rejects.toThrow(/is cut/);
  expect(await db.paper.count()).toBe(0);
});

test.each([
  ['not gzip', Buffer.from('hello')],
  ['another file', gzipSync('{"a":1}\n')],
  ['a truncated file', gzipSync('{"broadsheet":1}\n').subarray(0, 20)],
])('%s is refused as a backup', async (_, bytes) => {
  await writeFile(file('f.gz'), bytes);
  await expect(restore(db, file('f.gz'), silent)).rejects.toThrow(/backup/);
});

test('an id that was given before the backup is not given after it, though its row is gone', async () => {
  await addPapers();
  await db.paper.delete({ where: { id: 3 } });
  await backup(db, file('h.gz'), silent);
  await emptyTables(db);
  await restore(db, file('h.gz'), silent);
  await addPapers(4);
  expect((await db.paper.findMany()).map(({ id }) => id).sort()).toEqual([1, 2, 4, 5, 6]);
});

test('a reader who comes after a restore gets no id that may have been given after the backup', async () => {
  const newReader = async (email: string) => {
    const { id } = await db.reader.create({
      data: { email, emailKey: email, addressHash: email, status: 'active' },
    });
    return id;
  };
  const before = await newReader('a@example.org');
  await backup(db, file('j.gz'), silent);
  const later = await newReader('b@example.org');
  await emptyTables(db);
  await restore(db, file('j.gz'), silent);
  expect(await db.reader.count()).toBe(1);
  expect(await newReader('c@example.org')).toBeGreaterThan(Math.max(before, later) + 1_000);
});

test('a link from before a restore opens no other reader’s page, though the id be given again', async () => {
  const secret = 'a secret for tests, long enough';
  const now = new Date('2026-11-23T08:00:00Z');
  const { readerId: kept } = await addReader(db, 'kept@example.org');
  await backup(db, file('k.gz'), silent);
  const { readerId: lost } = await addReader(db, 'lost@example.org');
  const keyOf = async (id: number) => (await db.reader.findUniqueOrThrow({ where: { id } })).key;
  const [keptKey, lostKey] = [await keyOf(kept), await keyOf(lost)];
  await emptyTables(db);
  await restore(db, file('k.gz'), silent);
  // As a database does whose sequences were not restored.
  const { readerId } = await addReader(db, 'stranger@example.org');
  await db.$executeRaw`update reader set id = ${lost} where id = ${readerId}`;
  for (const purpose of Object.keys(PURPOSES) as Purpose[]) {
    const open = (readerKey: string) =>
      holderOf(db, purpose, signToken(purpose, { readerKey, epoch: 0 }, now, secret), {
        secret,
        now,
      });
    expect(await open(lostKey)).toEqual({ ok: false, problem: 'gone' });
    expect(await open(keptKey)).toMatchObject({ ok: true, reader: { email: 'kept@example.org' } });
  }
});

test('a backup of a newer format is refused', async () => {
  const header = { broadsheet: 3, migrations: [], tables: [] };
  await writeFile(file('i.gz'), gzipSync(`${JSON.stringify(header)}\nend\t{"rows":0}\n`));
  await expect(restore(db, file('i.gz'), silent)).rejects.toThrow(/newer version/);
});

test('a backup from a newer version is refused', async () => {
  const header = { broadsheet: 2, migrations: ['29990101000000_later'], tables: [] };
  await writeFile(file('g.gz'), gzipSync(`${JSON.stringify(header)}\nend\t{"rows":0}\n`));
  await expect(restore(db, file('g.gz'), silent)).rejects.toThrow(/newer version/);
});
