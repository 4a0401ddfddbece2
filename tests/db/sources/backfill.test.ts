import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeEach, describe, expect, it } from 'vitest';
import { isoDay } from '@/lib/calendar/day-names';
import { makeFeed } from '@/lib/feed/filters';
import { openFeed } from '@/lib/feed/query';
import { backfill } from '@/lib/sources/poll/backfill';
import { emptyTables, testDatabase } from '../database';
import { entry, services } from './services';

const db = await testDatabase();
/** A Monday. */
const NOW = new Date('2026-11-23T12:00:00Z');
const { play, settings, transport } = await services(db, NOW);

const dayOfQuery = (query: URLSearchParams) => {
  const [, year, month, day] = /submittedDate:\[(\d{4})(\d\d)(\d\d)0000 TO \d{8}2359\]/.exec(
    query.get('search_query') ?? '',
  )!;
  return `${year}-${month}-${day}`;
};
const askedDays = () =>
  play.asked.map((path) => {
    const { searchParams } = new URL(path, 'http://localhost');
    return searchParams.get('date') ?? dayOfQuery(searchParams);
  });

/** Two papers a day, as the daily papers' interface gives them; weekends have none. */
const daily = (day: string) => ({
  body: JSON.stringify(
    [0, 6].includes(new Date(day).getUTCDay())
      ? []
      : [1, 2].map((n) => ({
          paper: {
            id: `26${day.slice(5, 7)}.${day.slice(8)}00${n}`,
            title: `Paper ${n} of ${day}`,
            summary: 'We propose a method.',
            authors: [{ name: `Ann A${n}` }],
            publishedAt: `${day}T01:00:00.000Z`,
            submittedOnDailyAt: `${day}T05:00:00.000Z`,
            upvotes: 10 * n,
          },
        })),
  ),
});

const atom = (total: number, ...entries: string[]) =>
  `<feed xmlns="http://www.w3.org/2005/Atom" xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/"><opensearch:totalResults>${total}</opensearch:totalResults>${entries.join('')}</feed>`;

beforeEach(async () => {
  await emptyTables(db);
  play.asked = [];
});

describe('filling the last days from daily papers', () => {
  it('asks day by day, the newest first, and files papers under their day with their upvotes', async () => {
    play.answer = ({ searchParams: q }) => daily(q.get('date')!);
    const days: string[] = [];
    const report = await backfill(db, 'daily-papers', {
      ...settings,
      days: 8,
      onDay: ({ day }) => days.push(day),
    });
    expect(report).toEqual({ days: 8, read: 12, goesOn: false });
    expect(askedDays()).toEqual(days);
    expect(days).toEqual([...days].sort().reverse());
    const { papers } = await openFeed(db, makeFeed({ view: 'new', window: 'month' }), {
      limit: 20,
      now: NOW,
    });
    expect(papers.map(({ feedAt }) => isoDay(feedAt))[0]).toBe('2026-11-23');
    expect(papers.length).toBe(12);
    expect(
      papers.every(({ signals }) =>
        signals.some(({ kind, value }) => kind === 'upvotes' && value >= 10),
      ),
    ).toBe(true);
  });

  it('waits as long as the host asks, and asks the same day again', async () => {
    let refused = false;
    play.answer = ({ searchParams: q }) => {
      if (q.get('date') !== '2026-11-20' || refused) return daily(q.get('date')!);
      refused = true;
      return { status: 429, headers: { 'retry-after': '1' }, body: 'slow down' };
    };
    const startedAt = Date.now();
    expect(await backfill(db, 'daily-papers', { ...settings, days: 5 })).toEqual({
      days: 5,
      read: 6,
      goesOn: false,
    });
    expect(Date.now() - startedAt).toBeGreaterThanOrEqual(1_000);
    expect(askedDays().filter((day) => day === '2026-11-20').length).toBe(2);
  });

  it('stops where the host asks for a long pause, and the next call goes on there', async () => {
    let away = true;
    play.answer = ({ searchParams: q }) =>
      away && q.get('date') === '2026-11-13'
        ? { status: 429, headers: { 'retry-after': '3600' }, body: 'slow down' }
        : daily(q.get('date')!);
    const stopped = await backfill(db, 'daily-papers', { ...settings, days: 20 });
    expect(stopped).toMatchObject({
      problem: expect.stringMatching(/asks not to be asked before/),
    });
    const before = await db.paper.count();
    expect(before).toBe(12);
    away = false;
    play.asked = [];
    await db.hostSlot.deleteMany();
    expect(await backfill(db, 'daily-papers', { ...settings, days: 20 })).toMatchObject({
      goesOn: false,
    });
    expect(askedDays()[0]).toBe('2026-11-13');
    expect(askedDays().length).toBe(10);
    expect(await db.paper.count()).toBe(28);
    play.asked = [];
    await backfill(db, 'daily-papers', { ...settings, days: 20 });
    expect(play.asked).toEqual([]);
  });

  it('can be interrupted while it waits, and keeps what it has', async () => {
    const abort = new AbortController();
    play.answer = ({ searchParams: q }) => daily(q.get('date')!);
    const report = await backfill(db, 'daily-papers', {
      ...settings,
      transport: transport({
        signal: abort.signal,
        ruleFor: (key) => ({ key, delayMs: 50, concurrency: 1 }),
      }),
      signal: abort.signal,
      days: 30,
      onDay: ({ done }) => done === 4 && abort.abort(),
    });
    expect(report).toMatchObject({ goesOn: true, days: 4 });
    play.asked = [];
    await backfill(db, 'daily-papers', { ...settings, days: 30 });
    expect(askedDays()[0]).toBe('2026-11-19');
  });

  const recorded = fileURLToPath(
    new URL('../../../../shared/data/hf-daily/2025-01-08.json', import.meta.url),
  );
  it.skipIf(!existsSync(recorded))('reads a real day as it was recorded', async () => {
    const body = readFileSync(recorded, 'utf8');
    play.answer = ({ searchParams: q }) => ({ body: q.get('date') === '2025-01-08' ? body : '[]' });
    const now = new Date('2025-01-09T12:00:00Z');
    const report = await backfill(db, 'daily-papers', { ...settings, now, days: 3 });
    expect(report).toMatchObject({ days: 3, goesOn: false });
    expect(await db.paper.count()).toBeGreaterThan(10);
    expect(await db.signal.count({ where: { kind: 'upvotes' } })).toBe(await db.paper.count());
  });
});

describe('filling the last days from arXiv', () => {
  it('asks for each day of the chosen categories, page by page, over empty days', async () => {
    play.answer = ({ searchParams: q }) => {
      const day = dayOfQuery(q);
      if (day !== '2026-11-20') return { body: atom(0) };
      const start = Number(q.get('start'));
      const page = [0, 1].map((n) =>
        entry(`2611.${10_000 + start + n}`, `${day}T1${9 - start}:00:00Z`),
      );
      return { body: atom(4, ...page) };
    };
    expect(await backfill(db, 'arxiv-atom', { ...settings, days: 5 })).toEqual({
      days: 5,
      read: 4,
      goesOn: false,
    });
    const query = new URL(play.asked[0]!, 'http://localhost').searchParams.get('search_query');
    for (const category of settings.config.categories) expect(query).toContain(`cat:${category}`);
    expect([...new Set(askedDays())]).toEqual([
      '2026-11-23',
      '2026-11-22',
      '2026-11-21',
      '2026-11-20',
      '2026-11-19',
    ]);
  });

  it('does not take a page that is empty by mistake for the end of its day', async () => {
    let broken = true;
    play.answer = ({ searchParams: q }) => {
      if (q.get('start') !== '0')
        return { body: broken ? atom(2) : atom(2, entry('2611.00002', '2026-11-23T01:00:00Z')) };
      return { body: atom(2, entry('2611.00001', '2026-11-23T02:00:00Z')) };
    };
    expect(await backfill(db, 'arxiv-atom', { ...settings, days: 1 })).toMatchObject({
      problem: expect.stringMatching(/empty page at 1 of 2/),
    });
    broken = false;
    expect(await backfill(db, 'arxiv-atom', { ...settings, days: 1 })).toMatchObject({ days: 1 });
    expect(await db.paper.count()).toBe(2);
  });

  it('leaves the cursor of the daily poll alone', async () => {
    play.answer = () => ({ body: atom(1, entry('2611.00001', '2026-11-23T02:00:00Z')) });
    await backfill(db, 'arxiv-atom', { ...settings, days: 1 });
    expect(await db.sourceState.findUnique({ where: { name: 'arxiv-atom' } })).toBeNull();
  });
});
