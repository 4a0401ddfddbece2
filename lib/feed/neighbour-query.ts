import { type Db, join, type Sql, sql } from '@/lib/db/sql';
import { bySpecificity } from '@/lib/tags/taxonomy';
import { type Feed, makeFeed } from './filters';
import { ALL, tagTerm } from './list-terms';
import { ORDERS } from './orders';
import { windowStart } from './periods';
import { conditionsOf, feedRange, orderOf } from './query';
import { FOREVER } from './store';

/** The papers on both sides of one in a list. */
export interface Neighbours {
  feed: Feed;
  before: Neighbour | null;
  after: Neighbour | null;
}

export interface Neighbour {
  id: number;
  title: string;
}

/** Lists of a paper that readers come from: all papers, and those with its most specific tags. */
const TAGS = 2;

/**
 * What stands beside a paper in the lists that readers come from: trending ones while it is of this week,
 * else those by date. They are the same for everybody, so the page that shows them can be kept.
 */
export async function paperNeighbours(
  db: Db,
  { id, tags }: { id: number; tags: readonly string[] },
  now: Date,
): Promise<Neighbours[]> {
  const [own] = await db.$queryRaw<
    { id: number; score: number; points: number; feedAt: Date }[]
  >(sql`
    select paper_id as id, score, signal as points, feed_at as "feedAt"
    from paper_score where paper_id = ${id}::int`);
  if (!own) return [];
  const view = own.feedAt >= (windowStart('week', now) ?? now) ? 'trending' : 'new';
  const lists = [
    { feed: makeFeed({ view }), term: ALL },
    ...bySpecificity(tags, [])
      .slice(0, TAGS)
      .map((tag) => ({ feed: makeFeed({ view, tags: [tag] }), term: tagTerm(tag) })),
  ];
  const sides: Sql[] = [];
  for (const [i, { feed, term }] of lists.entries()) {
    const list = { term, filters: [], unwanted: [], range: feedRange(feed, now) };
    const order = ORDERS[await orderOf(db, feed, list, now)];
    const keys = order.keys(own);
    const conditions = join([...conditionsOf(list), sql`valid_to = ${FOREVER}::int`], ' and ');
    sides.push(
      sql`(select ${i}::int as list, true as before, paper_id from feed_entry
        where ${conditions} and ${order.before(keys)} order by ${order.backwards} limit 1)`,
      sql`(select ${i}::int, false, paper_id from feed_entry
        where ${conditions} and ${order.after(keys)} order by ${order.by} limit 1)`,
    );
  }
  const rows = await db.$queryRaw<(Neighbour & { list: number; before: boolean })[]>(sql`
    select s.list, s.before, p.id, p.title
    from (${join(sides, ' union all ')}) s join paper p on p.id = s.paper_id`);
  return lists.flatMap(({ feed }, i) => {
    const beside = (before: boolean) => {
      const found = rows.find((row) => row.list === i && row.before === before);
      return found ? { id: found.id, title: found.title } : null;
    };
    const [before, after] = [beside(true), beside(false)];
    return before || after ? [{ feed, before, after }] : [];
  });
}
