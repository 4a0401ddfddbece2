import { type Db, empty, join, type Sql, sql } from '@/lib/db/sql';
import { ALL } from '@/lib/feed/list-terms';
import { FOREVER } from '@/lib/feed/store';
import type { Sort } from '@/lib/search/query/clause';
import { type Filter, filterOf } from '@/lib/search/query/filter';
import { type SearchPlan, wholeOf } from '@/lib/search/query/plan';
import { MOST_CANDIDATES } from '@/lib/search/rank/candidates';
import { countOf, type Found, MOST_RESULTS, NONE, type PageRequest } from '@/lib/search/rank/page';

/** The orders besides relevance. */
type PlainSort = Exclude<Sort, 'relevance'>;

/** Papers that are walked along an order, at most, where too many fit to collect and sort them. */
const LONGEST_WALK = 20_000;
/** So few that nothing is quicker than to collect them. */
const FEW_CANDIDATES = 500;
/** Where more fit, a page is mostly full after so many. */
const SHORT_WALK = 1_000;
const PAGE = 100;

interface Listed {
  id: number;
  /** Where the page after this paper starts. */
  cursor: string;
}

interface ListRequest {
  filter: Filter;
  sort: PlainSort;
  want: number;
  after: string | null;
}

/** Where an order's keys are, and what it sorts by, all falling; each order has an index. */
interface Order {
  rows: Sql;
  /** Which of the rows belong to the order. */
  condition: Sql;
  keys: readonly { key: Sql; type: Sql; isValid: (text: string) => boolean }[];
}

const isId = (text: string) => /^-?\d{1,9}$/.test(text);
const isNumber = (text: string) => text !== '' && Number.isFinite(Number(text));
const isTime = (text: string) => !Number.isNaN(Date.parse(text));

/** The list of all papers that the feeds are read from (lib/feed/query.ts), in the same orders. */
const feed = {
  rows: sql`feed_entry o`,
  condition: sql`o.term = ${ALL} and o.valid_to = ${FOREVER}::int`,
};
const score = { key: sql`o.score`, type: sql`float8`, isValid: isNumber };
const points = { key: sql`o.points`, type: sql`float8`, isValid: isNumber };
const oldestId = { key: sql`-o.paper_id`, type: sql`int`, isValid: isId };

const ORDERS: Record<PlainSort, Order> = {
  new: {
    rows: sql`search_document o`,
    condition: sql`true`,
    keys: [
      { key: sql`o.filed_at`, type: sql`timestamptz`, isValid: isTime },
      { key: sql`o.paper_id`, type: sql`int`, isValid: isId },
    ],
  },
  trending: { ...feed, keys: [score, oldestId] },
  top: { ...feed, keys: [points, score, oldestId] },
};

/** Papers that have all words of the query and fulfil the rest of it, in another order than relevance. */
export async function sorted(
  db: Db,
  plan: SearchPlan,
  sort: PlainSort,
  { limit, after, count, window }: PageRequest,
): Promise<Found> {
  const filter = filterOf(wholeOf(plan), window);
  const read = (want: number, from: string | null) =>
    listMatching(db, { filter, sort, want, after: from });
  const found = count ? await read(MOST_RESULTS + 1, null) : await read(limit + 1, after);
  // By its own keys: what stood before it may have another score by now.
  const { papers } = count && after ? await read(limit + 1, after) : found;
  const messages: string[] = [];
  if (found.cut)
    messages.push('Only the first papers in this order were looked at, so more may match.');
  if (found.papers.length === 0 && plan.whole.length > 1) {
    messages.push(
      'No paper has all of this. Sorted by best match, papers with some of it are found too.',
    );
  }
  const page = papers.slice(0, limit);
  const ids = found.papers.slice(0, MOST_RESULTS).map((paper) => paper.id);
  return {
    ids: page.map((paper) => paper.id),
    whole: page.length,
    next: papers.length > limit ? (page.at(-1)?.cursor ?? null) : null,
    counted: count ? { ids, whole: countOf(found.papers.length, found.cut), looser: NONE } : null,
    messages,
  };
}

/**
 * Papers that fulfil a filter, newest or best first. Few enough by one of the filter's indexes are
 * collected and sorted. Where many fit, the order's index is walked until there are enough.
 */
async function listMatching(
  db: Db,
  request: ListRequest,
): Promise<{ papers: Listed[]; cut: boolean }> {
  const drivers = request.filter.drivers(null);
  const [first] = drivers;
  if (first && request.want <= PAGE) {
    const few = await collect(db, request, first, FEW_CANDIDATES);
    if (few) return { papers: few, cut: false };
    const papers = await walk(db, request, SHORT_WALK);
    if (papers.length === request.want) return { papers, cut: false };
  }
  for (const driver of drivers) {
    const papers = await collect(db, request, driver, MOST_CANDIDATES);
    if (papers) return { papers, cut: false };
  }
  const papers = await walk(db, request, LONGEST_WALK);
  return { papers, cut: papers.length < request.want && (await longerThanWalk(db)) };
}

interface Row {
  id: number;
  keys: string[];
}

async function collect(
  db: Db,
  { filter, sort, want, after }: ListRequest,
  driver: Sql,
  most: number,
): Promise<Listed[] | null> {
  const order = ORDERS[sort];
  // Lateral, so that no more of the order's rows are read than there are candidates.
  const [head, ...rows] = await db.$queryRaw<(Row & { seen: number })[]>(sql`
    with candidate as materialized (
      ${driver} limit ${most + 1}::int
    ),
    size as materialized (select count(*)::int as seen from candidate)
    select 0 as id, '{}'::text[] as keys, seen from size
    union all
    (select o.paper_id, ${keysOf(order)}, 0
     from candidate c
     cross join lateral (
       select o.* from ${order.rows} where o.paper_id = c.paper_id and ${order.condition} offset 0
     ) o
     join search_document s on s.paper_id = c.paper_id
     where (select seen from size) <= ${most}::int and ${filter.where} ${beyond(after, sort)}
     order by ${falling(order)} limit ${want}::int)`);
  return (head?.seen ?? 0) > most ? null : rows.map(listed);
}

async function walk(
  db: Db,
  { filter, sort, want, after }: ListRequest,
  longest: number,
): Promise<Listed[]> {
  const order = ORDERS[sort];
  // Lateral, so that the planner goes row by row along the order.
  const rows = await db.$queryRaw<Row[]>(sql`
    select w.paper_id as id, w.keys
    from (
      select o.paper_id, ${keysOf(order)} as keys from ${order.rows}
      where ${order.condition} ${beyond(after, sort)}
      order by ${falling(order)} limit ${longest}::int
    ) w
    cross join lateral (
      select s.* from search_document s where s.paper_id = w.paper_id offset 0
    ) s
    where ${filter.where}
    limit ${want}::int`);
  return rows.map(listed);
}

const keysOf = ({ keys }: Order) => sql`array[${join(keys.map(({ key }) => sql`(${key})::text`))}]`;
const falling = ({ keys }: Order) => join(keys.map(({ key }) => sql`${key} desc`));

async function longerThanWalk(db: Db): Promise<boolean> {
  const rows = await db.$queryRaw<{ one: number }[]>(
    sql`select 1 as one from search_document offset ${LONGEST_WALK}::int limit 1`,
  );
  return rows.length > 0;
}

const listed = ({ id, keys }: Row): Listed => ({ id, cursor: keys.join('~') });

/** Whether `after` is the `next` of a page in this order. */
export function isSortKey(after: string, sort: PlainSort): boolean {
  const { keys } = ORDERS[sort];
  const values = after.split('~');
  return (
    values.length === keys.length &&
    keys.every(({ isValid }, i) => values[i]!.length <= 40 && isValid(values[i]!))
  );
}

/** Only what comes after a cursor; a cursor of another order, or made up, starts from the front. */
function beyond(after: string | null, sort: PlainSort): Sql {
  if (after === null || !isSortKey(after, sort)) return empty;
  const { keys } = ORDERS[sort];
  const values = after.split('~');
  const bounds = keys.map(({ type }, i) => sql`${values[i]}::text::${type}`);
  return sql`and (${join(keys.map(({ key }) => key))}) < (${join(bounds)})`;
}
