import { beforeEach, expect, it } from 'vitest';
import { allow, forgetLimits } from '@/lib/http/rate-limit';
import { emptyTables, testDatabase } from '../database';

const db = await testDatabase();
beforeEach(() => emptyTables(db));

const at = (time: string) => new Date(`2026-11-23T${time}Z`);
const twiceAMinute = { limit: 2, windowSeconds: 60 };

it('allows what the limit says in each window, each key for itself', async () => {
  const ask = (key: string, time: string) => allow(db, key, twiceAMinute, at(time));
  expect(await ask('a', '12:00:00')).toBe(true);
  expect(await ask('a', '12:00:30')).toBe(true);
  expect(await ask('a', '12:00:59')).toBe(false);
  expect(await ask('b', '12:00:59')).toBe(true);
  expect(await ask('a', '12:01:00')).toBe(true);
});

it('allows no more than the limit to many at once', async () => {
  const asked = Array.from({ length: 10 }, () => allow(db, 'a', twiceAMinute, at('12:00:00')));
  expect((await Promise.all(asked)).filter(Boolean)).toHaveLength(2);
});

it('forgets windows that are over', async () => {
  await allow(db, 'a', twiceAMinute, at('12:00:00'));
  await allow(db, 'a', twiceAMinute, at('12:05:00'));
  expect(await forgetLimits(db, at('12:01:00'))).toBe(1);
  expect(await db.rateLimit.findMany()).toMatchObject([{ since: at('12:05:00') }]);
});
