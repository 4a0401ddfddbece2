import { beforeEach, expect, it } from 'vitest';
import { bumpCatalogueVersion, catalogueVersion } from '@/lib/feed/catalogue-version';
import { emptyTables, testDatabase } from '../database';

const db = await testDatabase();
beforeEach(() => emptyTables(db));

it('begins at 0 and is another after every change', async () => {
  const seen = [await catalogueVersion(db)];
  for (let change = 0; change < 2; change++) {
    await bumpCatalogueVersion(db);
    seen.push(await catalogueVersion(db));
  }
  expect(seen).toEqual(['0', '1', '2']);
});
