import { beforeEach, expect, it } from 'vitest';
import type { SourceRunOutcome } from '@/lib/db/generated/enums';
import { catalogueCounts, latestRuns, sourceReports } from '@/lib/sources/status/query';
import { enableSource, updateSource } from '@/lib/sources/store';
import { emptyTables, testDatabase } from '../database';
import { bare } from './services';

const db = await testDatabase();
const NOW = new Date('2026-11-24T12:00:00Z');
const hours = (ago: number) => new Date(NOW.getTime() - ago * 3_600_000);

beforeEach(() => emptyTables(db));

const run = (
  source: string,
  outcome: SourceRunOutcome,
  added: number,
  ago: number,
  input?: string,
) =>
  db.sourceRun.create({
    data: {
      source,
      input,
      outcome,
      startedAt: hours(ago),
      activeAt: hours(ago),
      endedAt: hours(ago),
      counts: { read: added, new: added, updated: 0, unchanged: 0, rejected: 0 },
    },
  });
const wordsOf = async (name: string) =>
  (await sourceReports(db, NOW)).find((source) => source.name === name)?.words;

it('adds up the calls of the last poll, without the one before it and imports by hand', async () => {
  await enableSource(db, 'daily-papers', true);
  await updateSource(db, 'daily-papers', { succeededAt: hours(2) });
  await run('daily-papers', 'done', 100, 9);
  await run('daily-papers', 'interrupted', 20, 5);
  await run('daily-papers', 'done', 3, 2);
  await run('daily-papers', 'done', 1_000, 1, 'papers.json');
  expect(await wordsOf('daily-papers')).toMatch(/\(23 new\)/);
});

it('says how far a poll under way has come, and not of one that was forgotten', async () => {
  await enableSource(db, 'arxiv-atom', true);
  await run('arxiv-atom', 'interrupted', 500, 1);
  await run('arxiv-atom', 'interrupted', 1_000, 0.1);
  expect(await wordsOf('arxiv-atom')).toMatch(/first poll is under way, 1500 papers so far/);
  await db.sourceRun.updateMany({ data: { activeAt: hours(30) } });
  expect(await wordsOf('arxiv-atom')).toMatch(/first poll to come/);
});

it('does not let services that enrich push sources out of the latest runs', async () => {
  await run('daily-papers', 'done', 1, 3);
  for (let i = 0; i < 10; i++) await run('github', 'done', i, 2);
  const runs = await latestRuns(db, 3, NOW);
  expect(runs.map(({ source, counts }) => [source, counts.new])).toEqual([
    ['github', 9],
    ['daily-papers', 1],
  ]);
});

it('counts papers that are shown, and rejected records', async () => {
  expect(await catalogueCounts(db)).toEqual({ papers: 0, rejected: 0 });
  await db.paper.create({ data: bare('2611.00001') });
  await db.paper.create({ data: { ...bare('2611.00002'), hiddenAt: NOW } });
  await db.rejectedRecord.create({
    data: {
      fingerprint: 'x',
      format: 'bibtex',
      place: 'entry 1',
      reason: 'No.',
      raw: '',
      seenAt: NOW,
    },
  });
  expect(await catalogueCounts(db)).toEqual({ papers: 1, rejected: 1 });
});
