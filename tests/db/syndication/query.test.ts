import { beforeEach, expect, it } from 'vitest';
import { bumpCatalogueVersion } from '@/lib/feed/catalogue-version';
import { listsChangedAt, sitemapPapers, sitemapParts } from '@/lib/syndication/query';
import { SITEMAP_LIMIT } from '@/lib/syndication/sitemap';
import { emptyTables, testDatabase } from '../database';
import { storePapers } from '../feed/papers';

const db = await testDatabase();
beforeEach(() => emptyTables(db));

it('lists change with the catalogue, and at midnight', async () => {
  const midnight = new Date('2026-11-23T00:00:00Z');
  expect(await listsChangedAt(db, new Date('2026-11-23T16:00:00Z'))).toEqual(midnight);
  await bumpCatalogueVersion(db);
  const changedAt = new Date('2026-11-23T12:34:56Z');
  await db.catalogueVersion.updateMany({ data: { changedAt } });
  expect(await listsChangedAt(db, new Date('2026-11-23T16:00:00Z'))).toEqual(changedAt);
  expect(await listsChangedAt(db, new Date('2026-11-24T16:00:00Z'))).toEqual(
    new Date('2026-11-24T00:00:00Z'),
  );
});

it('a sitemap has a part for each range of ids, without hidden papers', async () => {
  expect(await sitemapParts(db)).toBe(0);
  await storePapers(db, [{ id: 1 }, { id: 2, hidden: true }, { id: SITEMAP_LIMIT + 1 }]);
  expect(await sitemapParts(db)).toBe(2);
  const papers = await sitemapPapers(db, 1);
  expect(papers).toEqual([{ id: 1, changedAt: expect.any(Date) }]);
  expect((await sitemapPapers(db, 2)).map(({ id }) => id)).toEqual([SITEMAP_LIMIT + 1]);
});
