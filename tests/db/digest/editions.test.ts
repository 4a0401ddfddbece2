import { beforeEach, expect, it } from 'vitest';
import { candidatesOf, forgetEditions, standingList } from '@/lib/digest/edition-store';
import { latestIssue, madeIssues } from '@/lib/digest/issues';
import { makeFeed } from '@/lib/feed/filters';
import { listFeedIds } from '@/lib/feed/query';
import { rankAll } from '@/lib/feed/rank';
import { emptyTables, testDatabase } from '../database';
import { addSignals, storePapers } from '../feed/papers';
import { addPapers } from './world';

const db = await testDatabase();
beforeEach(() => emptyTables(db));

it('a search’s hits keep their order, with what a digest asks of them and without hidden papers', async () => {
  await addPapers(db, [
    { id: 1, newAt: '2026-11-22T00:00:00Z', tags: ['peft'] },
    { id: 2, newAt: '2026-11-21T00:00:00Z' },
    { id: 3 },
  ]);
  await db.paper.update({ where: { id: 3 }, data: { hiddenAt: new Date() } });
  expect(await candidatesOf(db, [2, 3, 1, 99])).toEqual([
    { id: 2, newAt: Date.parse('2026-11-21T00:00:00Z'), tags: [], categories: [] },
    { id: 1, newAt: Date.parse('2026-11-22T00:00:00Z'), tags: ['peft'], categories: [] },
  ]);
  expect(await candidatesOf(db, [])).toEqual([]);
});

it('a first digest has the front page’s order, with fresh signals and without', async () => {
  const now = new Date('2026-11-23T16:00:00Z');
  await storePapers(db, [
    { id: 1, publishedAt: '2026-03-01', signals: [['upvotes', 30, '2026-03-02']] },
    { id: 2, publishedAt: '2026-09-01', signals: [['upvotes', 2, '2026-09-02']] },
    { id: 3, publishedAt: '2026-11-20' },
  ]);
  const orders = async () => {
    await rankAll(db, now);
    const { ids } = await listFeedIds(db, makeFeed({ window: 'year' }), { limit: 9, now });
    const { candidates } = await standingList(
      db,
      { tags: [], categories: [], muted: [] },
      { wanted: 1, now },
    );
    return { ids, listed: candidates.map(({ id }) => id) };
  };
  await db.paper.update({ where: { id: 3 }, data: { hiddenAt: now } });
  expect(await orders()).toEqual({ ids: [1, 2], listed: [1, 2] });
  await db.paper.update({ where: { id: 2 }, data: { publishedAt: '2026-11-12T00:00:00Z' } });
  expect((await orders()).listed).toEqual([2]);
  await addSignals(db, 1, [['listed', 1, '2026-11-11']]);
  expect(await orders()).toEqual({ ids: [1, 2], listed: [1, 2] });
  await addSignals(db, 1, [['upvotes', 1, '2026-11-13']]);
  expect(await orders()).toEqual({ ids: [2, 1], listed: [2, 1] });
});

it('of old editions the last one of each day is kept', async () => {
  const ends = (time: string) => new Date(`2026-${time}:00:00Z`);
  for (const [cadence, time] of [
    ['daily', '10-01T06'],
    ['daily', '10-01T18'],
    ['weekly', '10-01T06'],
    ['daily', '11-20T06'],
    ['daily', '11-20T18'],
  ] as const) {
    await db.edition.create({ data: { cadence, endsAt: ends(time), ranked: [] } });
  }
  expect(await forgetEditions(db, ends('11-01T00'))).toBe(1);
  const left = await db.edition.findMany({ orderBy: [{ endsAt: 'asc' }, { cadence: 'asc' }] });
  expect(left.map(({ cadence, endsAt }) => [cadence, endsAt])).toEqual([
    ['weekly', ends('10-01T06')],
    ['daily', ends('10-01T18')],
    ['daily', ends('11-20T06')],
    ['daily', ends('11-20T18')],
  ]);
});

it('issues are those that were made, and the latest names its first paper', async () => {
  const now = new Date('2026-11-24T12:00:00Z');
  expect(await madeIssues(db, now)).toEqual({ daily: [], weekly: [], monthly: [] });
  expect(await latestIssue(db, now)).toBeNull();
  await addPapers(db, [
    { id: 1, newAt: '2026-11-22T10:00:00Z' },
    { id: 2, newAt: '2026-11-22T10:00:00Z' },
  ]);
  const newAt = Date.parse('2026-11-22T10:00:00Z');
  const ranked = [2, 1].map((id) => ({ id, newAt, tags: [] }));
  for (const [cadence, endsAt, list] of [
    ['daily', '2026-11-21T08:00:00Z', []],
    ['daily', '2026-11-22T08:00:00Z', ranked],
    ['daily', '2026-11-22T18:00:00Z', ranked],
    // The end of the day before, not the day's own.
    ['daily', '2026-11-24T00:00:00Z', ranked],
    ['weekly', '2026-11-22T12:00:00Z', ranked],
  ] as const) {
    await db.edition.create({ data: { cadence, endsAt: new Date(endsAt), ranked: [...list] } });
  }
  expect(await madeIssues(db, now)).toEqual({
    daily: ['2026-11-23', '2026-11-22'],
    weekly: ['2026-W47'],
    monthly: [],
  });
  await db.edition.deleteMany({ where: { endsAt: { gt: new Date('2026-11-23T00:00:00Z') } } });
  expect(await latestIssue(db, now)).toMatchObject({
    path: '/digests/daily/2026-11-22',
    papers: 2,
  });
});
