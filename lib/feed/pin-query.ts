import { type Db, sql } from '@/lib/db/sql';

const MOST_PINNED = 5;

/** Papers that are pinned now, the latest pinned first. */
export async function pinnedIds(db: Db, now: Date): Promise<number[]> {
  const rows = await db.$queryRaw<{ id: number }[]>(sql`
    select id from paper where pinned_until > ${now} and hidden_at is null
    order by pinned_until desc, id limit ${MOST_PINNED}`);
  return rows.map(({ id }) => id);
}
