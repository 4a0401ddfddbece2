import { type Db, sql } from '@/lib/db/sql';
import type { DateRange } from './periods';
import type { Replay } from './replay';
import { loadRankInput, type RankInput } from './store';

/** Papers filed in a range that are shown and whose upvotes somebody counted. */
export async function countedPapers(db: Db, { from, to }: DateRange): Promise<RankInput[]> {
  const rows = await db.$queryRaw<{ id: number }[]>(sql`
    select s.paper_id as id from paper_score s
    where s.feed_at >= ${from} and s.feed_at < ${to}
      and exists (select from signal r where r.paper_id = s.paper_id and r.kind = 'upvotes')
    order by s.paper_id`);
  return loadRankInput(
    db,
    rows.map(({ id }) => id),
  );
}

/** Keeps it in the place of the one before. */
export async function saveReplay(db: Db, at: Date, replay: Replay): Promise<void> {
  await db.$executeRaw(sql`
    insert into ranking_replay (id, at, result) values (1, ${at}, ${JSON.stringify(replay)}::jsonb)
    on conflict (id) do update set at = excluded.at, result = excluded.result`);
}

export async function lastReplay(db: Db): Promise<{ at: Date; result: Replay } | null> {
  const rows = await db.$queryRaw<{ at: Date; result: Replay }[]>(sql`
    select at, result from ranking_replay where id = 1`);
  return rows[0] ?? null;
}
