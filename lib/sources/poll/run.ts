import { HOUR_MS } from '@/lib/calendar/days';
import type { JsonInput, ModelDb } from '@/lib/db/sql';
import type { IngestReport } from '@/lib/ingest/report';
import { ingest } from '@/lib/ingest/run';
import { SOURCE_NAMES, type SourceName, type SourcesConfig } from '@/lib/sources/config';
import { HostPaused, OutOfTime, type Transport } from '@/lib/sources/fetch/transport';
import { pollAtom } from '@/lib/sources/poll/atom-poller';
import { pollDailyPapers } from '@/lib/sources/poll/daily-papers-poller';
import { pollOai } from '@/lib/sources/poll/oai-poller';
import { pollRss } from '@/lib/sources/poll/rss-poller';
import type { Poller } from '@/lib/sources/poll/types';
import { sourceStates, updateSource } from '@/lib/sources/store';

const POLLERS: Record<SourceName, Poller> = {
  'arxiv-atom': pollAtom,
  'arxiv-oai': pollOai,
  'arxiv-rss': pollRss,
  'daily-papers': pollDailyPapers,
};

const FIRST_RETRY_MS = HOUR_MS / 4;

type PollReport =
  | (Pick<IngestReport, 'read' | 'new' | 'updated' | 'unchanged' | 'rejected'> & {
      goesOn: boolean;
    })
  | { problem: string };

interface PollSettings {
  transport: Transport;
  config: SourcesConfig;
  now: Date;
  signal?: AbortSignal;
  onBatch?: (report: IngestReport) => void;
}

/** Polls every source that is on and due. One that fails spoils no other. */
export async function pollDue(
  db: ModelDb,
  settings: PollSettings,
): Promise<Partial<Record<SourceName, PollReport>>> {
  const states = await sourceStates(db);
  const reports: Partial<Record<SourceName, PollReport>> = {};
  for (const name of SOURCE_NAMES) {
    const state = states.get(name);
    const due = state?.enabled && (state.dueAt === null || state.dueAt <= settings.now);
    if (due) reports[name] = await poll(db, name, settings);
  }
  return reports;
}

/** Polls one source now, from where it stopped. */
export async function poll(
  db: ModelDb,
  name: SourceName,
  settings: PollSettings,
): Promise<PollReport> {
  const { transport, config, now } = settings;
  const state = (await sourceStates(db)).get(name);
  try {
    const items = POLLERS[name]({ transport, config, now, cursor: state?.cursor ?? null });
    const report = await ingest(db, items, {
      now,
      source: name,
      signal: settings.signal,
      stopsQuietlyOn: OutOfTime,
      onBatch: settings.onBatch,
      onCheckpoint: (cursor) => updateSource(db, name, { cursor: cursor as JsonInput }),
    });
    await updateSource(db, name, {
      // An unfinished poll goes on with the next call.
      dueAt: report.interrupted ? now : new Date(now.getTime() + config.everyHours[name] * HOUR_MS),
      failures: 0,
      problem: null,
      ...(!report.interrupted && { succeededAt: now }),
      // Revisions are news too: what one arXiv source adds, the other can only update.
      ...(report.new + report.updated > 0 && { newsAt: now }),
    });
    const { read, new: added, updated, unchanged, rejected } = report;
    return { read, new: added, updated, unchanged, rejected, goesOn: report.interrupted };
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    const failures = (state?.failures ?? 0) + 1;
    const wait = Math.min(config.everyHours[name] * HOUR_MS, FIRST_RETRY_MS * 2 ** (failures - 1));
    const next = now.getTime() + wait;
    const until = error instanceof HostPaused ? error.until.getTime() : next;
    await updateSource(db, name, { failures, problem, dueAt: new Date(Math.max(next, until)) });
    return { problem };
  }
}
