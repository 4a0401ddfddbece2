import { type Db, sql } from '@/lib/db/sql';
import { type Actor, authorise } from './actor';
import { VISIT_MS } from './visit';

/** Notes that the reader is here, on whichever device; gives when the visit before this one ended. */
export async function noteVisit(db: Db, actor: Actor, now: Date): Promise<Date | null> {
  const readerId = authorise(actor, 'visit:write');
  const [row] = await db.$queryRaw<{ visitBefore: Date | null }[]>(sql`
    update reader set visited_at = ${now}, visit_before = case
      when visited_at < ${new Date(now.getTime() - VISIT_MS)} then visited_at
      else visit_before end
    where id = ${readerId} returning visit_before as "visitBefore"`);
  return row?.visitBefore ?? null;
}
