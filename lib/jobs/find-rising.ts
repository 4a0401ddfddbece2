import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { isoDay } from '@/lib/calendar/day-names';
import type { ModelDb } from '../db/sql';
import { readRising } from '../rising/store';

/** In the web server this file is part of a bundle elsewhere, but its folder is the installation's. */
const runner = () => join(/* turbopackIgnore: true */ process.cwd(), 'lib/bundle/run.mjs');

/**
 * Finds what rises, once a UTC day, in a process of its own: it computes for half a minute where a hundred
 * thousand papers came in a year, and readers of this one would wait.
 */
export async function findRisingWhereDue(
  db: ModelDb,
  { now, budgetMs }: { now: Date; budgetMs: number },
) {
  const [last] = await readRising(db);
  if (last && isoDay(last.asOf) >= isoDay(now)) return { skipped: 'done today' };
  const { stdout } = await promisify(execFile)(process.execPath, [runner(), 'cli', 'rising'], {
    timeout: budgetMs,
  });
  return { found: stdout.trim().split('\n').length };
}
