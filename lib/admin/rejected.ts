import type { ModelDb } from '@/lib/db/sql';
import {
  clearRejected,
  countRejected,
  latestRejected,
  type RejectedRecord,
  rejectedById,
} from '@/lib/ingest/rejected-store';
import type { IngestReport } from '@/lib/ingest/report';
import { type Actor, authoriseAdmin } from '@/lib/readers/actor';
import { retryRejected } from '@/lib/sources/rejected-records';
import { readReason } from './acts';
import { perform } from './log-store';

/** What an admin sees of records that could not be stored, and does to them. */

export async function rejectedRecords(
  db: ModelDb,
  actor: Actor,
  limit: number,
): Promise<{ latest: RejectedRecord[]; count: number }> {
  authoriseAdmin(actor, 'admin:read');
  return { latest: await latestRejected(db, limit), count: await countRejected(db) };
}

export async function rejectedRecord(
  db: ModelDb,
  actor: Actor,
  id: number,
): Promise<RejectedRecord | null> {
  authoriseAdmin(actor, 'admin:read');
  return rejectedById(db, id);
}

/** Reads every rejected record again. What it stored is in the log, also where it was stopped. */
export async function retryAllRejected(
  db: ModelDb,
  actor: Actor,
  { reason, ...options }: Parameters<typeof retryRejected>[1] & { reason: string },
): Promise<IngestReport> {
  authoriseAdmin(actor, 'admin:write');
  readReason(reason);
  const report = await retryRejected(db, options);
  const detail = `${report.new} new, ${report.updated} updated, ${report.rejected} rejected again`;
  const deed = { act: 'rejected-retry', reason } as const;
  await perform(db, actor, deed, options.now, async () => ({ value: report, detail }));
  return report;
}

/** Forgets all of them; gives how many, and null of none. */
export function clearAllRejected(
  db: ModelDb,
  actor: Actor,
  reason: string,
  now: Date,
): Promise<{ count: number } | null> {
  return perform(db, actor, { act: 'rejected-clear', reason }, now, async (tx) => {
    const count = await clearRejected(tx);
    return count === 0 ? null : { value: { count }, detail: `${count} records` };
  });
}
