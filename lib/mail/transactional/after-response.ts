import { getDb } from '@/lib/db/client';
import { withDigestTools } from '@/lib/digest/tools';
import { sendTransactionalMails } from './send';

const BUDGET_MS = 20_000;

/**
 * Sends the mails that a request left behind, after its answer. What cannot be sent now is sent by
 * the digest job.
 */
export async function sendOwedMails(): Promise<void> {
  const db = getDb();
  try {
    await withDigestTools(db, (tools) =>
      sendTransactionalMails(db, tools, { now: new Date(), budgetMs: BUDGET_MS }),
    );
  } catch (error) {
    console.error(
      'Transactional mails could not be sent now; the digest job will try again:',
      error,
    );
  }
}
