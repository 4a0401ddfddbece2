import { beforeEach, expect, test } from 'vitest';
import { type Feed, makeFeed } from '@/lib/feed/filters';
import { parsePeriod } from '@/lib/feed/periods';
import { rankPapers } from '@/lib/feed/rank';
import { isArchive, isOfCatalogue } from '@/lib/feed/span-query';
import { emptyTables, testDatabase } from '../database';
import { storePapers } from './papers';

const db = await testDatabase();
const now = new Date('2026-11-23T16:00:00Z');

beforeEach(async () => {
  await emptyTables(db);
  await storePapers(db, [
    { id: 1, publishedAt: '2024-03-05', categories: ['cs.CL', 'hep-th'], tags: ['peft'] },
    { id: 2, publishedAt: '2026-11-20', categories: ['cs.LG'] },
  ]);
  await rankPapers(db, [1, 2], now);
});

const period = (value: string) => ({ period: parsePeriod(value)! });

test.each<[Partial<Feed>, boolean]>([
  [{}, true],
  [{ category: 'cs.CL' }, true],
  [{ category: 'hep-th' }, true],
  [{ category: 'cs' }, false],
  [{ category: 'zz-made.up' }, false],
  [{ tags: ['peft'] }, true],
  [{ tags: ['no-such-tag'] }, false],
  [{ without: ['no-such-tag'] }, false],
  [period('2024-03-05'), true],
  [period('2024-03'), true],
  [period('2024-03-04'), false],
  [period('2025-12-25'), true],
  [period('2026-11-23'), true],
  [period('2026-11-24'), false],
  [period('0000-01-01'), false],
])('%o is of the catalogue: %s', async (wanted, expected) => {
  expect(await isOfCatalogue(db, makeFeed(wanted), now)).toBe(expected);
});

test('an archive is told from a category and from what is none', async () => {
  expect(await isArchive(db, 'cs')).toBe(true);
  expect(await isArchive(db, 'hep-th')).toBe(false);
  expect(await isArchive(db, 'c')).toBe(false);
});
