import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { isoDay } from '@/lib/calendar/day-names';
import type { ModelDb } from '../db/sql';
import { readRising } from '../rising/store';

// From the bundle, which has the folder of programs beside it, and from here.
const RUN = fileURLToPath(new URL('../../lib/bundle/run.mjs', import.meta.url));

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
  const { stdout } = await promisify(execFile)(process.execPath, [RUN, 'cli', 'rising'], {
    timeout: budgetMs,
  });
  return { found: stdout.trim().split('\n').length };
}
