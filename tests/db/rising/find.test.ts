import { beforeEach, expect, test } from 'vitest';
import { findRising } from '@/lib/rising/find';
import { keepRising, papersUpTo, readRising, tagCounts } from '@/lib/rising/store';
import { emptyTables, testDatabase } from '../database';
import { addPapers } from '../digest/world';

const db = await testDatabase();
beforeEach(() => emptyTables(db));

const now = new Date('2026-06-30T00:00:00Z');

test('a catalogue with too few papers has no rising topics, and what was kept goes', async () => {
  await addPapers(db, [{ id: 1 }]);
  await keepRising(db, [{ span: 'month', asOf: now, recent: 3_000, topics: [] }]);
  expect(await findRising(db, { now })).toEqual([]);
  expect(await readRising(db)).toEqual([]);
});

test('what is kept is read again, the longest span first, and replaces all that was', async () => {
  const topic = {
    phrase: 'agent memory',
    papers: 26,
    before: 10,
    growth: 4.3,
    score: 17,
    query: '+"agent memory"',
    weeks: [1, 2],
    shares: [0.1, 0.2],
    tags: ['agents'],
  };
  const month = { span: 'month' as const, asOf: now, recent: 2_500, topics: [topic] };
  const quarter = { span: 'quarter' as const, asOf: now, recent: 7_000, topics: [] };
  await keepRising(db, [month]);
  await keepRising(db, [month, quarter]);
  expect(await readRising(db)).toEqual([quarter, month]);
  await keepRising(db, [quarter]);
  expect(await readRising(db)).toEqual([quarter]);
});

test('papers are those first published in the days, without the hidden ones, with their tags', async () => {
  await addPapers(db, [{ id: 1 }, { id: 2 }, { id: 3 }]);
  const at = (day: string) => new Date(`${day}T00:00:00Z`);
  await db.paper.update({ where: { id: 1 }, data: { publishedAt: at('2026-06-29') } });
  await db.paper.update({ where: { id: 2 }, data: { publishedAt: at('2025-01-01') } });
  await db.paper.update({
    where: { id: 3 },
    data: { publishedAt: at('2026-06-28'), hiddenAt: at('2026-06-29') },
  });
  const found = await papersUpTo(db, now, 28);
  expect(found.map(({ id, publishedAt }) => [id, publishedAt])).toEqual([[1, at('2026-06-29')]]);
  await db.paperTag.createMany({
    data: [{ paperId: 1, slug: 'rising-test', weight: 1 }],
  });
  expect((await tagCounts(db, [1])).get('rising-test')).toBe(1);
});
