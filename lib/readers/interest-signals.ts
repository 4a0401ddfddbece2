import { getDb } from '@/lib/db/client';
import type { Db } from '@/lib/db/sql';
import { bumpCatalogueVersion } from '@/lib/feed/catalogue-version';
import { rankPapers } from '@/lib/feed/rank';
import { staleSignals, writeSignals } from './interest-signal-store';

/** Votes and saves on their way into the ranking: within seconds where they were given, by a job otherwise. */

const BATCH = 500;
/** From one round to the next: each makes all cached pages be made anew. */
const PAUSE_MS = 10_000;

async function count(db: Db, paperIds: readonly number[], now: Date): Promise<number> {
  await writeSignals(db, paperIds, now);
  const { changed } = await rankPapers(db, paperIds, now);
  // The counts are shown, also where they move no paper.
  await bumpCatalogueVersion(db);
  return changed;
}

/** What no process has counted yet: it ended too soon, or a reader was erased. */
export async function countStale(db: Db, now: Date): Promise<{ readerSignals: number }> {
  const ids = await staleSignals(db, BATCH);
  if (ids.length > 0) await count(db, ids, now);
  return { readerSignals: ids.length };
}

const waiting = new Set<number>();
let counting: Promise<void> | null = null;
let lastRound = 0;

/** Counts votes and saves of these papers anew, soon. Call it after the answer; it never throws. */
export function countSoon(...paperIds: readonly number[]): Promise<void> {
  for (const id of paperIds) waiting.add(id);
  counting ??= countWaiting().finally(() => {
    counting = null;
  });
  return counting;
}

async function countWaiting(): Promise<void> {
  while (waiting.size > 0) {
    const pause = lastRound + PAUSE_MS - Date.now();
    if (pause > 0) await new Promise((resolve) => setTimeout(resolve, pause));
    lastRound = Date.now();
    const ids = [...waiting].slice(0, BATCH);
    for (const id of ids) waiting.delete(id);
    try {
      await count(getDb(), ids, new Date());
    } catch (error) {
      console.error('Votes could not be counted now; the job "rank" will do it:', error);
    }
  }
}
