import { isEmbedded } from '@/lib/db/kind';
import { type Db, sql, transaction } from '@/lib/db/sql';

/** Far above what any query takes: a last resort, since every query is bounded before it runs. */
const LONGEST_QUERY_MS = 3_000;

/**
 * Runs a search under the server's own time limit. The embedded database knows none, and a transaction
 * would only hold up everybody else there.
 */
export async function withTimeLimit<T>(db: Db, work: (db: Db) => Promise<T>): Promise<T> {
  if ((await isEmbedded(db)) || !('$transaction' in db)) return work(db);
  return transaction(db, async (tx) => {
    // Compiling would take longer than these queries run.
    await tx.$executeRaw(sql`
      select set_config('statement_timeout', ${String(LONGEST_QUERY_MS)}, true),
        set_config('jit', 'off', true)`);
    return work(tx);
  });
}

/** PostgreSQL's query_canceled, as Prisma reports it. */
export function isTimeout(error: unknown): boolean {
  return error instanceof Error && error.message.includes('57014');
}
