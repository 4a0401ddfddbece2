import { getDb } from '@/lib/db/client';
import { withDigestTools } from '@/lib/digest/tools';
import { sendLetters } from './send';

const BUDGET_MS = 20_000;

/**
 * Sends the letters that a request left behind, after its answer. What cannot be sent now is sent by
 * the digest job.
 */
export async function sendOwedLetters(): Promise<void> {
  const db = getDb();
  try {
    await withDigestTools(db, (tools) =>
      sendLetters(db, tools, { now: new Date(), budgetMs: BUDGET_MS }),
    );
  } catch (error) {
    console.error('Letters could not be sent now; the digest job will try again:', error);
  }
}
