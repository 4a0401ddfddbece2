import { newestBackup } from '../db/backup-folder';
import { poolsOfProcess } from '../db/client';
import { DeliveryStatus } from '../db/generated/enums';
import type { ModelDb } from '../db/sql';
import { queueState } from '../digest/queue-store';
import { metrics } from '../http/metrics.mjs';
import { inWebProcess } from '../http/web-process.mjs';
import { JOBS } from '../jobs/schedule';
import { jobStates } from '../jobs/store';
import { sourceStates } from '../sources/store';
import { gauges } from './gauges';
import { amounts, deliveryCounts } from './query';

/** The database is asked at most so often, however many ask us. */
const FRESH_MS = 30_000;

interface Reading {
  at: number;
  done: Promise<void>;
}

/** Everything that /metrics says, in Prometheus' text format. */
export async function readMetrics(
  db: ModelDb,
  backupDir: string | null,
  now: Date,
): Promise<string> {
  const last = inWebProcess<{ reading: Reading | null }>('metrics-reading', () => ({
    reading: null,
  }));
  if (!last.reading || now.getTime() - last.reading.at >= FRESH_MS) {
    last.reading = { at: now.getTime(), done: readAll(db, backupDir, now) };
  }
  await last.reading.done;
  readPools();
  return metrics().registry.metrics();
}

/** What the process counts is worth having while the database is away, too. */
async function readAll(db: ModelDb, backupDir: string | null, now: Date): Promise<void> {
  const { up, backupEnd } = gauges();
  try {
    await readDatabase(db, now);
    up.set(1);
  } catch {
    up.set(0);
  }
  const newest = backupDir && (await newestBackup(backupDir).catch(() => null));
  if (newest) backupEnd.set(newest.getTime() / 1_000);
}

async function readDatabase(db: ModelDb, now: Date): Promise<void> {
  const all = gauges();
  const { papers, active, pending } = await amounts(db);
  all.papers.set(papers);
  all.subscriptions.set({ status: 'active' }, active);
  all.subscriptions.set({ status: 'pending' }, pending);

  for (const status of Object.values(DeliveryStatus)) all.deliveries.set({ status }, 0);
  for (const { status, count } of await deliveryCounts(db, now)) {
    all.deliveries.set({ status }, count);
  }
  const { oldestReadyAt, pausedDomains } = await queueState(db, now);
  all.deliveryAge.set(oldestReadyAt ? secondsSince(oldestReadyAt, now) : 0);
  all.pausedDomains.set(pausedDomains.length);

  all.sourceLag.reset();
  all.sourceFailures.reset();
  for (const [source, { enabled, succeededAt, failures }] of await sourceStates(db)) {
    if (!enabled) continue;
    all.sourceFailures.set({ source }, failures);
    if (succeededAt) all.sourceLag.set({ source }, secondsSince(succeededAt, now));
  }

  const states = await jobStates(db);
  for (const { name, everyMinutes } of JOBS) {
    const state = states.get(name);
    all.jobInterval.set({ job: name }, everyMinutes * 60);
    all.jobFailed.set({ job: name }, state?.error ? 1 : 0);
    if (state?.endedAt) all.jobEnd.set({ job: name }, state.endedAt.getTime() / 1_000);
  }
}

function readPools(): void {
  const { connections, waiting, waits } = gauges();
  waits.reset();
  for (const { asker, totalCount, idleCount, waitingCount, waits: waited } of poolsOfProcess()) {
    connections.set({ asker, state: 'idle' }, idleCount);
    connections.set({ asker, state: 'used' }, totalCount - idleCount);
    waiting.set({ asker }, waitingCount);
    waits.inc({ asker }, waited.seconds);
  }
}

function secondsSince(date: Date, now: Date): number {
  return Math.max(0, (now.getTime() - date.getTime()) / 1_000);
}
