import { beforeEach, describe, expect, test } from 'vitest';
import { sql } from '@/lib/db/sql';
import { rankAll, rankOutdated, rankPapers } from '@/lib/feed/rank';
import { emptyTables, testDatabase } from '../database';
import { addSignals, feedState, storePapers } from './papers';

const db = await testDatabase();
const now = new Date('2026-11-23T16:00:00Z');

beforeEach(() => emptyTables(db));

describe('ranking', () => {
  test('twice changes nothing the second time', async () => {
    await storePapers(db, [
      { id: 1, publishedAt: '2026-11-18', tags: ['peft'], signals: [['upvotes', 5, '2026-11-19']] },
      { id: 2, publishedAt: '2026-11-18', tags: ['peft', 'lora'], categories: ['cs.CL'] },
    ]);
    expect(await rankPapers(db, [1, 2], now)).toEqual({ changed: 2 });
    const once = await feedState(db);
    expect(await rankPapers(db, [2, 1, 2], now)).toEqual({ changed: 0 });
    expect(await rankAll(db, now)).toMatchObject({ changed: 0, papers: 2 });
    expect(await feedState(db)).toEqual(once);
  });

  test('paper by paper comes to the same as all at once', async () => {
    const papers = Array.from({ length: 40 }, (_, i) => ({
      id: i + 1,
      publishedAt: `2026-${10 + (i % 2)}-${String(1 + ((i * 5) % 27)).padStart(2, '0')}`,
      tags: i % 3 ? ['peft'] : ['lora', 'peft'],
      signals: [['upvotes', (i * 7) % 23, '2026-11-21'] as [string, number, string]],
    }));
    await storePapers(db, papers);
    for (const { id } of papers) await rankPapers(db, [id], now);
    const oneByOne = await feedState(db);
    await db.$executeRaw(sql`truncate feed_entry, feed_term, term_bitmap, paper_score`);
    await rankPapers(
      db,
      papers.map(({ id }) => id),
      now,
    );
    expect(await feedState(db)).toEqual(oneByOne);
  });

  test('is done anew after the weights changed, in as many goes as it takes', async () => {
    await storePapers(db, [
      { id: 1, publishedAt: '2026-11-18', signals: [['upvotes', 5, '2026-11-19']] },
      { id: 2, publishedAt: '2026-11-17', signals: [['upvotes', 3, '2026-11-19']] },
    ]);
    await rankPapers(db, [1, 2], now);
    expect(await rankOutdated(db, { now, budgetMs: 60_000 })).toEqual({
      outdated: 0,
      unchecked: false,
    });
    const ranked = await feedState(db);
    await db.$executeRaw(sql`update paper_score set score = score + 1, signal = 0`);
    await db.$executeRaw(sql`update feed_clock set ranking_version = ranking_version - 1`);
    expect(await rankOutdated(db, { now, budgetMs: 0 })).toEqual({ outdated: 0, unchecked: true });
    expect(await rankOutdated(db, { now, budgetMs: 60_000 })).toEqual({
      outdated: 2,
      unchecked: false,
    });
    expect(await feedState(db)).toEqual(ranked);
    expect(await rankOutdated(db, { now, budgetMs: 60_000 })).toEqual({
      outdated: 0,
      unchecked: false,
    });
  });

  test('of one paper leaves the others where they are', async () => {
    await storePapers(db, [
      { id: 1, publishedAt: '2026-11-18', signals: [['upvotes', 5, '2026-11-18']] },
      { id: 2, publishedAt: '2026-11-18', signals: [['upvotes', 3, '2026-11-18']] },
    ]);
    await rankPapers(db, [1, 2], now);
    await addSignals(db, 2, [['upvotes', 9, '2026-11-19']]);
    expect(await rankPapers(db, [1, 2], now)).toEqual({ changed: 1 });
  });

  test('as of a past moment sees only the signals of that time', async () => {
    await storePapers(db, [
      { id: 1, publishedAt: '2026-11-18', signals: [['upvotes', 5, '2026-11-18']] },
    ]);
    await rankPapers(db, [1], now);
    const past = await feedState(db);
    await addSignals(db, 1, [['upvotes', 50, '2026-11-22']]);
    await rankPapers(db, [1], new Date('2026-11-20'));
    expect(await feedState(db)).toEqual(past);
    await rankPapers(db, [1], now);
    expect(await feedState(db)).not.toEqual(past);
  });

  test('as of a past moment leaves out what nobody knew of then', async () => {
    await storePapers(db, [
      { id: 1, publishedAt: '2026-11-18', firstSeenAt: '2026-11-23T00:00:00Z' },
      { id: 2, publishedAt: '2026-11-21', firstSeenAt: '2026-11-21T00:00:00Z' },
      { id: 3, publishedAt: '2030-01-01', firstSeenAt: '2026-11-19T00:00:00Z' },
      { id: 4, publishedAt: null, firstSeenAt: '2026-11-22T00:00:00Z' },
    ]);
    const ranked = async () => (await feedState(db)).scores.map(({ paperId }) => paperId);
    await rankAll(db, now);
    expect(await ranked()).toEqual([1, 2, 3, 4]);
    await rankAll(db, new Date('2026-11-20'), { replay: true });
    expect(await ranked()).toEqual([1, 3]);
    await rankAll(db, now);
    expect(await ranked()).toEqual([1, 2, 3, 4]);
  });

  test('takes hidden and deleted papers out of every feed and count', async () => {
    await storePapers(db, [
      { id: 1, tags: ['peft'], signals: [['upvotes', 5, '2026-11-20']] },
      { id: 2, tags: ['peft'] },
    ]);
    await rankPapers(db, [1, 2], now);
    await db.paper.update({ where: { id: 1 }, data: { hiddenAt: now } });
    await rankPapers(db, [1], now);
    const { scores, counts } = await feedState(db);
    expect(scores.map(({ paperId }) => paperId)).toEqual([2]);
    expect(counts).toEqual([
      { term: 'all', papers: 1 },
      { term: 'tag:peft', papers: 1 },
    ]);
  });

  test('counts each term exactly when tags change', async () => {
    await storePapers(db, [
      { id: 1, tags: ['peft'], categories: ['cs.CL'], codeUrl: 'https://x.org' },
    ]);
    await rankPapers(db, [1], now);
    await db.paperTag.deleteMany({});
    await db.paperTag.create({ data: { paperId: 1, slug: 'lora', weight: 1 } });
    await rankPapers(db, [1], now);
    expect((await feedState(db)).counts).toEqual([
      { term: 'all', papers: 1 },
      { term: 'cat:cs.CL', papers: 1 },
      { term: 'tag:lora', papers: 1 },
    ]);
  });

  test('everything counts terms anew, deleted papers left out', async () => {
    await storePapers(db, [
      { id: 1, tags: ['peft'] },
      { id: 2, tags: ['peft'] },
    ]);
    await rankPapers(db, [1, 2], now);
    await db.paper.delete({ where: { id: 2 } });
    await rankAll(db, now);
    expect((await feedState(db)).counts).toEqual([
      { term: 'all', papers: 1 },
      { term: 'tag:peft', papers: 1 },
    ]);
  });

  test('by several processes at once leaves one living row a paper and term', async () => {
    const ids = [1, 2, 3, 4, 5, 6];
    await storePapers(
      db,
      ids.map((id) => ({ id, publishedAt: '2026-11-18', tags: ['peft'] })),
    );
    for (let round = 1; round <= 4; round++) {
      for (const id of ids)
        await addSignals(db, id, [['upvotes', round * id, `2026-11-${18 + round}`]]);
      await Promise.all(ids.map(() => rankPapers(db, ids, now)));
    }
    const twice = await db.$queryRaw(sql`
      select paper_id from feed_entry where valid_to = 2147483647
      group by paper_id, term having count(*) > 1`);
    expect(twice).toEqual([]);
  });
});
