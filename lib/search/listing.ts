import { type Db, empty, type Sql, sql } from '@/lib/db/client';
import { MOST_CANDIDATES } from '@/lib/search/candidates';
import type { Filter } from '@/lib/search/filter';
import type { Sort } from '@/lib/search/parse';

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

/** What each order sorts by, as text in a cursor and as a type in SQL. */
const ORDERS: Record<ListRequest['sort'], { key: Sql; type: Sql; walk: Sql }> = {
  new: {
    key: sql`s.filed_at`,
    type: sql`timestamptz`,
    walk: sql`select s.paper_id, s.filed_at as key from paper_search s`,
  },
  trending: {
    key: sql`(select score from paper_score where paper_id = s.paper_id)`,
    type: sql`float8`,
    walk: sql`select paper_id, score as key from paper_score`,
  },
  top: {
    key: sql`(select signal from paper_score where paper_id = s.paper_id)`,
    type: sql`float8`,
    walk: sql`select paper_id, signal as key from paper_score`,
  },
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

async function collect(
  db: Db,
  { filter, sort, want, after }: ListRequest,
  driver: Sql,
  most: number,
): Promise<Listed[] | null> {
  const { key, type } = ORDERS[sort];
  const [head, ...rows] = await db.$queryRaw<{ id: number; key: string; seen: number }[]>(sql`
    with candidate as materialized (
      ${driver} limit ${most + 1}::int
    ),
    size as materialized (select count(*)::int as seen from candidate),
    matching as (
      select s.paper_id, ${key} as key
      from candidate c join paper_search s on s.paper_id = c.paper_id
      where (select seen from size) <= ${most}::int and ${filter.where}
    )
    select 0 as id, '' as key, seen from size
    union all
    (select paper_id, key::text, 0 from matching
     where key is not null ${beyond(after, type)}
     order by matching.key desc, paper_id desc limit ${want}::int)`);
  return (head?.seen ?? 0) > most ? null : rows.map(listed);
}

async function walk(
  db: Db,
  { filter, sort, want, after }: ListRequest,
  longest: number,
): Promise<Listed[]> {
  const { walk, type } = ORDERS[sort];
  // The lateral subquery keeps the planner from any other way than row by row along the order.
  const rows = await db.$queryRaw<{ id: number; key: string }[]>(sql`
    select o.paper_id as id, o.key::text as key
    from (
      select * from (${walk}) w where true ${beyond(after, type)}
      order by key desc, paper_id desc limit ${longest}::int
    ) o
    cross join lateral (
      select s.* from paper_search s where s.paper_id = o.paper_id offset 0
    ) s
    where ${filter.where}
    limit ${want}::int`);
  return rows.map(listed);
}

async function longerThanWalk(db: Db): Promise<boolean> {
  const rows = await db.$queryRaw<{ one: number }[]>(
    sql`select 1 as one from paper_search offset ${LONGEST_WALK}::int limit 1`,
  );
  return rows.length > 0;
}

const listed = ({ id, key }: { id: number; key: string }): Listed => ({
  id,
  cursor: `${key}~${id}`,
});

/** Only what comes after a cursor; a cursor of another order, or made up, starts from the front. */
function beyond(after: string | null, type: Sql): Sql {
  const match = /^([-+:. \d\w]{1,40})~(\d{1,9})$/.exec(after ?? '');
  if (!match) return empty;
  const [, key, id] = match;
  const fits =
    type === ORDERS.new.type ? !Number.isNaN(Date.parse(key!)) : Number.isFinite(Number(key));
  return fits ? sql`and (key, paper_id) < (${key}::text::${type}, ${Number(id)}::int)` : empty;
}
