import { DAY_MS } from '@/lib/calendar/days';
import { type Db, sql } from '@/lib/db/sql';

/** A source that is switched on and has not answered for a day or more. */
export interface LaggingSource {
  name: string;
  /** When it last answered; null where it never did. */
  succeededAt: Date | null;
}

/** Sources whose silence may be why there are no new papers. */
export async function laggingSources(db: Db, now: Date): Promise<LaggingSource[]> {
  const dayAgo = new Date(now.getTime() - DAY_MS);
  return db.$queryRaw<LaggingSource[]>(sql`
    select name, succeeded_at as "succeededAt" from source_state
    where enabled and failures > 0 and (succeeded_at is null or succeeded_at < ${dayAgo})
    order by name`);
}

/** Whether a source that is asked by itself is switched on. The sample is read once. */
export async function anySourceIsOn(db: Db): Promise<boolean> {
  const rows = await db.$queryRaw<{ name: string }[]>(sql`
    select name from source_state where enabled and name <> 'sample' limit 1`);
  return rows.length > 0;
}
