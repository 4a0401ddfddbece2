import { z } from 'zod';
import { isoDay } from '@/lib/calendar/day-names';
import type { ModelDb } from '@/lib/db/sql';
import { bumpCatalogueVersion } from '@/lib/feed/catalogue-version';
import { checkpoint, type ReadItem } from '@/lib/ingest/read-item';
import { ingest } from '@/lib/ingest/run';
import type { SourcesConfig } from '@/lib/sources/config';
import type { Transport } from '@/lib/sources/fetch/transport';
import { submissionsOfDay } from '@/lib/sources/poll/atom-poller';
import { type AskedDays, daysToAsk } from '@/lib/sources/poll/backfill-days';
import { dailyPapersOf } from '@/lib/sources/poll/daily-papers-poller';
import type { PollContext } from '@/lib/sources/poll/types';
import { sourceStates, updateSource } from '@/lib/sources/store';

/** All papers of one past day. Gives what to call once they are stored. */
type DayReader = (
  context: PollContext,
  day: string,
) => AsyncGenerator<ReadItem, (() => Promise<void>) | undefined>;

/** Sources that can be asked about past days, the quickest to fill a front page first. */
export const BACKFILLED = ['daily-papers', 'arxiv-atom'] as const;
export type Backfilled = (typeof BACKFILLED)[number];

const READERS: Record<Backfilled, DayReader> = {
  'daily-papers': dailyPapersOf,
  'arxiv-atom': submissionsOfDay,
};

/** Pages show what has come in so far at least this often. */
const SHOWN_EVERY_MS = 10_000;

const askedSchema = z.object({ asked: z.record(z.string(), z.string()) });

export interface BackfillSettings {
  days: number;
  transport: Transport;
  config: SourcesConfig;
  now: Date;
  signal?: AbortSignal;
  /** After each day: how many of the days to ask are done, the day, and the papers read so far. */
  onDay?: (progress: { done: number; total: number; day: string; papers: number }) => void;
}

export type BackfillReport = { days: number; read: number; goesOn: boolean } | { problem: string };

/**
 * Fills the catalogue with a source's papers of the last days, the newest first. What is done is kept
 * day by day, so that the next call goes on where this one stopped, for whatever reason.
 */
export async function backfill(
  db: ModelDb,
  name: Backfilled,
  { days, transport, config, now, signal, onDay = () => {} }: BackfillSettings,
): Promise<BackfillReport> {
  const row = `${name}:backfill`;
  const cursor = (await sourceStates(db)).get(row)?.cursor ?? null;
  const asked: AskedDays = askedSchema.safeParse(cursor).data?.asked ?? {};
  const toAsk = daysToAsk(now, days, asked);
  let done = 0;
  let papers = 0;
  let shownAt = Date.now();

  async function* items(): AsyncGenerator<ReadItem> {
    let all = asked;
    for (const day of toAsk) {
      const stored = yield* READERS[name]({ transport, config, now, cursor: null }, day);
      all = { ...all, [day]: isoDay(now) };
      yield checkpoint({ asked: all }, stored);
    }
  }
  async function onCheckpoint(cursor: { asked: AskedDays }): Promise<void> {
    await updateSource(db, row, { cursor });
    onDay({ done: ++done, total: toAsk.length, day: toAsk[done - 1]!, papers });
    if (Date.now() - shownAt < SHOWN_EVERY_MS) return;
    shownAt = Date.now();
    await bumpCatalogueVersion(db);
  }

  try {
    const report = await ingest(db, items(), {
      now,
      source: name,
      signal,
      onBatch: ({ read }) => {
        papers = read;
      },
      onCheckpoint: (cursor) => onCheckpoint(cursor as { asked: AskedDays }),
    });
    return { days: done, read: report.read, goesOn: report.interrupted };
  } catch (error) {
    await bumpCatalogueVersion(db);
    // A wait at a host ends with an error when it is interrupted.
    if (signal?.aborted) return { days: done, read: papers, goesOn: true };
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}
