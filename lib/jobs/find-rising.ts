import { isoDay } from '@/lib/calendar/day-names';
import type { ModelDb } from '../db/sql';
import { readRising } from '../rising/store';
import { runCommand } from './own-process';

/** Finds what rises, once a UTC day. */
export async function findRisingWhereDue(
  db: ModelDb,
  { now, budgetMs }: { now: Date; budgetMs: number },
) {
  const [last] = await readRising(db);
  if (last && isoDay(last.asOf) >= isoDay(now)) return { skipped: 'done today' };
  await runCommand('rising', budgetMs);
  const topics = (await readRising(db)).flatMap((found) => found.topics);
  return { topics: topics.length };
}
