import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { cronExpression, JOBS } from '@/lib/jobs/schedule';

const root = new URL('../../', import.meta.url);
const schedule = JOBS.map((job) => [job.name, cronExpression(job)]);

test('the hosted schedule is the schedule', () => {
  const { crons } = JSON.parse(readFileSync(new URL('vercel.json', root), 'utf8'));
  const hosted = crons.map(({ path, schedule }: { path: string; schedule: string }) => [
    path.replace('/api/cron/', ''),
    schedule,
  ]);
  expect(hosted).toEqual(schedule);
});

test('the crontab of the README is the schedule', () => {
  const readme = readFileSync(new URL('README.md', root), 'utf8');
  const called = [...readme.matchAll(/^(\S+(?: \S+){4}) +\$CRON\/(\w+)/gm)].map((m) => [
    m[2],
    m[1],
  ]);
  expect(called).toEqual(schedule);
});
