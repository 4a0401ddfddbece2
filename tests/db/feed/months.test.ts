import { beforeEach, describe, expect, it } from 'vitest';
import { monthCounts } from '@/lib/feed/month-query';
import { rankPapers } from '@/lib/feed/rank';
import { tagTrends } from '@/lib/feed/trend-query';
import { emptyTables, testDatabase } from '@/tests/db/database';
import { storePapers, type TestPaper } from './papers';

const db = await testDatabase();
beforeEach(() => emptyTables(db));

const now = new Date('2026-11-20T12:00:00Z');

async function store(papers: TestPaper[]) {
  const ids = papers.map(({ id }) => id);
  await storePapers(db, papers);
  await rankPapers(db, ids, now);
}

describe('papers by month', () => {
  it('count by publication, whenever a paper was listed, in every block of ids', async () => {
    const listed: TestPaper['signals'] = [['listing-place', 1, '2026-11-20T08:00:00Z']];
    await store([
      { id: 1, publishedAt: '2026-10-31T23:59:00Z', tags: ['peft'], signals: listed },
      { id: 2, publishedAt: '2026-11-01T00:00:00Z', tags: ['peft'], signals: listed },
      { id: 5000, publishedAt: '2026-10-05T00:00:00Z', tags: ['peft', 'lora'] },
      { id: 5001, publishedAt: '2026-10-05T00:00:00Z' },
      { id: 5002, publishedAt: '2026-10-05T00:00:00Z', tags: ['peft'], hidden: true },
      { id: 5003, publishedAt: '2020-10-05T00:00:00Z', tags: ['peft'] },
    ]);
    const counts = await monthCounts(db, 'peft', now);
    expect(counts).toHaveLength(25);
    expect(counts.slice(-2)).toEqual([
      { month: '2026-10', papers: 2, all: 3 },
      { month: '2026-11', papers: 1, all: 1 },
    ]);
    const lora = await monthCounts(db, 'lora', now);
    expect(lora.map(({ papers }) => papers)).toEqual([...Array(23).fill(0), 1, 0]);
  });

  it('end with the newest paper where all are old', async () => {
    await store([{ id: 1, publishedAt: '2019-05-31T23:00:00Z', tags: ['peft'] }]);
    const counts = await monthCounts(db, 'peft', now);
    expect(counts.at(-1)).toEqual({ month: '2019-05', papers: 1, all: 1 });
  });

  it('are none in an empty catalogue', async () => {
    const counts = await monthCounts(db, 'peft', now);
    expect(counts.every(({ papers, all }) => papers + all === 0)).toBe(true);
  });
});

it('a tag’s share of each month is told for a year, where the month has papers enough', async () => {
  const months = ['2026-10-05T00:00:00Z', '2026-11-05T00:00:00Z'];
  const papers = months.flatMap((publishedAt, month) =>
    Array.from({ length: 60 }, (_, i) => ({
      id: 1 + 60 * month + i,
      publishedAt,
      tags: i < 15 * (month + 1) ? ['peft'] : [],
    })),
  );
  await store([...papers, { id: 9000, publishedAt: '2026-09-05T00:00:00Z', tags: ['peft'] }]);
  const trends = await tagTrends(db, now);
  expect([...trends.keys()]).toEqual(['peft']);
  expect(trends.get('peft')).toEqual([...Array(10).fill(null), 0.25, 0.5]);
});
