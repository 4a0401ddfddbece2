import { beforeEach, expect, it } from 'vitest';
import { runJob } from '@/lib/jobs/run';
import type { Job } from '@/lib/jobs/schedule';
import { endLease, jobStates, takeLease } from '@/lib/jobs/store';
import { emptyTables, testDatabase } from '../database';

const db = await testDatabase();
beforeEach(() => emptyTables(db));

const at = (time: string) => new Date(`2026-11-23T${time}:00Z`);

/** Asks for half an hour, where the job last ended at least ten minutes ago. */
const take = (owner: string, time: string) => {
  const now = at(time);
  const minutes = (count: number) => new Date(now.getTime() + count * 60_000);
  return takeLease(db, 'digest', owner, { now, until: minutes(30), endedBefore: minutes(-10) });
};

it('of many clocks only one gets the lease', async () => {
  const asked = Array.from({ length: 8 }, (_, i) => take(`clock ${i}`, '12:00'));
  expect((await Promise.all(asked)).filter(Boolean)).toHaveLength(1);
});

it('is free again when its time is over', async () => {
  await take('a', '12:00');
  expect(await take('b', '12:29')).toBe(false);
  expect(await take('b', '12:30')).toBe(true);
});

it('is not given again right after the job ended, and only its owner ends it', async () => {
  await take('a', '12:00');
  await endLease(db, 'digest', 'b', { now: at('12:01'), outcome: {} });
  expect(await take('b', '12:20')).toBe(false);
  await endLease(db, 'digest', 'a', { now: at('12:02'), outcome: { sent: 1 } });
  expect(await take('b', '12:11')).toBe(false);
  expect(await take('b', '12:12')).toBe(true);
});

it('a job that shares its work, called by a crontab, leaves a sign of when it ran and how it went', async () => {
  const job: Job = {
    name: 'digest',
    everyMinutes: 5,
    fromMinute: 0,
    exclusive: false,
    run: async () => ({ sent: 1 }),
  };
  const run = (now: Date, each = job) => runJob(db, each, { now, budgetMs: 1, ifDue: false });
  await run(at('12:00'));
  expect((await jobStates(db)).get('digest')).toMatchObject({ error: null });
  const failing = { ...job, run: () => Promise.reject(new Error('no way')) };
  await expect(run(at('12:05'), failing)).rejects.toThrow('no way');
  const state = (await jobStates(db)).get('digest');
  expect(state?.error).toBe('no way');
  expect(state!.endedAt!.getTime()).toBeGreaterThanOrEqual(at('12:05').getTime());
});
