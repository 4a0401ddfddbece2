import { JsonRows } from '@/lib/db/json-rows';
import { type Db, join, sql } from '@/lib/db/sql';
import { ALL, listedTerms } from './list-terms';
import { latestReadings, type SourcedReading } from './signals';
import { RANKING_VERSION } from './weights';

/** What a ranking is computed from. */
export interface RankInput {
  paperId: number;
  publishedAt: Date | null;
  firstSeenAt: Date;
  hidden: boolean;
  categories: string[];
  hasCode: boolean;
  tags: string[];
  readings: SourcedReading[];
}

/** A paper's row in `paper_score`. */
export interface RankRow {
  paperId: number;
  score: number;
  signal: number;
  feedAt: Date;
  terms: string[];
}

/** `feed_entry.valid_to` of a row that no change has ended yet. */
export const FOREVER = 2_147_483_647;

/**
 * Begins a change of the feeds. No other change can begin until the transaction ends, so changes
 * are seen in the order of these numbers.
 */
export async function nextGeneration(db: Db): Promise<number> {
  const [row] = await db.$queryRaw<{ generation: number }[]>(sql`
    insert into feed_clock as c (id, generation, ranking_version) values (1, 1, ${RANKING_VERSION}::int)
    on conflict (id) do update set generation = c.generation + 1
    returning generation`);
  return row!.generation;
}

/**
 * The id up to which papers are ranked by the present weights. Null where all are, and before
 * anything was ranked.
 */
export async function rankedUpTo(db: Db): Promise<number | null> {
  const [clock] = await db.$queryRaw<{ version: number; upTo: number | null }[]>(
    sql`select ranking_version as version, ranked_up_to as "upTo" from feed_clock`,
  );
  if (!clock) return null;
  return clock.version === RANKING_VERSION ? clock.upTo : 0;
}

export async function setRankedUpTo(db: Db, upTo: number | null): Promise<void> {
  await db.$executeRaw(sql`
    update feed_clock set ranking_version = ${RANKING_VERSION}::int, ranked_up_to = ${upTo}::int`);
}

/** Facts, tags and signals of papers, in no order; ids that do not exist are left out. */
export async function loadRankInput(db: Db, ids: readonly number[]): Promise<RankInput[]> {
  type Row = Omit<RankInput, 'readings'> & { readings: [string, string, string, number][] | null };
  const rows = await db.$queryRaw<Row[]>(sql`
    select p.id as "paperId", p.published_at as "publishedAt", p.first_seen_at as "firstSeenAt",
      p.hidden_at is not null as hidden, coalesce(p.categories, '{}') as categories,
      p.code_url is not null as "hasCode",
      array(select t.slug from paper_tag t where t.paper_id = p.id and not t.removed) as tags,
      (select jsonb_agg(jsonb_build_array(s.kind, s.source, s.seen_at, s.value))
        from signal s where s.paper_id = p.id) as readings
    from paper p where p.id = any(${ids as number[]})`);
  return rows.map((row) => ({
    ...row,
    readings: (row.readings ?? []).map(([kind, source, seenAt, value]) => ({
      kind,
      source,
      seenAt: new Date(seenAt),
      value,
    })),
  }));
}

export async function loadRankRows(db: Db, ids: readonly number[]): Promise<RankRow[]> {
  return db.$queryRaw<RankRow[]>(sql`
    select paper_id as "paperId", score, signal, feed_at as "feedAt", terms
    from paper_score where paper_id = any(${ids as number[]})`);
}

/**
 * Writes rows that changed: `paper_score`, and new rows of `feed_entry`, valid from `generation` on. In the
 * transaction that began with `nextGeneration`, after `endEntries` for those that they replace.
 */
export async function writeRankRows(
  db: Db,
  rows: readonly RankRow[],
  generation: number,
): Promise<void> {
  if (rows.length === 0) return;
  const records = new JsonRows();
  for (const row of rows) records.add({ ...row, listed: listedTerms(row.terms) });
  await db.$executeRaw(sql`
    with r as materialized (
      select * from json_to_recordset(${records.parameter()}::json) as r("paperId" int, score float8,
        signal float8, "feedAt" timestamptz, terms text[], listed text[])
    ), scored as (
      insert into paper_score (paper_id, score, signal, feed_at, terms)
      select "paperId", score, signal, "feedAt", terms from r
      on conflict (paper_id) do update set score = excluded.score, signal = excluded.signal,
        feed_at = excluded.feed_at, terms = excluded.terms
    )
    insert into feed_entry (term, paper_id, score, points, feed_at, terms, valid_from)
    select t.term, r."paperId", r.score, r.signal, r."feedAt", r.terms, ${generation}::int
    from r, unnest(r.listed) as t(term)`);
}

/** Takes papers out of the ranking; `endEntries` takes them out of the feeds. */
export async function removeRankRows(db: Db, ids: readonly number[]): Promise<void> {
  if (ids.length === 0) return;
  await db.$executeRaw(sql`delete from paper_score where paper_id = any(${ids as number[]})`);
}

/** Ends the rows of `feed_entry` that are valid, for those who read as of `generation` or later. */
export async function endEntries(
  db: Db,
  ids: readonly number[],
  generation: number,
): Promise<void> {
  if (ids.length === 0) return;
  await db.$executeRaw(sql`
    update feed_entry set valid_to = ${generation}
    where paper_id = any(${ids as number[]}) and valid_to = ${FOREVER}`);
}

/** Adds to the number of papers under each term. */
export async function countTerms(db: Db, changes: ReadonlyMap<string, number>): Promise<void> {
  const changed = [...changes].filter(([, by]) => by !== 0).sort(([a], [b]) => (a < b ? -1 : 1));
  if (changed.length === 0) return;
  const rows = JSON.stringify(changed.map(([term, by]) => ({ term, by })));
  await db.$executeRaw(sql`
    insert into feed_term as f (term, papers)
    select term, "by" from jsonb_to_recordset(${rows}::jsonb) as r(term text, "by" int)
    on conflict (term) do update set papers = f.papers + excluded.papers`);
}

/** Counts all terms anew, because `countTerms` does not hear of deleted papers. */
export async function recountTerms(db: Db): Promise<void> {
  await db.$executeRaw(sql`delete from feed_term`);
  await db.$executeRaw(sql`
    insert into feed_term (term, papers)
    select term, count(*)::int from feed_entry where valid_to = ${FOREVER} group by term`);
}

/** Ids after `after`, in order, of all papers. */
export async function paperIdsAfter(db: Db, after: number, limit: number): Promise<number[]> {
  const rows = await db.$queryRaw<{ id: number }[]>(sql`
    select id from paper where id > ${after} order by id limit ${limit}`);
  return rows.map(({ id }) => id);
}

export async function countPapers(db: Db): Promise<number> {
  const [row] = await db.$queryRaw<{ count: number }[]>(
    sql`select count(*)::int as count from paper`,
  );
  return row!.count;
}

/**
 * Deletes ended rows that no walk needs any more: a walk can be read on for at least `keepMs`.
 * Returns how many.
 */
export async function forgetEndedEntries(db: Db, now: Date, keepMs: number): Promise<number> {
  const marked = await db.$queryRaw<{ horizon: number }[]>(sql`
    update feed_clock set horizon = mark, mark = generation, marked_at = ${now}
    where marked_at <= ${new Date(now.getTime() - keepMs)} returning horizon`);
  if (marked.length === 0) return 0;
  return db.$executeRaw(sql`delete from feed_entry where valid_to <= ${marked[0]!.horizon}`);
}

/** How many papers stand under each of these terms; terms without any are left out. */
export async function termCounts(db: Db, terms: readonly string[]): Promise<Map<string, number>> {
  const rows = await db.$queryRaw<{ term: string; papers: number }[]>(sql`
    select term, papers from feed_term where term in (${join(terms as string[])}) and papers > 0`);
  return new Map(rows.map(({ term, papers }) => [term, papers]));
}

/** On a day with fewer papers that have points, a share says little. */
const FEWEST_OF_DAY = 10;

/** Which share of its day's papers with points each paper has passed: from 0 to 1. */
export async function dayShares(db: Db, ids: readonly number[]): Promise<Map<number, number>> {
  const rows = await db.$queryRaw<{ paperId: number; share: number }[]>(sql`
    with mine as materialized (
      select paper_id, feed_at, points from feed_entry
      where term = ${ALL} and valid_to = ${FOREVER}::int and points > 0
        and paper_id = any(${ids as number[]}::int[])
    ),
    day as materialized (
      select distinct date_trunc('day', feed_at at time zone 'UTC') at time zone 'UTC' as start
      from mine
    ),
    peer as materialized (
      select d.start, f.points from day d join feed_entry f
        on f.term = ${ALL} and f.valid_to = ${FOREVER}::int and f.points > 0
        and f.feed_at >= d.start and f.feed_at < d.start + interval '1 day'
    )
    select m.paper_id as "paperId",
      count(*) filter (where p.points < m.points)::float8 / count(*) as share
    from mine m join peer p
      on m.feed_at >= p.start and m.feed_at < p.start + interval '1 day'
    group by m.paper_id having count(*) >= ${FEWEST_OF_DAY}::int`);
  return new Map(rows.map(({ paperId, share }) => [paperId, share]));
}

/** The upvotes of each paper that has any, as `latestReadings` takes them. */
export async function latestUpvotes(
  db: Db,
  ids: readonly number[],
  now: Date,
): Promise<Map<number, number>> {
  const rows = await db.$queryRaw<(SourcedReading & { paperId: number })[]>(sql`
    select paper_id as "paperId", kind, source, seen_at as "seenAt", value::float8 as value
    from signal where kind = 'upvotes' and paper_id = any(${[...ids]}::int[])`);
  const readings = new Map<number, SourcedReading[]>();
  for (const { paperId, ...reading } of rows) {
    readings.set(paperId, [...(readings.get(paperId) ?? []), reading]);
  }
  return new Map(
    [...readings].flatMap(([id, all]) =>
      latestReadings(all, now).map(({ value }) => [id, value] as const),
    ),
  );
}
