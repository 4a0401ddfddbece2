import { createReadStream, existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeEach, describe, expect, it } from 'vitest';
import { isoDay } from '@/lib/calendar/day-names';
import { DAY_MS, startOfDay } from '@/lib/calendar/days';
import { sql } from '@/lib/db/sql';
import { makeFeed } from '@/lib/feed/filters';
import { openFeed } from '@/lib/feed/query';
import { UnreadableInput } from '@/lib/sources/formats/read';
import { importInput } from '@/lib/sources/import';
import { retryRejected } from '@/lib/sources/rejected-records';
import { loadSample, loadSampleIfEmpty, removeSample, sampleLoaded } from '@/lib/sources/sample';
import { latestRuns } from '@/lib/sources/status/query';
import { emptyTables, testDatabase } from '../database';
import { bytes, snapshot, snapshotLine } from './papers';

const db = await testDatabase();
const NOW = new Date('2026-11-23T12:00:00Z');
const read = (text: string, options = {}) => importInput(db, bytes(text), { now: NOW, ...options });

beforeEach(() => emptyTables(db));

describe('importing', () => {
  it('stores, tags, indexes and ranks, and a second time changes nothing', async () => {
    const text = snapshot(30);
    expect(await read(text)).toMatchObject({
      read: 30,
      new: 30,
      updated: 0,
      unchanged: 0,
      rejected: 0,
    });
    const version = () => db.catalogueVersion.findMany();
    const before = await version();
    expect(await read(text)).toMatchObject({ new: 0, updated: 0, unchanged: 30 });
    expect(await version()).toEqual(before);
    expect(await db.paperTag.count({ where: { slug: 'peft' } })).toBeGreaterThan(0);
    expect(await db.paperScore.count()).toBe(30);
    expect(await db.searchDocument.count()).toBe(30);
    expect(await db.pendingBatch.count()).toBe(0);
  });

  it('writes nothing in a dry run, and says what it would', async () => {
    expect(await read(snapshot(30), { dryRun: true })).toMatchObject({ new: 30 });
    expect([
      await db.paper.count(),
      await db.sourceRun.count(),
      await db.rejectedRecord.count(),
    ]).toEqual([0, 0, 0]);
  });

  it('heeds --limit and --since', async () => {
    expect(await read(snapshot(30), { limit: 7 })).toMatchObject({ read: 7, new: 7 });
    expect(await read(snapshot(30), { since: new Date('2024-06-01') })).toMatchObject({
      read: 0,
      skipped: 30,
    });
  });

  it('goes on where it was interrupted, and the end is the same', async () => {
    const text = snapshot(4_000);
    const abort = new AbortController();
    const size = text.length;
    const first = await read(text, { size, signal: abort.signal, onBatch: () => abort.abort() });
    expect(first).toMatchObject({ interrupted: true });
    expect(first.new).toBeGreaterThan(0);
    expect(first.new).toBeLessThan(4_000);
    const second = await read(text, { size });
    expect(second.resumedAfter).toBeGreaterThan(0);
    expect(first.new + second.new).toBe(4_000);
    expect(await db.paper.count()).toBe(4_000);
    expect(await read(text, { size })).toMatchObject({ resumedAfter: 0, unchanged: 4_000 });
    expect((await latestRuns(db, 3, NOW)).map(({ outcome }) => outcome)).toEqual([
      'done',
      'done',
      'interrupted',
    ]);
  });

  it('twice at once makes each paper once', async () => {
    const reports = await Promise.all([
      read(snapshot(900)),
      read(snapshot(900)),
      read(snapshot(900)),
    ]);
    expect(await db.paper.count()).toBe(900);
    expect(reports.reduce((sum, report) => sum + report.new, 0)).toBe(900);
    expect(reports.every((report) => report.rejected === 0)).toBe(true);
    expect(await db.paperScore.count()).toBe(900);
  });

  it('finishes what a killed import left half done', async () => {
    await read(snapshot(10));
    await db.$executeRaw(sql`delete from paper_tag`);
    await db.$executeRaw(
      sql`insert into pending_batch (paper_ids) select array_agg(id) from paper`,
    );
    await read(snapshotLine(1));
    expect(await db.paperTag.count()).toBeGreaterThan(0);
    expect(await db.pendingBatch.count()).toBe(0);
  });

  it('loses no batch and no run to characters that the database refuses', async () => {
    const text = [
      snapshotLine(1, { doi: '10.1234/a\u0000b', comments: `${'x'.repeat(1_999)}😀` }),
      snapshotLine(2, { doi: '10.1234/a\ud800', code_url: 'https://github.com/a/\ud800' }),
      ...Array.from({ length: 40 }, (_, i) => snapshotLine(10 + i)),
      '{"id": \u0000}',
    ].join('\n');
    expect(await read(text, { format: 'snapshot' })).toMatchObject({ new: 42, rejected: 1 });
    expect(await db.sourceRun.findMany()).toMatchObject([
      { outcome: 'done', message: expect.stringMatching(/^line 43: not JSON/) },
    ]);
    expect(await db.rejectedRecord.count()).toBe(1);
  });

  it('keeps made-up ids with one title apart', async () => {
    const text = [1, 2, 3]
      .map((n) => snapshotLine(n, { title: 'The same', authors: ['Same Author'] }))
      .join('\n');
    expect(await read(text)).toMatchObject({ new: 3 });
  });

  it('refuses what is no input of papers, and records nothing of it', async () => {
    await expect(read('<html></html>')).rejects.toThrow(UnreadableInput);
    expect(await db.sourceRun.count()).toBe(0);
  });

  it('rejects arXiv ids that it cannot fetch, and takes those that are here as read', async () => {
    await read(snapshotLine(1));
    const report = await read('2401.00001\n2401.99998\n');
    expect(report).toMatchObject({ unchanged: 1, rejected: 1 });
  });
});

describe('rejected records', () => {
  it('are kept until they can be stored', async () => {
    const [one, two] = ['Ann Author', 'Bob Other'].map((name, i) =>
      snapshotLine(i, {
        title: 'One title for two papers',
        authors: [name],
        abstract: `${name} says.`,
      }),
    );
    await read(`${one}\n${two}\n{"id": "broken"`);
    const listed = await read(
      'Mar 12\n\nOne title for two papers\n\nA third abstract that is quite different from both of the others, and long enough to be one.',
    );
    expect(listed).toMatchObject({ read: 1, rejected: 1, new: 0 });
    expect(listed.rejections[0]?.reason).toMatch(/2 papers have this title/);
    expect(await db.rejectedRecord.count()).toBe(2);

    const later = new Date(NOW.getTime() + 60_000);
    expect(await retryRejected(db, { now: later })).toMatchObject({ rejected: 2 });
    expect(await db.rejectedRecord.count()).toBe(2);
    await db.$executeRaw(sql`delete from paper where arxiv_id = '2401.00001'`);
    expect(await retryRejected(db, { now: new Date(later.getTime() + 60_000) })).toMatchObject({
      updated: 1,
      rejected: 1,
    });
    expect(await db.rejectedRecord.count()).toBe(1);
  });
});

describe('trying rejected records again', () => {
  const rejectedBefore = (format: string, raw: string) =>
    db.rejectedRecord.create({
      data: { fingerprint: raw, format, place: 'line 1', reason: 'a reason', raw, seenAt: NOW },
    });
  const later = new Date(NOW.getTime() + 60_000);

  it('is not stopped by a record that is no JSON', async () => {
    await rejectedBefore('record', '{"title": "cut');
    await rejectedBefore('snapshot', snapshotLine(1));
    expect(await retryRejected(db, { now: later })).toMatchObject({ new: 1, rejected: 1 });
    expect(await db.rejectedRecord.findMany()).toMatchObject([{ raw: '{"title": "cut' }]);
  });

  it('fetches ids that could not be fetched before', async () => {
    await rejectedBefore('arxiv-ids', '2401.00001');
    async function* fetchWanted([arxivId]: string[]) {
      const record = {
        source: 'arxiv-atom' as const,
        title: 'Found at last',
        authors: ['A B'],
        categories: [],
        keywords: [],
        signals: [],
        arxivId,
      };
      yield { kind: 'record' as const, at: 'line 1', record };
    }
    expect(await retryRejected(db, { now: later, fetchWanted })).toMatchObject({ new: 1 });
    expect(await db.rejectedRecord.count()).toBe(0);
  });

  it('reads long records whole, and those kept by their beginning not at all', async () => {
    const long = snapshotLine(1, { id: 'x', abstract: 'word '.repeat(8_000) });
    const endless = snapshotLine(2, { id: 'x', abstract: 'word '.repeat(30_000) });
    await read(`${long}\n${endless}`, { format: 'snapshot' });
    const before = await db.rejectedRecord.findMany({ orderBy: { id: 'asc' } });
    expect(before.map(({ format, raw }) => [format, raw === long])).toEqual([
      ['snapshot', true],
      ['beginning', false],
    ]);
    expect(await retryRejected(db, { now: later })).toMatchObject({ rejected: 2 });
    const after = await db.rejectedRecord.findMany({ orderBy: { id: 'asc' } });
    expect(after.map(({ id, reason }) => [id, reason])).toEqual(
      before.map(({ id, reason }) => [id, reason]),
    );
  });
});

describe('the sample catalogue', () => {
  it('is loaded once into an empty catalogue, as summaries', async () => {
    expect(await loadSampleIfEmpty(db, NOW)).toBe(98);
    expect(await loadSampleIfEmpty(db, NOW)).toBe(0);
    expect(await db.paper.count({ where: { abstractKind: 'summary' } })).toBe(98);
  });

  it('is a page read on the day of the first start, with true dates and counts', async () => {
    await loadSample(db, NOW);
    const { papers } = await openFeed(db, makeFeed({ view: 'trending', window: 'day' }), {
      limit: 100,
      now: NOW,
    });
    expect(papers.length).toBe(98);
    const [first] = papers;
    expect(first!.publishedAt!.getTime()).toBeLessThan(Date.parse('2026-01-01'));
    const upvotes = papers.flatMap(({ signals }) => signals.filter((s) => s.kind === 'upvotes'));
    expect(upvotes.length).toBe(14);
    expect(new Set(upvotes.map(({ seenAt }) => isoDay(seenAt)))).toEqual(new Set(['2026-11-23']));
  });

  it('keeps its day when it is loaded again, and says how many papers it has', async () => {
    await loadSample(db, NOW);
    await loadSample(db, new Date(NOW.getTime() + 5 * DAY_MS));
    expect(await sampleLoaded(db)).toEqual({ papers: 98, listedOn: startOfDay(NOW) });
    const listings = await db.signal.findMany({ where: { kind: 'listing-place' } });
    expect(new Set(listings.map(({ seenAt }) => seenAt.getTime()))).toEqual(
      new Set([startOfDay(NOW).getTime()]),
    );
  });

  it('takes its listing along when it is removed', async () => {
    await loadSample(db, NOW);
    const [kept] = await db.paper.findMany({ take: 1, orderBy: { id: 'asc' } });
    await read(
      `${kept!.title}\n\nWe present our method. ${'This paper shows its results. '.repeat(10)}`,
    );
    await removeSample(db, NOW);
    expect(await sampleLoaded(db)).toBeNull();
    const sources = await db.signal.findMany({ where: { kind: 'listing-place' } });
    expect(sources.map(({ source }) => source)).not.toContain('sample');
    expect((await db.feedTerm.findUnique({ where: { term: 'all' } }))?.papers).toBe(1);
  });

  it('stays away once removed, and leaves what a source confirmed', async () => {
    await loadSample(db, NOW);
    const [kept] = await db.paper.findMany({ take: 1 });
    await read(
      `${kept!.title}\n\nWe present our method. ${'This paper shows its results. '.repeat(10)}`,
    );
    expect(await removeSample(db, NOW)).toBe(97);
    expect((await db.paper.findMany()).map(({ id }) => id)).toEqual([kept!.id]);
    await db.$executeRaw(sql`delete from paper`);
    expect(await loadSampleIfEmpty(db, NOW)).toBe(0);
    expect(await loadSample(db, NOW)).toBe(98);
  });

  const page = fileURLToPath(
    new URL('../../../../shared/data/listing/trending-page.txt', import.meta.url),
  );
  it.skipIf(!existsSync(page))(
    'gets its real abstracts from a real page, keeping ids, authors and dates',
    async () => {
      await loadSample(db, NOW);
      const before = await db.paper.findMany({ orderBy: { id: 'asc' } });
      const report = await importInput(db, createReadStream(page), { now: NOW });
      expect(report).toMatchObject({ new: 0, updated: 98, rejected: 0 });
      const after = await db.paper.findMany({ orderBy: { id: 'asc' } });
      const stable = (paper: (typeof after)[number]) => [
        paper.id,
        paper.arxivId,
        paper.title,
        paper.authors,
        paper.publishedAt,
      ];
      expect(after.map(stable)).toEqual(before.map(stable));
      expect(
        after.every((paper) => paper.abstractKind === 'abstract' && paper.abstract.length > 200),
      ).toBe(true);
      expect(await importInput(db, createReadStream(page), { now: NOW })).toMatchObject({
        unchanged: 98,
      });
    },
  );
});
