import { HOUR_MS } from '@/lib/calendar/days';
import { type Db, type ModelDb, raw, sql } from '@/lib/db/sql';
import { READER_WEIGHTS } from '@/lib/feed/weights';
import { type Actor, authorise } from './actor';
import { type Giver, voteWeight } from './vote-weight';

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
  const from = { readerId, paperIds: [paperId], network };
  const weights = value === 1 ? await weightsOf(db, 'vote', from, now) : new Map();
  const weight = weights.get(paperId) ?? 0;
  const written = await db.$executeRaw(sql`
    insert into vote (reader_id, paper_id, value, at, network, weight)
    select ${readerId}, p.id, ${value}, ${now}, ${network}, ${weight} from paper p
    where p.id = ${paperId} and p.hidden_at is null
    on conflict (reader_id, paper_id) do update set value = excluded.value, at = excluded.at,
      network = excluded.network, weight = excluded.weight
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

/** What the reader says of these papers. */
export async function votesOn(
  db: ModelDb,
  actor: Actor,
  paperIds: readonly number[],
): Promise<Map<number, VoteValue>> {
  const readerId = authorise(actor, 'vote:read');
  const rows = await db.vote.findMany({
    where: { readerId, paperId: { in: [...paperIds] } },
    select: { paperId: true, value: true },
  });
  return new Map(rows.map(({ paperId, value }) => [paperId, value as VoteValue]));
}

/**
 * What a vote for each of these papers, or a save, would weigh now, by id. Not authorised: it tells nobody
 * anything.
 */
export async function weightsOf(
  db: Db,
  what: 'vote' | 'saved_paper',
  {
    readerId,
    paperIds,
    network,
  }: { readerId: number; paperIds: readonly number[]; network: string | null },
  now: Date,
): Promise<Map<number, number>> {
  const lately = new Date(now.getTime() - READER_WEIGHTS.burstHours * HOUR_MS);
  const most = READER_WEIGHTS.fullAfterPapers;
  const at = raw(what === 'vote' ? 'at' : 'saved_at');
  const givers = await db.$queryRaw<(Giver & { id: number })[]>(sql`
    select p.id, r.created_at as since,
      (select count(*)::int from (
        (select paper_id from vote where reader_id = r.id and value = 1 limit ${most}::int)
        union (select paper_id from saved_paper where reader_id = r.id limit ${most}::int)) as own
      ) as papers,
      (select count(*)::int from ${raw(what)} o where o.paper_id = p.id
        and o.network = ${network} and o.reader_id <> r.id and o.weight > 0
        and o.${at} > ${lately}) as before
    from reader r, unnest(${[...paperIds]}::int[]) as p(id) where r.id = ${readerId}`);
  return new Map(givers.map((giver) => [giver.id, voteWeight(giver, now)]));
}
