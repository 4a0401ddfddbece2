import { type ModelDb, sql } from '@/lib/db/sql';
import { type Actor, authorise } from './actor';

/** 1 "more like this", -1 "not for me". */
export type VoteValue = 1 | -1;

/** Keeps what a reader says of a paper, in place of what they said before. False of a paper that is not here. */
export async function castVote(
  db: ModelDb,
  actor: Actor,
  { paperId, value, network }: { paperId: number; value: VoteValue; network: string | null },
  now: Date,
): Promise<boolean> {
  const readerId = authorise(actor, 'vote:write');
  const written = await db.$executeRaw(sql`
    insert into vote (reader_id, paper_id, value, at, network)
    select ${readerId}, p.id, ${value}, ${now}, ${network} from paper p
    where p.id = ${paperId} and p.hidden_at is null
    on conflict (reader_id, paper_id) do update
      set value = excluded.value, at = excluded.at, network = excluded.network
      where vote.value <> excluded.value`);
  if (written > 0) return true;
  return (await db.vote.count({ where: { readerId, paperId, value } })) > 0;
}

/** True where there was a vote. */
export async function takeVoteBack(db: ModelDb, actor: Actor, paperId: number): Promise<boolean> {
  const readerId = authorise(actor, 'vote:write');
  const { count } = await db.vote.deleteMany({ where: { readerId, paperId } });
  return count > 0;
}
