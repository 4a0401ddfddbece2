import { isEmbedded } from '@/lib/db/kind';
import { type Db, sql, transaction } from '@/lib/db/sql';

/** Far more than any query takes: a last resort, as every query is bounded before it runs. */
const LONGEST_QUERY_MS = 3_000;

/**
 * Runs a search under the server's own time limit. The embedded database has none, and a transaction
 * there would only keep everybody else waiting.
 */
export async function withTimeLimit<T>(db: Db, work: (db: Db) => Promise<T>): Promise<T> {
  if ((await isEmbedded(db)) || !('$transaction' in db)) return work(db);
  return transaction(db, async (tx) => {
    // Compiling these queries would take longer than running them.
    await tx.$executeRaw(sql`
      select set_config('statement_timeout', ${String(LONGEST_QUERY_MS)}, true),
        set_config('jit', 'off', true)`);
    return work(tx);
  });
}

/** Whether Prisma reports PostgreSQL's `query_canceled`. */
export function isTimeout(error: unknown): boolean {
  return error instanceof Error && error.message.includes('57014');
}
