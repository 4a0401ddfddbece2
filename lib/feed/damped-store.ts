import { type Db, sql } from '@/lib/db/sql';

/** Notes when more of the damped signals of these papers will count. Null: nothing is damped. */
export async function noteDamped(
  db: Db,
  ids: readonly number[],
  papers: readonly { paperId: number; moreAt: Date | null }[],
): Promise<void> {
  await db.$executeRaw(sql`delete from damped_paper where paper_id = any(${ids as number[]})`);
  const damped = papers.filter(({ moreAt }) => moreAt !== null);
  if (damped.length === 0) return;
  await db.$executeRaw(sql`
    insert into damped_paper (paper_id, more_at)
    select "paperId", "moreAt" from jsonb_to_recordset(${JSON.stringify(damped)}::jsonb)
      as r("paperId" int, "moreAt" timestamptz)`);
}

/** Papers whose damped signals count for more by now than when they were ranked. */
export async function dampedDue(db: Db, now: Date, limit: number): Promise<number[]> {
  const rows = await db.$queryRaw<{ id: number }[]>(sql`
    select paper_id as id from damped_paper where more_at <= ${now}
    order by more_at limit ${limit}`);
  return rows.map(({ id }) => id);
}
