import { type Db, sql } from '@/lib/db/sql';
import type { Cadence } from '@/lib/subscribers/preferences';

/** What composing a digest needs to know about its readers, for a batch of them at once. */
export interface Reader {
  subscriptionId: number;
  email: string;
  status: string;
  tokenEpoch: number;
  cadence: Cadence;
  timezone: string;
  maxPapers: number;
  tags: string[];
  mutedTags: string[];
  searches: string[];
  /** Null before the first digest. */
  coveredUntil: Date | null;
  /** How often "less like this" was said of a paper with that tag. */
  lessTags: Map<string, number>;
}

export async function loadReaders(db: Db, ids: readonly number[]): Promise<Map<number, Reader>> {
  const rows = await db.$queryRaw<
    (Omit<Reader, 'lessTags'> & { less: Record<string, number> | null })[]
  >(sql`
    select s.id as "subscriptionId", s.email, s.status, s.token_epoch as "tokenEpoch", s.cadence,
      s.timezone, s.max_papers as "maxPapers", s.tags, s.muted_tags as "mutedTags", s.searches,
      s.covered_until as "coveredUntil",
      (select jsonb_object_agg(slug, times) from (
        select t.slug, count(*) as times from paper_feedback f
        join paper_tag t on t.paper_id = f.paper_id and not t.removed
        where f.subscription_id = s.id group by t.slug) as less) as less
    from subscription s where s.id = any(${[...ids]}::int[])`);
  return new Map(
    rows.map(({ less, ...row }) => [
      row.subscriptionId,
      { ...row, lessTags: new Map(Object.entries(less ?? {})) },
    ]),
  );
}

/** Which of the papers each of the readers was mailed already. */
export async function mailedAmong(
  db: Db,
  subscriptionIds: readonly number[],
  paperIds: readonly number[],
): Promise<Map<number, Set<number>>> {
  const rows = await db.$queryRaw<{ subscription_id: number; paper_id: number }[]>(sql`
    select subscription_id, paper_id from mailed_paper
    where subscription_id = any(${[...subscriptionIds]}::int[])
      and paper_id = any(${[...paperIds]}::int[])`);
  const mailed = new Map(subscriptionIds.map((id) => [id, new Set<number>()]));
  for (const row of rows) mailed.get(row.subscription_id)!.add(row.paper_id);
  return mailed;
}

export interface RevisedPaper {
  subscriptionId: number;
  paperId: number;
  /** arXiv version now, where it is known and has grown. */
  version: number | null;
  withdrawn: boolean;
}

/**
 * Papers that were mailed to the readers and then revised or withdrawn. Looks at papers that changed
 * after `since`, of which there are few, and only then at what was mailed.
 */
export async function revisedAmong(
  db: Db,
  subscriptionIds: readonly number[],
  since: Date,
): Promise<RevisedPaper[]> {
  return db.$queryRaw<RevisedPaper[]>(sql`
    with changed as materialized (
      select id, version, withdrawn_at is not null as withdrawn from paper
      where hidden_at is null and (version > 1 or withdrawn_at is not null)
        and greatest(revised_at, withdrawn_at) > ${since}
    )
    select m.subscription_id as "subscriptionId", c.id as "paperId", c.version, c.withdrawn
    from mailed_paper m join changed c on c.id = m.paper_id
    where m.subscription_id = any(${[...subscriptionIds]}::int[])
      and (c.version > m.version or (c.withdrawn and not m.withdrawn))
    order by m.subscription_id, c.withdrawn desc, c.id desc`);
}

/** Never writes to a reader's address again: it does not exist, or its owner called us spam. */
export async function suppressReader(
  db: Db,
  subscriptionId: number,
  note: string,
  now: Date,
  reason: 'hard-bounce' | 'complaint' = 'hard-bounce',
): Promise<void> {
  await db.$executeRaw(sql`
    with reader as (
      update subscription set status = 'suppressed', next_run_at = null, ended_at = ${now}
      where id = ${subscriptionId} and status <> 'suppressed'
      returning id, address_hash
    ), consent as (
      insert into consent_event (subscription_id, kind, at, wording)
      select id, 'suppressed', ${now}, ${note} from reader
    )
    insert into suppression (address_hash, reason, note, at)
    select address_hash, ${reason}, ${note}, ${now} from reader
    on conflict do nothing`);
}
