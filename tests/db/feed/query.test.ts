import { beforeEach, describe, expect, test } from 'vitest';
import { type Feed, makeFeed } from '@/lib/feed/filters';
import { BadCursor, listFeed, listFeedIds, openFeed } from '@/lib/feed/query';
import { forgetEndedWalks, rankPapers } from '@/lib/feed/rank';
import { emptyTables, testDatabase } from '../database';
import { addSignals, storePapers, type TestPaper } from './papers';

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

async function ids(feed: Partial<Feed>, limit = 100): Promise<number[]> {
  return (await listFeedIds(db, makeFeed(feed), { limit, now })).ids;
}

/** Reads a feed to its end, doing something between pages. */
async function walk(feed: Feed, limit: number, between: (page: number) => Promise<void>) {
  const seen: number[] = [];
  let after: string | null = null;
  for (let page = 0; page < 100; page++) {
    const { ids, next } = await listFeedIds(db, feed, { limit, after, now });
    seen.push(...ids);
    if (!next) return seen;
    after = next;
    await between(page);
  }
  throw new Error('The walk does not end.');
}

beforeEach(() => emptyTables(db));

describe('a feed', () => {
  test('of papers that only have a place on a listing keeps that order', async () => {
    await stock(
      Array.from({ length: 98 }, (_, i) => ({
        id: ((i * 37) % 98) + 1,
        publishedAt: `20${10 + (i % 14)}-0${1 + (i % 9)}-11`,
        tags: i % 4 ? [] : ['peft'],
        signals: [['listing-place', i + 1, '2026-11-20', 'listing']],
      })),
    );
    const order = Array.from({ length: 98 }, (_, i) => ((i * 37) % 98) + 1);
    expect(await ids({})).toEqual(order);
    expect(await ids({ view: 'top', window: 'all' })).toEqual(order);
    expect(await ids({ view: 'new' })).toEqual(order);
  });

  test('has all of its tags, none of those excluded, its category, and code if asked', async () => {
    await stock([
      { id: 1, tags: ['peft'] },
      { id: 2, tags: ['peft', 'lora'], categories: ['cs.CL'] },
      { id: 3, tags: ['peft', 'lora', 'video'], codeUrl: 'https://example.org/x' },
      { id: 4, categories: ['cs.CL', 'cs.LG'], codeUrl: 'https://example.org/y' },
    ]);
    const sorted = async (feed: Partial<Feed>) => (await ids(feed)).sort();
    expect(await sorted({ tags: ['peft'] })).toEqual([1, 2, 3]);
    expect(await sorted({ tags: ['peft', 'lora'] })).toEqual([2, 3]);
    expect(await sorted({ tags: ['peft', 'lora'], without: ['video'] })).toEqual([2]);
    expect(await sorted({ without: ['lora'] })).toEqual([1, 4]);
    expect(await sorted({ category: 'cs.CL' })).toEqual([2, 4]);
    expect(await sorted({ category: 'cs.CL', hasCode: true })).toEqual([4]);
    expect(await sorted({ hasCode: true })).toEqual([3, 4]);
    expect(await sorted({ tags: ['peft', 'nothing'] })).toEqual([]);
  });

  test('keeps to its window or its calendar period', async () => {
    await stock([
      { id: 1, publishedAt: '2026-11-23T10:00:00Z' },
      { id: 2, publishedAt: '2026-11-17' },
      { id: 3, publishedAt: '2026-11-01' },
      { id: 4, publishedAt: '2026-01-05' },
      { id: 5, publishedAt: '2020-02-29' },
    ]);
    expect(await ids({ window: 'day' })).toEqual([1]);
    expect(await ids({ window: 'week' })).toEqual([1, 2]);
    expect(await ids({ window: 'month' })).toEqual([1, 2, 3]);
    expect(await ids({ window: 'year' })).toEqual([1, 2, 3, 4]);
    expect(await ids({ window: 'all' })).toEqual([1, 2, 3, 4, 5]);
    expect(await ids({ period: { unit: 'day', value: '2020-02-29' } })).toEqual([5]);
    expect(await ids({ period: { unit: 'month', value: '2026-11' } })).toEqual([1, 2, 3]);
    expect(await ids({ period: { unit: 'week', value: '2026-w02' } })).toEqual([4]);
  });

  test('followed by earlier papers where there are few, by interest, and never twice', async () => {
    const vote = (value: number) => [['upvotes', value, '2026-11-19'] as [string, number, string]];
    await stock([
      { id: 1, publishedAt: '2026-11-19' },
      { id: 2, publishedAt: '2026-11-01', signals: vote(3) },
      { id: 3, publishedAt: '2026-10-30', signals: vote(9) },
      ...Array.from({ length: 10 }, (_, i) => ({ id: 10 + i, publishedAt: '2026-02-01' })),
    ]);
    const open = (wanted: Parameters<typeof makeFeed>[0]) =>
      openFeed(db, makeFeed(wanted), { limit: 30, now });
    const week = await open({});
    expect(week.papers.map(({ id }) => id)).toEqual([1]);
    // A month adds too few to fill the page.
    expect(week.earlier?.feed.window).toBe('year');
    expect(week.earlier?.papers.slice(0, 2).map(({ id }) => id)).toEqual([3, 2]);
    expect(week.earlier?.papers).toHaveLength(12);
    expect((await open({ window: 'all' })).earlier).toBeNull();
    expect((await open({ window: 'year' })).earlier).toBeNull();
    expect((await open({ tags: ['none'], window: 'day' })).earlier).toBeNull();
  });

  test('opened, tells which sources are silent where there are few papers', async () => {
    await stock([{ id: 1, publishedAt: '2026-02-01' }]);
    const source = { enabled: true, failures: 3, problem: 'no answer' };
    await db.sourceState.createMany({
      data: [
        { name: 'daily-papers', ...source, succeededAt: new Date('2026-11-20') },
        { name: 'arxiv', ...source, succeededAt: new Date('2026-11-23T10:00:00Z') },
        { name: 'github', ...source, enabled: false },
      ],
    });
    const page = await openFeed(db, makeFeed(), { limit: 10, now });
    expect(page.earlier?.papers.map(({ id }) => id)).toEqual([1]);
    expect(page.sourcesAreOn).toBe(true);
    expect(page.lagging).toEqual([{ name: 'daily-papers', succeededAt: new Date('2026-11-20') }]);
  });

  describe('without fresh signals', () => {
    const old: TestPaper[] = [
      { id: 1, publishedAt: '2026-10-30', tags: ['peft'], signals: [['upvotes', 2, '2026-11-01']] },
      {
        id: 2,
        publishedAt: '2026-06-01',
        tags: ['peft'],
        signals: [['upvotes', 90, '2026-06-02']],
      },
      {
        id: 3,
        publishedAt: '2026-02-01',
        tags: ['peft'],
        signals: [['upvotes', 40, '2026-02-02']],
      },
      { id: 4, publishedAt: '2026-11-22', tags: ['lora'] },
      { id: 5, publishedAt: '2026-10-29', tags: ['peft'] },
    ];
    const fresh: TestPaper = {
      id: 6,
      publishedAt: '2026-11-09',
      tags: ['peft'],
      signals: [['upvotes', 1, '2026-11-10']],
    };

    test('is sorted by interest in the window, not by date', async () => {
      await stock(old);
      expect(await ids({ window: 'all' })).toEqual([2, 3, 1, 4, 5]);
      expect(await ids({ window: 'year', tags: ['peft'] })).toEqual([2, 3, 1, 5]);
      expect(await ids({ window: 'month' })).toEqual([1, 4, 5]);
    });

    test('goes back to the score with the first fresh one, list by list', async () => {
      await stock([...old, fresh]);
      expect(await ids({ window: 'all' })).toEqual([4, 6, 1, 5, 2, 3]);
      expect(await ids({ window: 'all', tags: ['peft'], without: ['lora'] })).toEqual([
        6, 1, 5, 2, 3,
      ]);
      expect(await ids({ window: 'all', tags: ['lora'] })).toEqual([4]);
      await db.paper.update({ where: { id: 6 }, data: { hiddenAt: now } });
      await rankPapers(db, [6], now);
      expect(await ids({ window: 'all' })).toEqual([2, 3, 1, 4, 5]);
    });

    test('keeps its order from page to page, though fresh ones come meanwhile', async () => {
      await stock(old);
      const seen = await walk(makeFeed({ window: 'all' }), 2, async () => {
        await db.paper.deleteMany({ where: { id: 6 } });
        await stock([fresh]);
      });
      expect(seen).toEqual([2, 3, 1, 4, 5]);
    });

    test('a calendar period keeps to the score: it is as it was at its end', async () => {
      await stock(old);
      expect(await ids({ period: { unit: 'month', value: '2026-10' } })).toEqual([1, 5]);
      expect(await ids({ period: { unit: 'month', value: '2026-06' } })).toEqual([2]);
    });
  });

  test('tells why each paper stands there, in numbers that add up', async () => {
    await stock([
      {
        id: 1,
        publishedAt: '2026-11-18',
        tags: ['peft'],
        signals: [
          ['upvotes', 12, '2026-11-19'],
          ['comments', 3, '2026-11-19'],
        ],
      },
    ]);
    const { papers } = await listFeed(db, makeFeed(), { limit: 10, now });
    const { score, parts } = papers[0]!.why;
    expect(parts.map(({ key }) => key)).toEqual(['start', 'upvotes', 'date']);
    expect(parts.reduce((sum, part) => sum + part.value, 0)).toBeCloseTo(score, 6);
    const stored = await db.paperScore.findUniqueOrThrow({ where: { paperId: 1 } });
    expect(score).toBeCloseTo(stored.score, 1);
  });
});

describe('paging', () => {
  const papers: TestPaper[] = Array.from({ length: 57 }, (_, i) => ({
    id: i + 1,
    publishedAt: `2026-11-${String(1 + (i % 22)).padStart(2, '0')}`,
    tags: i % 2 ? ['peft'] : ['peft', 'lora'],
    signals: [['upvotes', (i * 13) % 31, '2026-11-22']],
  }));

  const walks: Partial<Feed>[] = [
    { view: 'trending' },
    { view: 'new' },
    { view: 'top' },
    { view: 'trending', tags: ['peft', 'lora'] },
    { view: 'new', tags: ['peft'], without: ['lora'] },
    { view: 'top', tags: ['peft'] },
  ];
  test.each(walks)('%o shows every paper once, in the order of one page', async (filters) => {
    await stock(papers);
    const feed = makeFeed({ window: 'all', ...filters });
    const whole = (await listFeedIds(db, feed, { limit: 100, now })).ids;
    expect(await walk(feed, 4, async () => {})).toEqual(whole);
    expect(new Set(whole).size).toBe(whole.length);
  });

  test.each(['trending', 'new', 'top'] as const)(
    '%s is not disturbed by ranking, hiding and new papers between its pages',
    async (view) => {
      await stock(papers);
      const feed = makeFeed({ view, window: 'all', tags: ['peft'] });
      const whole = (await listFeedIds(db, feed, { limit: 100, now })).ids;
      let next = 1000;
      const seen = await walk(feed, 5, async (page) => {
        // What stood last goes to the top, what stood first falls, papers come, one is hidden.
        for (const id of whole.filter((_, i) => i % 4 === page % 4)) {
          await addSignals(db, id, [
            ['upvotes', page % 2 ? 0 : 400, `2026-11-23T${10 + page}:00:00Z`],
          ]);
          await addSignals(db, id, [['listed', 1, `2026-11-0${1 + (page % 9)}`]]);
        }
        await storePapers(db, [{ id: next++, publishedAt: '2026-11-23', tags: ['peft'] }]);
        await db.paper.update({ where: { id: whole[page]! }, data: { hiddenAt: now } });
        await rankPapers(db, [...whole, next - 1], new Date('2026-11-24'));
      });
      expect(seen).toEqual(whole);
    },
  );

  test('goes on as well as it can where a walk began too long ago', async () => {
    await stock(papers);
    const feed = makeFeed({ view: 'new', tags: ['peft'] });
    const first = await listFeedIds(db, feed, { limit: 10, now });
    const later = (hours: number) => new Date(now.getTime() + hours * 3_600_000);
    for (const hours of [3, 6, 9]) {
      await addSignals(db, 57, [['upvotes', hours, `2026-11-23T0${hours}:00:00Z`]]);
      await rankPapers(db, [57], later(hours));
      await forgetEndedWalks(db, later(hours));
    }
    const { horizon } = await db.feedClock.findUniqueOrThrow({ where: { id: 1 } });
    expect(horizon).toBeGreaterThan(1);
    expect(await db.feedEntry.count({ where: { validTo: { lte: horizon } } })).toBe(0);
    const rest = await listFeedIds(db, feed, { limit: 100, after: first.next, now });
    expect(new Set([...first.ids, ...rest.ids]).size).toBe(57);
  });

  test('refuses what is not its cursor', async () => {
    await stock(papers.slice(-3));
    const { next } = await listFeedIds(db, makeFeed({ window: 'all' }), { limit: 1, now });
    for (const [view, after] of [
      ['new', next!],
      ['trending', 'x'],
      ['trending', ''.padEnd(150, 'A')],
      ['new', Buffer.from('1~9e300~1~1').toString('base64url')],
      ['top', Buffer.from('1~Infinity~1~1').toString('base64url')],
      ['trending', Buffer.from('1~1~99999999999').toString('base64url')],
    ] as const) {
      const page = listFeedIds(db, makeFeed({ view }), { limit: 1, after, now });
      await expect(page).rejects.toBeInstanceOf(BadCursor);
    }
  });
});
