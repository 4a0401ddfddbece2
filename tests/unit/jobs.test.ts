import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { JOBS } from '@/lib/jobs/schedule';

const root = new URL('../../', import.meta.url);
const names = JOBS.map(({ name }) => name).sort();

test('the hosted schedule calls every job', () => {
  const { crons } = JSON.parse(readFileSync(new URL('vercel.json', root), 'utf8'));
  const called = crons.map(({ path }: { path: string }) => path.replace('/api/cron/', ''));
  expect(called.sort()).toEqual(names);
});

test('the crontab of the README calls every job', () => {
  const readme = readFileSync(new URL('README.md', root), 'utf8');
  const called = [...readme.matchAll(/\$CRON\/(\w+)/g)].map(([, name]) => name);
  expect(called.sort()).toEqual(names);
});
