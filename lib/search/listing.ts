import { type Db, empty, join, type Sql, sql } from '@/lib/db/sql';
import { ALL } from '@/lib/feed/list-terms';
import { FOREVER } from '@/lib/feed/store';
import type { Filter } from '@/lib/search/query/filter';
import type { Sort } from '@/lib/search/query/parse';
import { MOST_CANDIDATES } from '@/lib/search/rank/candidates';

/** Papers that are walked in order, at most, when too many fit to collect and sort them. */
const LONGEST_WALK = 20_000;
/** So few that nothing is quicker than to collect them. */
const FEW_CANDIDATES = 500;
/** Where more fit, a page is mostly full after so many. */
const SHORT_WALK = 1_000;
const PAGE = 100;

export interface Listed {
  id: number;
  /** Where the page after this paper starts. */
  cursor: string;
}

interface ListRequest {
  filter: Filter;
  sort: Exclude<Sort, 'relevance'>;
  want: number;
  after: string | null;
}

/** Where an order's keys stand, and what it sorts by, all falling; each fits one index. */
interface Order {
  rows: Sql;
  /** Of the rows, those that are in the order at all. */
  condition: Sql;
  keys: readonly { key: Sql; type: Sql; isValid: (text: string) => boolean }[];
}

const isId = (text: string) => /^-?\d{1,9}$/.test(text);
const isNumber = (text: string) => text !== '' && Number.isFinite(Number(text));
const isTime = (text: string) => !Number.isNaN(Date.parse(text));

/** The list of all papers, which the feeds are read from (lib/feed/query.ts), in the same orders. */
const feed = {
  rows: sql`feed_entry o`,
  condition: sql`o.term = ${ALL} and o.valid_to = ${FOREVER}::int`,
};
const score = { key: sql`o.score`, type: sql`float8`, isValid: isNumber };
const points = { key: sql`o.points`, type: sql`float8`, isValid: isNumber };
const oldestId = { key: sql`-o.paper_id`, type: sql`int`, isValid: isId };

const ORDERS: Record<ListRequest['sort'], Order> = {
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

/**
 * Papers that fulfil a filter, newest or best first. Where one of the filter's own indexes gives few
 * enough they are collected and sorted; else the order's index is walked until enough fit, which does
 * not take long because many do. In between, a page is first tried to be filled by a short walk.
 */
export async function listMatching(
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
  // The lateral subquery keeps the planner from any other way than row by row along the order.
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

/** Whether a cursor is one of this order. */
export function fitsOrder(after: string, sort: ListRequest['sort']): boolean {
  const { keys } = ORDERS[sort];
  const values = after.split('~');
  return (
    values.length === keys.length &&
    keys.every(({ isValid }, i) => values[i]!.length <= 40 && isValid(values[i]!))
  );
}

/** Only what comes after a cursor; a cursor of another order, or made up, starts from the front. */
function beyond(after: string | null, sort: ListRequest['sort']): Sql {
  if (after === null || !fitsOrder(after, sort)) return empty;
  const { keys } = ORDERS[sort];
  const values = after.split('~');
  const bounds = keys.map(({ type }, i) => sql`${values[i]}::text::${type}`);
  return sql`and (${join(keys.map(({ key }) => key))}) < (${join(bounds)})`;
}
