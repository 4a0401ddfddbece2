import { type Db, empty, join, type Sql, sql } from '@/lib/db/sql';
import type { Paper } from '@/lib/papers/paper';
import { getPapers } from '@/lib/papers/store';
import { type Cursor, readCursor, writeCursor } from './cursor';
import { type DailyGains, dailyGains } from './daily-gains';
import { type Feed, feedPath, type View } from './filters';
import { anySourceIsOn, type LaggingSource, laggingSources } from './lag-query';
import { ALL, feedTerms, HAS_CODE } from './list-terms';
import { type EntryRow, ORDERS, type Order } from './orders';
import { type DateRange, periodRange, widerWindow, windowStart } from './periods';
import { pinnedIds } from './pin-query';
import { reasonOf } from './reason';
import { type Explanation, explain, freshSince } from './score';
import { type LatestReading, latestReadings } from './signals';
import { dayShares, FOREVER, loadRankInput, loadRankRows, termCounts } from './store';

/** A paper in a feed, and why it stands there. */
export interface FeedPaper extends Paper {
  /** The date it is filed under. */
  feedAt: Date;
  signals: LatestReading[];
  why: Explanation;
  /** The same in one sentence. */
  reason: string;
  /** Upvotes by day; null where no readings tell. */
  gains: DailyGains | null;
}

export interface FeedPage {
  papers: FeedPaper[];
  /** Cursor of the next page; null on the last one. */
  next: string | null;
}

export interface PageRequest {
  limit: number;
  after?: string | null;
  now: Date;
}

/** `after` is not a cursor of this feed. */
export class BadCursor extends Error {
  override name = 'BadCursor';
}

/**
 * One page of a feed. Throws `BadCursor`. Within one walk from page to page no paper shows twice and
 * none is missed, whatever is ranked anew meanwhile, for two hours and longer after the first page.
 */
export async function listFeed(
  db: Db,
  feed: Feed,
  { limit, after = null, now }: PageRequest,
): Promise<FeedPage> {
  const { ids, next } = await listFeedIds(db, feed, { limit, after, now });
  return { papers: await feedPapers(db, ids, now), next };
}

/** Fewer papers on a first page are followed by earlier ones. */
const THIN = 10;

/** Papers of the next wider window that has more, by interest; `feed` is their whole list. */
export interface Earlier {
  feed: Feed;
  papers: FeedPaper[];
}

/**
 * The page that a reader sees: a first page with few papers is followed by earlier ones. `lagging` are
 * the sources whose silence may be why there are few.
 */
export async function openFeed(
  db: Db,
  feed: Feed,
  request: PageRequest,
): Promise<
  FeedPage & {
    earlier: Earlier | null;
    lagging: LaggingSource[];
    sourcesAreOn: boolean;
    /** Papers that an admin pinned: first on the front page, and on no page after it. */
    pinned: ReadonlySet<number>;
  }
> {
  const ids = feedPath(feed) === '/' ? await pinnedIds(db, request.now) : [];
  const pinned = new Set(ids);
  const listed = await listFeed(db, feed, request);
  const first = request.after ? [] : await feedPapers(db, ids, request.now);
  const page = {
    ...listed,
    pinned,
    papers: [...first, ...listed.papers.filter(({ id }) => !pinned.has(id))],
  };
  if (page.papers.length >= THIN || request.after) {
    return { ...page, earlier: null, lagging: [], sourcesAreOn: false };
  }
  const [earlier, lagging, sourcesAreOn] = await Promise.all([
    feed.period ? null : earlierPapers(db, feed, page.papers, request),
    laggingSources(db, request.now),
    anySourceIsOn(db),
  ]);
  return { ...page, earlier, lagging, sourcesAreOn };
}

async function earlierPapers(
  db: Db,
  feed: Feed,
  shown: readonly FeedPaper[],
  { limit, now }: PageRequest,
): Promise<Earlier | null> {
  const isShown = new Set(shown.map(({ id }) => id));
  let found: { feed: Feed; ids: number[] } | null = null;
  for (let window = widerWindow(feed.window); window; window = widerWindow(window)) {
    const wider = { ...feed, window };
    const { ids } = await listFeedIds(db, { ...wider, view: 'top' }, { limit, now });
    const more = ids.filter((id) => !isShown.has(id)).slice(0, limit - shown.length);
    if (more.length > (found?.ids.length ?? 0)) found = { feed: wider, ids: more };
    if (shown.length + more.length >= THIN) break;
  }
  return found && { feed: found.feed, papers: await feedPapers(db, found.ids, now) };
}

/** The ids alone, for those who show papers in their own way. */
export async function listFeedIds(
  db: Db,
  feed: Feed,
  { limit, after = null, now }: PageRequest,
): Promise<{ ids: number[]; next: string | null }> {
  const cursor = after ? readCursor(after, feed.view) : null;
  if (after && !cursor) throw new BadCursor('This address of a further page is not one of ours.');
  const terms = feedTerms(feed);
  const listed = await listToRead(db, terms.wanted);
  if (!listed) return { ids: [], next: null };
  const list = { ...listed, unwanted: terms.unwanted, range: feedRange(feed, now) };
  const order = ORDERS[cursor?.order ?? (await orderOf(db, feed, list, now))];
  const rows = await readList(db, { ...list, order, cursor, limit: limit + 1 });
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  const next =
    rows.length > limit && last
      ? writeCursor({ generation: cursor?.generation ?? last.generation, keys: order.keys(last) })
      : null;
  return { ids: page.map((row) => row.id), next };
}

/** Papers by id, in the order asked, each with its explanation; hidden ones are left out. */
export async function feedPapers(db: Db, ids: readonly number[], now: Date): Promise<FeedPaper[]> {
  if (ids.length === 0) return [];
  const [papers, rankRows, rankInput, shares] = await Promise.all([
    getPapers(db, ids),
    loadRankRows(db, ids),
    loadRankInput(db, ids),
    dayShares(db, ids),
  ]);
  const rows = new Map(rankRows.map((row) => [row.paperId, row]));
  const inputs = new Map(rankInput.map((input) => [input.paperId, input]));
  return papers.flatMap((paper) => {
    const [row, input] = [rows.get(paper.id), inputs.get(paper.id)];
    if (!row || !input) return [];
    const signals = latestReadings(input.readings, now);
    const bornAt = paper.publishedAt ?? paper.firstSeenAt;
    const source = signals.find(({ kind }) => kind === 'upvotes')?.source;
    const gains = source ? dailyGains(input.readings, { source, bornAt, now }) : null;
    const dayShare = shares.get(paper.id) ?? null;
    const reason = reasonOf({ signals, bornAt, feedAt: row.feedAt, dayShare }, now);
    const why = explain(input, now);
    return { ...paper, feedAt: row.feedAt, signals, why, reason, gains };
  });
}

/** From when to when a feed's papers are filed; open where it has no bound. */
export function feedRange(feed: Feed, now: Date): Partial<DateRange> {
  if (feed.period) return periodRange(feed.period);
  return { from: windowStart(feed.window, now) ?? undefined };
}

/** The shortest list to read, and what to filter it by. Null where one of the terms has no papers. */
async function listToRead(
  db: Db,
  wanted: readonly string[],
): Promise<{ term: string; filters: string[] } | null> {
  const listed = wanted.filter((term) => term !== HAS_CODE);
  if (listed.length === 0) return { term: ALL, filters: [...wanted] };
  if (wanted.length === 1) return { term: listed[0]!, filters: [] };
  const counts = await termCounts(db, listed);
  if (counts.size < listed.length) return null;
  const term = listed.reduce((a, b) => (counts.get(b)! < counts.get(a)! ? b : a));
  return { term, filters: wanted.filter((other) => other !== term) };
}

/** A walk too old to be read on as of its beginning goes on as of the oldest moment that can be read. */
function asOf({ generation }: Cursor): Sql {
  return sql`greatest(${generation}::int, (select horizon from feed_clock))`;
}

export interface List {
  term: string;
  filters: string[];
  unwanted: string[];
  range: Partial<DateRange>;
}

/**
 * The order of a feed's first page. In a window without fresh signals, "trending" would be the order of
 * dates: there interest leads, as in "top".
 */
export async function orderOf(db: Db, feed: Feed, list: List, now: Date): Promise<View> {
  if (feed.view !== 'trending' || feed.period) return feed.view;
  const from = new Date(
    Math.max(freshSince(now).getTime(), list.range.from?.getTime() ?? Number.NEGATIVE_INFINITY),
  );
  const conditions = [
    ...conditionsOf({ ...list, range: { ...list.range, from } }),
    sql`valid_to = ${FOREVER}::int and points > 0`,
  ];
  const [fresh] = await db.$queryRaw<unknown[]>(sql`
    select 1 as one from feed_entry where ${join(conditions, ' and ')} limit 1`);
  return fresh ? 'trending' : 'top';
}

interface ListRequest extends List {
  order: Order;
  cursor: Cursor | null;
  limit: number;
}

function readList(db: Db, request: ListRequest): Promise<EntryRow[]> {
  const { order, cursor, limit } = request;
  const conditions = [
    ...conditionsOf(request),
    // The generation is read in the same statement as the rows, so it is the one they are from.
    cursor
      ? sql`valid_from <= ${asOf(cursor)} and valid_to > ${asOf(cursor)} and ${order.after(cursor.keys)}`
      : sql`valid_to = ${FOREVER}::int`,
  ];
  return db.$queryRaw<EntryRow[]>(sql`
    select paper_id as id, score, points, feed_at as "feedAt",
      coalesce((select generation from feed_clock), 0) as generation
    from feed_entry where ${join(conditions, ' and ')}
    order by ${order.by} limit ${limit}::int`);
}

/** What the rows of a list fulfil, besides that they are valid. */
export function conditionsOf({ term, filters, unwanted, range }: List): Sql[] {
  return [
    sql`term = ${term}`,
    filters.length > 0 ? sql`terms @> ${filters}::text[]` : empty,
    unwanted.length > 0 ? sql`not terms && ${unwanted}::text[]` : empty,
    range.from ? sql`feed_at >= ${range.from}` : empty,
    range.to ? sql`feed_at < ${range.to}` : empty,
  ].filter((condition) => condition !== empty);
}
