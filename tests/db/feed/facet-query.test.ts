import { beforeEach, describe, expect, test } from 'vitest';
import { sql } from '@/lib/db/sql';
import { feedFacets } from '@/lib/feed/facet-query';
import { type Feed, makeFeed } from '@/lib/feed/filters';
import { feedTerms } from '@/lib/feed/list-terms';
import { WINDOWS, windowStart } from '@/lib/feed/periods';
import { feedRange, listFeedIds } from '@/lib/feed/query';
import { rankAll, rankPapers, recountFeeds } from '@/lib/feed/rank';
import { emptyTables, testDatabase } from '../database';
import { feedState, storePapers, type TestPaper } from './papers';

const db = await testDatabase();
beforeEach(() => emptyTables(db));

const now = new Date('2026-11-20T12:00:00Z');
const TAGS = ['lora', 'peft', 'robotics', 'fine-tuning'];
const DAY = 86_400_000;

/** Papers in two blocks, over two years, with every mixture of tags, categories and code. */
function catalogue(): TestPaper[] {
  return Array.from({ length: 60 }, (_, i) => ({
    id: 4070 + i,
    publishedAt: new Date(+now - ((i * i) % 700) * DAY).toISOString(),
    tags: TAGS.filter((_, bit) => (i >> bit) & 1),
    categories: [i % 3 ? 'cs.LG' : 'cs.CL'],
    codeUrl: i % 5 ? undefined : 'https://example.org/code',
    hidden: i === 7,
  }));
}

const FEEDS: Partial<Feed>[] = [
  { window: 'all' },
  { window: 'week' },
  { window: 'day' },
  { tags: ['peft'] },
  { tags: ['peft', 'lora'], window: 'year' },
  { tags: ['peft'], without: ['lora', 'robotics'] },
  { category: 'cs.CL', hasCode: true, window: 'month' },
  { hasCode: true, without: ['peft'] },
  { period: { unit: 'month', value: '2026-11' }, tags: ['fine-tuning'] },
  { tags: ['vision-language'] },
];

async function expectCounts() {
  const rows = await db.paperScore.findMany();
  for (const wanted of FEEDS) {
    const feed = makeFeed(wanted);
    const { wanted: terms, unwanted } = feedTerms(feed);
    const ever = rows.filter(
      (row) =>
        terms.every((term) => row.terms.includes(term)) &&
        !unwanted.some((term) => row.terms.includes(term)),
    );
    const { from, to } = feedRange(feed, now);
    const inside = ever.filter(({ feedAt }) => (!from || feedAt >= from) && (!to || feedAt < to));
    const facets = await feedFacets(db, feed, now);
    const counts: Record<string, number> = {};
    // Months are counted by tag alone.
    const counted = inside.flatMap((row) => row.terms).filter((term) => !term.startsWith('month:'));
    for (const term of counted) counts[term] = (counts[term] ?? 0) + 1;
    const what = JSON.stringify(wanted);
    expect(facets.total, what).toBe(inside.length);
    expect(Object.fromEntries(facets.papers), what).toEqual(counts);
    for (const window of WINDOWS) {
      const start = windowStart(window, now);
      const since = ever.filter(({ feedAt }) => !start || feedAt >= start);
      expect(facets.windows[window], `${what} ${window}`).toBe(since.length);
    }
    const { ids } = await listFeedIds(db, feed, { limit: 100, now });
    expect(ids.length, what).toBe(facets.total);
  }
}

describe('counts of a feed', () => {
  test('are those of its list, whatever its filters', async () => {
    const papers = catalogue();
    await storePapers(db, papers);
    await rankPapers(
      db,
      papers.map(({ id }) => id),
      now,
    );
    await expectCounts();
  });

  test('follow papers that change their tags, are hidden, or are deleted', async () => {
    const papers = catalogue();
    const ids = papers.map(({ id }) => id);
    await storePapers(db, papers);
    await rankPapers(db, ids, now);
    await db.paperTag.deleteMany({ where: { slug: 'peft', paperId: { lt: 4090 } } });
    await db.paper.updateMany({ where: { id: { in: [4100, 4101] } }, data: { hiddenAt: now } });
    await rankPapers(db, ids, now);
    await expectCounts();
    const kept = await feedState(db);
    await recountFeeds(db);
    expect(await feedState(db)).toEqual(kept);
    await db.$executeRaw(sql`delete from paper where id > 4110`);
    await rankAll(db, now);
    await expectCounts();
  });

  test('know of papers that are older than every window', async () => {
    await storePapers(db, [{ id: 1, publishedAt: '2020-01-01', tags: ['peft'] }]);
    await rankPapers(db, [1], now);
    const { total, windows } = await feedFacets(db, makeFeed({ window: 'week' }), now);
    expect([total, windows.year, windows.all]).toEqual([0, 0, 1]);
  });

  test('of today are those filed under the day', async () => {
    await storePapers(db, [
      { id: 1, publishedAt: '2026-11-20T01:00:00Z' },
      { id: 2, publishedAt: '2026-11-19T23:00:00Z' },
    ]);
    await rankPapers(db, [1, 2], now);
    expect(await feedFacets(db, makeFeed(), now)).toMatchObject({ today: 1, total: 2 });
  });
});
