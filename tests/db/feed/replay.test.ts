import { beforeEach, describe, expect, test } from 'vitest';
import { rankAll } from '@/lib/feed/rank';
import { replayHistory, settledUntil } from '@/lib/feed/replay-history';
import { lastReplay } from '@/lib/feed/replay-store';
import { emptyTables, testDatabase } from '../database';
import { storePapers, type TestPaper } from './papers';

const db = await testDatabase();
const now = new Date('2026-11-23T16:00:00Z');
const range = { from: new Date('2026-11-02'), to: new Date('2026-11-09') };

beforeEach(() => emptyTables(db));

/** Papers of a day, counted at its end and again a week later. */
function listed(day: number, counts: [early: number, later: number][]): TestPaper[] {
  const date = (d: number) => `2026-11-${String(d).padStart(2, '0')}`;
  return counts.map(([early, later], i) => ({
    id: day * 100 + i,
    publishedAt: date(day),
    signals: [
      ['listed', 1, date(day)],
      ['upvotes', early, `${date(day)}T23:00:00Z`],
      ['upvotes', later, date(day + 8)],
    ],
  }));
}
const GROWN: [number, number][] = [
  [9, 60],
  [7, 50],
  [5, 20],
  [3, 4],
  [1, 2],
];

async function replay(papers: TestPaper[]) {
  await storePapers(db, papers);
  await rankAll(db, now);
  return replayHistory(db, range, { now });
}

describe('a replay', () => {
  test('judges the order of the time by what the counts came to later', async () => {
    const found = await replay([...listed(2, GROWN), ...listed(3, GROWN)]);
    expect(found.day).toMatchObject({ sets: 2, papers: 10, ndcg: 1 });
    expect(found.week).toMatchObject({ sets: 1, papers: 10 });
    expect(found).toMatchObject({ from: '2026-11-02', to: '2026-11-08' });
  });

  test('finds an order wrong that later counts turned round', async () => {
    const turned = GROWN.map(([early], i) => [early, GROWN.at(-1 - i)![1]] as [number, number]);
    expect((await replay(listed(2, turned))).day!.ndcg).toBeLessThan(0.7);
  });

  test('leaves out days that too few counted, or nobody again', async () => {
    const once = listed(3, GROWN).map((paper) => ({
      ...paper,
      signals: paper.signals!.slice(0, 2),
    }));
    const found = await replay([...listed(2, GROWN.slice(1)), ...once, ...listed(4, GROWN)]);
    expect(found.day!.sets).toBe(1);
  });

  test('leaves out hidden papers and those of other days, and says how far it is', async () => {
    const hidden = listed(2, [[90, 0]]).map((paper) => ({ ...paper, id: 9000, hidden: true }));
    await storePapers(db, [...hidden, ...listed(2, GROWN), ...listed(10, GROWN)]);
    await rankAll(db, now);
    const steps: [number, number][] = [];
    const found = await replayHistory(db, range, {
      now,
      progress: (done, total) => steps.push([done, total]),
    });
    expect(found.day).toMatchObject({ sets: 1, papers: 5, ndcg: 1 });
    expect(steps).toEqual([[1, 1]]);
  });

  test('is kept until there is another, one without a result aside', async () => {
    expect(await lastReplay(db)).toBeNull();
    const found = await replay(listed(2, GROWN));
    expect(await lastReplay(db)).toEqual({ at: now, result: found });
    const nothing = { from: new Date('2025-01-06'), to: new Date('2025-01-13') };
    expect(await replayHistory(db, nothing, { now })).toMatchObject({ day: null, week: null });
    expect((await lastReplay(db))!.result).toEqual(found);
  });

  test('takes counts for settled when seven days are over', () => {
    expect(settledUntil(now)).toEqual(new Date('2026-11-16'));
  });
});
