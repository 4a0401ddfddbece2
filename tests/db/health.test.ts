import { expect, it } from 'vitest';
import { databaseHealth } from '@/lib/db/health';
import type { Db } from '@/lib/db/sql';
import { testDatabase } from './database';

const db = await testDatabase();

it('is told with the server’s version and the newest migration', async () => {
  const health = await databaseHealth(db, 10_000);
  expect(health.version).toMatch(/^PostgreSQL \d+/);
  expect(health.appliedMigrations).toBeGreaterThan(0);
  expect(health.lastMigration).toMatch(/^\d{14}_\w+$/);
});

it('is not waited for longer than asked', async () => {
  const silent = { $queryRaw: () => new Promise(() => {}) } as unknown as Db;
  await expect(databaseHealth(silent, 20)).rejects.toThrow('does not answer');
});
