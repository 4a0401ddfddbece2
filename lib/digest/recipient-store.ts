import { type Db, sql } from '@/lib/db/sql';
import type { Followed } from '@/lib/subscribers/follow';
import type { Cadence, DigestSubject } from '@/lib/subscribers/preferences';
import type { Reader } from '@/lib/subscribers/types';

/** Whom a digest is for: a reader, by one of their subscriptions. What composing needs of both. */
export interface Recipient extends Followed {
  subscriptionId: number;
  reader: Reader;
  paused: boolean;
  cadence: Cadence;
  timezone: string;
  maxPapers: number;
  /** With fewer new papers a digest waits for the next one. */
  minPapers: number;
  /** Papers like those that the reader saved, at most. */
  forYou: number;
  subject: DigestSubject;
  mutedTags: string[];
  /** Null before the first digest. */
  coveredUntil: Date | null;
  /** How often more was wanted like a paper with that tag, minus how often less. */
  tagWishes: Map<string, number>;
}

type Row = Omit<Recipient, 'reader' | 'tagWishes'> &
  Omit<Reader, 'id'> & { readerId: number; wishes: Record<string, number> | null };

/** By the id of the subscription. */
export async function loadRecipients(
  db: Db,
  subscriptionIds: readonly number[],
): Promise<Map<number, Recipient>> {
  const rows = await db.$queryRaw<Row[]>(sql`
    select s.id as "subscriptionId", r.id as "readerId", r.key, r.email, r.status,
      r.token_epoch as "tokenEpoch", s.paused_until is not null as paused, s.cadence, s.timezone,
      s.max_papers as "maxPapers", s.min_papers as "minPapers",
      s.for_you as "forYou", s.subject, s.muted_tags as "mutedTags",
      s.covered_until as "coveredUntil", f.tags, f.authors, f.categories, f.searches,
      (select jsonb_object_agg(slug, wished) from (
        select t.slug, sum(v.value) as wished
        from vote v join paper_tag t on t.paper_id = v.paper_id and not t.removed
        where v.reader_id = r.id group by t.slug) as each) as wishes
    from subscription s join reader r on r.id = s.reader_id, lateral (
      select coalesce(array_agg(value order by id) filter (where kind = 'tag'), '{}') as tags,
        coalesce(array_agg(coalesce(name, value) order by id) filter (where kind = 'author'), '{}')
          as authors,
        coalesce(array_agg(value order by id) filter (where kind = 'category'), '{}') as categories,
        coalesce(array_agg(value order by id) filter (where kind = 'search'), '{}') as searches
      from follow where reader_id = r.id) f
    where s.id = any(${[...subscriptionIds]}::int[])`);
  return new Map(
    rows.map(({ wishes, readerId, key, email, status, tokenEpoch, ...row }) => [
      row.subscriptionId,
      {
        ...row,
        reader: { id: readerId, key, email, status, tokenEpoch },
        tagWishes: new Map(Object.entries(wishes ?? {})),
      },
    ]),
  );
}

/** Which of the papers each of the readers was mailed already. */
export async function mailedAmong(
  db: Db,
  readerIds: readonly number[],
  paperIds: readonly number[],
): Promise<Map<number, Set<number>>> {
  const rows = await db.$queryRaw<{ reader_id: number; paper_id: number }[]>(sql`
    select reader_id, paper_id from mailed_paper
    where reader_id = any(${[...readerIds]}::int[]) and paper_id = any(${[...paperIds]}::int[])`);
  const mailed = new Map(readerIds.map((id) => [id, new Set<number>()]));
  for (const row of rows) mailed.get(row.reader_id)!.add(row.paper_id);
  return mailed;
}

export interface RevisedPaper {
  readerId: number;
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
  readerIds: readonly number[],
  since: Date,
): Promise<RevisedPaper[]> {
  return db.$queryRaw<RevisedPaper[]>(sql`
    with changed as materialized (
      select id, version, withdrawn_at is not null as withdrawn from paper
      where hidden_at is null and (version > 1 or withdrawn_at is not null)
        and greatest(revised_at, withdrawn_at) > ${since}
    )
    select m.reader_id as "readerId", c.id as "paperId", c.version, c.withdrawn
    from mailed_paper m join changed c on c.id = m.paper_id
    where m.reader_id = any(${[...readerIds]}::int[])
      and (c.version > m.version or (c.withdrawn and not m.withdrawn))
    order by m.reader_id, c.withdrawn desc, c.id desc`);
}
