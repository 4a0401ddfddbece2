import { Readable } from 'node:stream';
import { beforeEach, describe, expect, test } from 'vitest';
import { readReason } from '@/lib/admin/acts';
import { adminLog, perform, publicLog } from '@/lib/admin/log-store';
import { overview } from '@/lib/admin/overview';
import { findReaders, liftSuppression, readerDetails, removeReader } from '@/lib/admin/readers';
import { exportReadersFile, importReadersFile } from '@/lib/admin/readers-file';
import { rankPapers } from '@/lib/feed/rank';
import { runJob } from '@/lib/jobs/run';
import { jobByName } from '@/lib/jobs/schedule';
import { type Actor, COMMAND_LINE, NotAllowed } from '@/lib/readers/actor';
import { parseAddress, type ReaderAddress } from '@/lib/subscribers/email-address';
import { suppressReader } from '@/lib/subscribers/suppression-store';
import { emptyTables, testDatabase } from '../database';
import { addPapers, addReader, SECRET } from '../digest/world';

const db = await testDatabase();
beforeEach(() => emptyTables(db));

const now = new Date('2026-11-23T12:00:00Z');
const dataDir = '/nowhere';
const keys = { secret: SECRET, suppressionKey: SECRET, now };
const reason = 'asked for it by telephone';

async function session(email: string, admin: boolean): Promise<Actor & { readerId: number }> {
  const { readerId } = await addReader(db, email);
  await db.reader.update({ where: { id: readerId }, data: { createdAt: '2026-01-01T00:00:00Z' } });
  return { kind: 'session', readerId, sessionId: 1, admin };
}

function addressOf(email: string): ReaderAddress {
  const parsed = parseAddress(email);
  if (!parsed.ok) throw new Error(parsed.problem);
  return parsed.address;
}

const wholeLog = () => adminLog(db, COMMAND_LINE, { before: null, limit: 10 });
const file = () => Readable.from(['email,confirmed_at,source\nnew@example.org,2024-01-01,list\n']);

describe('an act', () => {
  test('of nobody but an admin or the operator does anything', async () => {
    const reader = await session('reader@example.org', false);
    const token: Actor = {
      kind: 'token',
      readerId: reader.readerId,
      scopes: ['read', 'write', 'account'],
    };
    const owner: Actor = { kind: 'operator', readerId: reader.readerId };
    for (const actor of [{ kind: 'anonymous' } as const, reader, token, owner]) {
      const address = addressOf('reader@example.org');
      const acts = [
        () => removeReader(db, actor, { address, reason }, { dataDir, now }),
        () => liftSuppression(db, actor, { address, reason }, keys),
        () => importReadersFile(db, actor, file(), { reason, ...keys }),
        () => exportReadersFile(db, actor, { reason, siteUrl: 'https://a.example', now }).next(),
        () => findReaders(db, actor, 'example', SECRET),
        () => readerDetails(db, actor, reader.readerId, SECRET),
        () => adminLog(db, actor, { before: null, limit: 1 }),
        () => overview(db, actor, { clock: true, dataDir, backupDir: null }, now),
      ];
      for (const act of acts) await expect(act(), actor.kind).rejects.toThrow(NotAllowed);
    }
    expect(await db.reader.count()).toBe(1);
    expect(await wholeLog()).toEqual([]);
  });

  test.each(['', '  a ', 'x'.repeat(301), '\u202e\u0000 \n'])(
    'with the reason %j does nothing',
    async (none) => {
      await addReader(db, 'reader@example.org');
      const address = addressOf('reader@example.org');
      const tools = { dataDir, now };
      await expect(
        removeReader(db, COMMAND_LINE, { address, reason: none }, tools),
      ).rejects.toThrow('Say why');
      expect(await db.reader.count()).toBe(1);
    },
  );

  test('is written with who did it, and not at all where it fails or there is nothing to do', async () => {
    const admin = await session('admin@example.org', true);
    const deed = { act: 'hide', paperId: 7, reason: ' two\nlines ' } as const;
    await perform(db, admin, deed, now, async () => ({ value: 1, detail: 'more' }));
    expect(await perform(db, admin, deed, now, async () => null)).toBeNull();
    const fail = async () => {
      throw new Error('broken');
    };
    await expect(perform(db, admin, deed, now, fail)).rejects.toThrow('broken');
    await perform(db, COMMAND_LINE, { act: 'readers-export', reason }, now, async () => ({
      value: 1,
    }));
    expect(await wholeLog()).toMatchObject([
      { act: 'readers-export', byOperator: true, by: null },
      { act: 'hide', byOperator: false, by: 'admin@example.org', detail: 'more', paperId: 7 },
    ]);
    const open = await publicLog(db, { before: null, limit: 10 });
    expect(open).toMatchObject([{ act: 'hide', byOperator: false, reason: 'two lines' }]);
    expect(JSON.stringify(open)).not.toContain('@');
  });

  test('keeps its reason on one line', () => {
    expect(readReason(' a\r\nb\u202e c ')).toBe('a b c');
  });
});

describe('a reader', () => {
  test('is found, erased for good and may be written to again, each with a row in the log', async () => {
    const admin = await session('admin@example.org', true);
    await addReader(db, 'Reader@example.org');
    const address = addressOf('reader@example.org');
    const { found, suppressed } = await findReaders(db, admin, 'READER@', SECRET);
    expect([found.map(({ email }) => email), suppressed]).toEqual([['Reader@example.org'], false]);
    const gone = await removeReader(db, admin, { address, reason }, { dataDir, now });
    expect(gone).toEqual({ id: found[0]!.id });
    expect(await removeReader(db, admin, { address, reason }, { dataDir, now })).toBeNull();
    expect(await findReaders(db, admin, 'reader@example.org', SECRET)).toEqual({
      found: [],
      suppressed: true,
    });
    expect(await liftSuppression(db, admin, { address, reason }, keys)).toBe('lifted');
    expect(await liftSuppression(db, admin, { address, reason }, keys)).toBeNull();
    const log = await wholeLog();
    expect(log.map(({ act }) => act)).toEqual(['reader-unsuppress', 'reader-remove']);
    expect(await db.adminAct.findMany()).not.toContainEqual(
      expect.objectContaining({ detail: expect.stringContaining('@') }),
    );
  });

  test('is shown with each digest, its state and why', async () => {
    const { readerId, subscriptionId } = await addReader(db, 'reader@example.org');
    await db.delivery.create({
      data: {
        subscriptionId,
        cadence: 'daily',
        localPeriod: '2026-11-23',
        domain: 'example.org',
        status: 'failed',
        reason: '550 no such user',
        notBefore: now,
        staleAt: now,
        plannedAt: now,
        endedAt: now,
        log: [{ at: now.toISOString(), status: 'failed', note: '550 no such user' }],
      },
    });
    await suppressReader(db, readerId, 'no such user', now);
    const details = await readerDetails(db, COMMAND_LINE, readerId, SECRET);
    expect(details).toMatchObject({
      suppressed: true,
      reader: { status: 'suppressed' },
      deliveries: [{ status: 'failed', reason: '550 no such user' }],
    });
    expect(await readerDetails(db, COMMAND_LINE, 999_999, SECRET)).toBeNull();
    const { failures, deliveries, statuses } = await overview(
      db,
      COMMAND_LINE,
      { clock: true, dataDir: '.', backupDir: null },
      now,
    );
    expect(failures).toEqual([{ status: 'failed', reason: '550 no such user', count: 1 }]);
    expect(statuses).toEqual([{ status: 'failed', count: 1 }]);
    expect(deliveries).toHaveLength(30);
    expect(deliveries.at(-1)).toEqual({ day: '2026-11-23', sent: 0, failed: 1 });
  });

  test('comes and goes by file, and the log says how many', async () => {
    const total = await importReadersFile(db, COMMAND_LINE, file(), { reason, ...keys });
    expect(total).toMatchObject({ active: 1, asked: 0, rejected: 0, interrupted: false });
    const options = { reason, siteUrl: 'https://a.example', now };
    let lines = '';
    for await (const line of exportReadersFile(db, COMMAND_LINE, options)) lines += line;
    expect(lines).toContain('new@example.org,2024-01-01T00:00:00.000Z,list');
    expect(await wholeLog()).toMatchObject([
      { act: 'readers-export' },
      { act: 'readers-import', detail: '1 active, 0 asked by mail first' },
    ]);
  });
});

test('the overview says how papers came, how jobs ran, and what the database takes', async () => {
  await addPapers(db, [{ id: 1 }]);
  await rankPapers(db, [1], now);
  await runJob(db, jobByName('rank')!, { now, budgetMs: 5_000, ifDue: true });
  const place = { clock: true, dataDir: '.', backupDir: null };
  const { papers, jobs, size, room } = await overview(db, COMMAND_LINE, place, now);
  expect(papers).toHaveLength(30);
  expect(papers.reduce((sum, { papers: count }) => sum + count, 0)).toBe(1);
  const rank = jobs.find(({ name }) => name === 'rank')!;
  expect(rank.endedAt).not.toBeNull();
  expect(rank.tookMs).toBeGreaterThanOrEqual(0);
  expect(rank.findings).toEqual([]);
  expect(size.bytes).toBeGreaterThan(1_000_000);
  expect(size.tables[0]!.bytes).toBeGreaterThanOrEqual(size.tables[1]!.bytes);
  expect(room[0]!.says).toContain('DATA_DIR');
});
