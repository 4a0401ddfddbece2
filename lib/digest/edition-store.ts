import { DAY_MS } from '@/lib/calendar/days';
import { type ModelDb, sql } from '@/lib/db/sql';
import { WINDOWS, type Window, windowStart } from '@/lib/feed/periods';
import { freshSince } from '@/lib/feed/score';
import type { Cadence } from '@/lib/subscribers/preferences';
import type { Candidate } from './select';

/** Candidates of editions, and lists to choose from. The order is the feed's: by score. */

/** A digest never reaches further back, also after a pause: old news is no news. Days. */
const LOOK_BACK_DAYS: Record<Cadence, number> = { daily: 7, weekly: 28, monthly: 62 };
/** Enough for the rarest tag of a busy month. */
const MOST = 4_000;

export interface EditionRow {
  id: number | null;
  cadence: Cadence;
  endsAt: Date;
  ranked: Candidate[];
}

interface RankedRow {
  id: number;
  new_at: Date;
  tags: string[] | null;
  categories: string[];
}

const toCandidate = (row: RankedRow): Candidate => ({
  id: row.id,
  newAt: row.new_at.getTime(),
  tags: row.tags ?? [],
  categories: row.categories,
});

/** The moment from which readers could see a paper: first seen, or later its date in the feed. */
const NEW_AT = sql`greatest(p.first_seen_at, s.feed_at)`;
const TAGS = sql`(select array_agg(t.slug) from paper_tag t where t.paper_id = p.id and not t.removed)`;
const SHOWN = sql`p.hidden_at is null and p.withdrawn_at is null`;

export async function newBetween(db: ModelDb, from: Date, until: Date): Promise<Candidate[]> {
  const rows = await db.$queryRaw<RankedRow[]>(sql`
    select p.id, ${NEW_AT} as new_at, ${TAGS} as tags, p.categories
    from paper p join paper_score s on s.paper_id = p.id
    where ${SHOWN} and (p.first_seen_at > ${from} or s.feed_at > ${from}) and s.feed_at <= ${until}
      and p.first_seen_at <= ${until}
    order by s.score desc, p.id desc limit ${MOST}`);
  return rows.map(toCandidate);
}

/** What would be the edition at this very moment; freezes nothing. */
export async function currentEdition(
  db: ModelDb,
  cadence: Cadence,
  now: Date,
): Promise<EditionRow> {
  const from = new Date(now.getTime() - LOOK_BACK_DAYS[cadence] * DAY_MS);
  return { id: null, cadence, endsAt: now, ranked: await newBetween(db, from, now) };
}

/** The hour's edition: frozen by whoever asks first, the same for everybody after. */
export async function frozenEdition(db: ModelDb, cadence: Cadence, now: Date): Promise<EditionRow> {
  const endsAt = new Date(now);
  endsAt.setUTCMinutes(0, 0, 0);
  const kept = await findEdition(db, cadence, endsAt);
  if (kept) return kept;
  const { ranked } = await currentEdition(db, cadence, endsAt);
  await db.$executeRaw(sql`
    insert into edition (cadence, ends_at, ranked)
    values (${cadence}, ${endsAt}, ${JSON.stringify(ranked)}::jsonb) on conflict do nothing`);
  return (await findEdition(db, cadence, endsAt))!;
}

async function findEdition(
  db: ModelDb,
  cadence: Cadence,
  endsAt: Date,
): Promise<EditionRow | null> {
  const row = await db.edition.findUnique({ where: { cadence_endsAt: { cadence, endsAt } } });
  return row && { ...row, cadence, ranked: row.ranked as unknown as Candidate[] };
}

/** The days (UTC) that editions were made at the end of, or during; the latest first, up to a year back. */
export async function editionDays(
  db: ModelDb,
  now: Date,
): Promise<{ cadence: Cadence; day: string }[]> {
  return db.$queryRaw<{ cadence: Cadence; day: string }[]>(sql`
    select cadence::text as cadence, day from (
      select cadence, to_char((ends_at - interval '1 millisecond') at time zone 'UTC', 'YYYY-MM-DD')
        as day, max(ends_at) as last
      from edition where ends_at <= ${now} and ends_at > ${new Date(now.getTime() - 366 * DAY_MS)}
        and jsonb_array_length(ranked) > 0
      group by 1, 2) days
    order by last desc, cadence desc`);
}

/** The last edition of a public period, from its first moment on, up to but without the second. */
export async function lastEditionIn(
  db: ModelDb,
  cadence: Cadence,
  from: Date,
  to: Date,
): Promise<EditionRow | null> {
  const row = await db.edition.findFirst({
    where: { cadence, endsAt: { gt: from, lte: to } },
    orderBy: { endsAt: 'desc' },
  });
  return row && { ...row, cadence, ranked: row.ranked as unknown as Candidate[] };
}

/**
 * The front page's list as it stands, for a reader's first digest: of the narrowest window that has as
 * many papers as are wanted with one of the tags or in one of the categories (any, where none are given)
 * and none of the muted tags; else of all time.
 */
export async function standingList(
  db: ModelDb,
  { tags, categories, muted }: Record<'tags' | 'categories' | 'muted', readonly string[]>,
  { wanted, now }: { wanted: number; now: Date },
): Promise<{ window: Window; candidates: Candidate[] }> {
  let list: { window: Window; candidates: Candidate[] } = { window: 'all', candidates: [] };
  for (const window of WINDOWS.filter((each) => each !== 'day')) {
    const start = windowStart(window, now) ?? new Date(0);
    const rows = await db.$queryRaw<RankedRow[]>(sql`
      select p.id, ${NEW_AT} as new_at, ${TAGS} as tags, p.categories
      from paper_score s join paper p on p.id = s.paper_id
      where ${SHOWN} and s.feed_at >= ${start} and s.feed_at <= ${now}
        and (cardinality(${tags}::text[]) + cardinality(${categories}::text[]) = 0
          or exists (select 1 from paper_tag t
            where t.paper_id = p.id and not t.removed and t.slug = any(${tags}::text[]))
          or exists (select 1 from unnest(p.categories) c
            where c = any(${categories}::text[])
              or split_part(c, '.', 1) = any(${categories}::text[])))
        and not exists (select 1 from paper_tag t
          where t.paper_id = p.id and not t.removed and t.slug = any(${muted}::text[]))
      order by case when bool_or(s.signal > 0 and s.feed_at >= ${freshSince(now)}) over ()
        then s.score else s.signal end desc, s.score desc, p.id desc limit 100`);
    // A wider window that adds nothing is not named.
    if (rows.length > list.candidates.length) {
      list = { window, candidates: rows.map(toCandidate) };
    }
    if (rows.length >= wanted) break;
  }
  return list;
}

/** Of a search's hits, what may go into a digest, in the order given. */
export async function candidatesOf(db: ModelDb, ids: readonly number[]): Promise<Candidate[]> {
  if (ids.length === 0) return [];
  const rows = await db.$queryRaw<RankedRow[]>(sql`
    select p.id, coalesce(${NEW_AT}, p.first_seen_at) as new_at, ${TAGS} as tags, p.categories
    from unnest(${[...ids]}::int[]) with ordinality as u(id, place)
      join paper p on p.id = u.id left join paper_score s on s.paper_id = p.id
    where ${SHOWN} order by u.place`);
  return rows.map(toCandidate);
}

/** Forgets editions that no digest or public page needs any more. */
export async function forgetEditions(db: ModelDb, before: Date): Promise<number> {
  return db.$executeRaw(sql`
    delete from edition e where ends_at < ${before}
      and exists (select 1 from edition later where later.cadence = e.cadence
        and later.ends_at > e.ends_at and date_trunc('day', later.ends_at at time zone 'UTC')
          = date_trunc('day', e.ends_at at time zone 'UTC'))`);
}
