import { beforeEach, describe, expect, test } from 'vitest';
import { type Feed, feedPath } from '@/lib/feed/filters';
import { type Neighbours, paperNeighbours } from '@/lib/feed/neighbour-query';
import { listFeedIds } from '@/lib/feed/query';
import { rankPapers } from '@/lib/feed/rank';
import { emptyTables, testDatabase } from '../database';
import { storePapers, type TestPaper } from './papers';

const db = await testDatabase();
const now = new Date('2026-11-23T16:00:00Z');

async function stock(papers: TestPaper[]) {
  await storePapers(db, papers);
  await rankPapers(
    db,
    papers.map(({ id }) => id),
    now,
  );
}

const beside = (id: number, tags: string[] = []) => paperNeighbours(db, { id, tags }, now);
const sides = ({ before, after }: Neighbours) => [before?.id ?? null, after?.id ?? null];

beforeEach(() => emptyTables(db));

describe('the papers beside one', () => {
  test.each([
    ['with upvotes', (i: number): TestPaper['signals'] => [['upvotes', i * 7, '2026-11-22']]],
    ['without any signal', () => []],
  ])('are those that its lists show next to it, %s', async (_, signals) => {
    await stock(
      Array.from({ length: 24 }, (_, i) => ({
        id: i + 1,
        // Half of them of this week.
        publishedAt: i % 2 ? `2026-11-${18 + (i % 5)}` : `2025-0${1 + (i % 9)}-11`,
        tags: i % 3 ? ['peft', 'lora'] : ['peft'],
        signals: signals(i),
      })),
    );
    const lists = new Map<string, { feed: Feed; ids: number[] }>();
    for (let id = 1; id <= 24; id++) {
      for (const found of await beside(id, (id - 1) % 3 ? ['peft', 'lora'] : ['peft'])) {
        const path = feedPath(found.feed);
        const { ids } = await listFeedIds(db, found.feed, { limit: 100, now });
        lists.set(path, { feed: found.feed, ids });
        const place = ids.indexOf(id);
        expect([path, id, place >= 0, ...sides(found)]).toEqual([
          path,
          id,
          true,
          ids[place - 1] ?? null,
          ids[place + 1] ?? null,
        ]);
      }
    }
    expect([...lists.keys()].sort()).toEqual([
      '/',
      '/new',
      '/tags/lora',
      '/tags/lora/new',
      '/tags/peft',
      '/tags/peft/new',
    ]);
  });

  test('are of at most three lists, the most specific tags first', async () => {
    await stock([
      { id: 1, publishedAt: '2025-01-01', tags: ['efficient-training', 'peft', 'lora', 'music'] },
      { id: 2, publishedAt: '2025-01-02', tags: ['efficient-training', 'peft', 'lora', 'music'] },
    ]);
    const lists = await beside(1, ['efficient-training', 'peft', 'lora', 'music']);
    expect(lists.map(({ feed }) => feedPath(feed)).slice(0, 2)).toEqual(['/new', '/tags/lora/new']);
    expect(lists).toHaveLength(3);
  });

  test('are none for a paper that stands alone, is hidden or is not ranked yet', async () => {
    await stock([{ id: 1, publishedAt: '2025-01-01' }]);
    expect(await beside(1)).toEqual([]);
    await stock([{ id: 2, publishedAt: '2025-01-02', hidden: true }]);
    expect(await beside(2)).toEqual([]);
    expect(await beside(1)).toEqual([]);
    expect(await beside(99)).toEqual([]);
  });
});
