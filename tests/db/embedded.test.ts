import { chmod, mkdir, mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startEmbedded } from '@/lib/db/embedded';
import { embeddedLocation } from '@/lib/db/location';

test('only its owner can come near the files of an embedded database, whatever folder was there', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'broadsheet-embedded-'));
  const { folder } = embeddedLocation(dataDir);
  await mkdir(folder);
  for (const open of [dataDir, folder]) await chmod(open, 0o755);
  const database = await startEmbedded(dataDir, 'tests');
  const { mode } = await stat(folder);
  await database.stop();
  await rm(dataDir, { recursive: true });
  expect((mode & 0o777).toString(8)).toBe('700');
});
